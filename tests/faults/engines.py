"""Engines that misbehave on purpose, in the port's shape. Named by KAIRO_SYNTHESIZER.

Each runs in a process of its own, a child of the worker process. What they do is read from the environment that the
worker was given, so that real workers can be told.
"""

from __future__ import annotations

import os
import random
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

from kairo.hero.ports import SynthesisRequest, SynthesisResult

EMPTY = SynthesisResult(candidates=(), engine="test", engine_version="1")


class Quick:
    """Answers at once, with nothing."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        return EMPTY


def begin() -> None:
    """Says that an engine has begun, and in which process: the file KAIRO_TEST_GATE.begun."""
    if gate := os.environ.get("KAIRO_TEST_GATE"):
        unfinished = Path(gate).with_suffix(f".{os.getpid()}")
        unfinished.write_text(str(os.getpid()))
        unfinished.rename(Path(gate).with_suffix(".begun"))


class Slow:
    """Takes KAIRO_TEST_ENGINE_S seconds, or a random time between two of them."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        begin()
        least, _, most = os.environ.get("KAIRO_TEST_ENGINE_S", "1").partition("-")
        time.sleep(random.uniform(float(least), float(most or least)))
        return EMPTY


class Broken:
    """Raises, always."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise RuntimeError("the engine broke")


class Poison:
    """Kills the worker process, as a segmentation fault there would."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(60)
        return EMPTY


class Gated:
    """Says that it has begun, by making KAIRO_TEST_GATE.begun, and waits until KAIRO_TEST_GATE exists."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        begin()
        while not Path(os.environ["KAIRO_TEST_GATE"]).exists():
            time.sleep(0.01)
        return EMPTY


class Outlasting:
    """Makes KAIRO_TEST_GATE, and once takes longer than the lease lasts without the thread that renews it.

    That thread is killed in the worker process by tests/faults/killed_thread, when it sees the file.
    """

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        marker = Path(os.environ["KAIRO_TEST_GATE"])
        try:
            marker.touch(exist_ok=False)
        except FileExistsError:
            return EMPTY
        while not marker.with_suffix(".dead").exists():
            time.sleep(0.01)
        time.sleep(float(os.environ["KAIRO_JOB_LEASE_S"]) + 3)
        return EMPTY


class ClockReader:
    """Writes down what time this process takes it to be."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        Path(os.environ["KAIRO_TEST_GATE"]).write_text(f"{datetime.now(UTC).isoformat()} {time.time()}")
        return EMPTY
