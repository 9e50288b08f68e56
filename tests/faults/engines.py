"""Engines that misbehave on purpose, in the port's shape. Named by KAIRO_SYNTHESIZER.

What they do is read from the environment of the process they run in, so that real workers can be told.
"""

from __future__ import annotations

import ctypes
import os
import random
import signal
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from kairo.hero.ports import SynthesisRequest, SynthesisResult

EMPTY = SynthesisResult(candidates=(), engine="test", engine_version="1")


class Quick:
    """Answers at once, with nothing."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return EMPTY


class Slow:
    """Takes KAIRO_TEST_ENGINE_S seconds, or a random time between two of them."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        least, _, most = os.environ.get("KAIRO_TEST_ENGINE_S", "1").partition("-")
        time.sleep(random.uniform(float(least), float(most or least)))
        return EMPTY


class Broken:
    """Raises, always."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise RuntimeError("the engine broke")


class Poison:
    """Kills its whole worker process, as a segmentation fault would."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os.kill(os.getpid(), signal.SIGKILL)
        return EMPTY


class Gated:
    """Says that it has begun, by making KAIRO_TEST_GATE.begun, and waits until KAIRO_TEST_GATE exists."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        gate = Path(os.environ["KAIRO_TEST_GATE"])
        gate.with_suffix(".begun").touch()
        while not gate.exists():
            time.sleep(0.01)
        return EMPTY


class KeeperKiller:
    """Kills the thread that renews the lease, once, and takes longer than the lease lasts."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        marker = Path(os.environ["KAIRO_TEST_GATE"])
        try:
            marker.touch(exist_ok=False)
        except FileExistsError:
            return EMPTY
        (keeper,) = [thread for thread in threading.enumerate() if thread.name == "lease-keeper"]
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(keeper.ident or 0), ctypes.py_object(SystemExit))
        keeper.join(3)
        marker.with_suffix(".dead" if not keeper.is_alive() else ".alive").touch()
        time.sleep(float(os.environ["KAIRO_JOB_LEASE_S"]) + 3)
        return EMPTY


class ClockReader:
    """Writes down what time this process takes it to be."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        Path(os.environ["KAIRO_TEST_GATE"]).write_text(f"{datetime.now(UTC).isoformat()} {time.time()}")
        return EMPTY
