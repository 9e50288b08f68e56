"""Engines that misbehave on purpose, in the port's shape. Named by KAIRO_SYNTHESIZER.

What they do is read from the environment of the process they run in, so that real workers can be told.
"""

from __future__ import annotations

import os
import random
import signal
import time
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
