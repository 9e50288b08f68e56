"""Engines for KAIRO_SYNTHESIZER in a stack's environment."""

from __future__ import annotations

import os
from pathlib import Path

from kairo.hero.ports import SynthesisRequest, SynthesisResult


class Failing:
    """Always fails."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise RuntimeError("out of ideas")


class BuiltOnce:
    """Can be built once, when a worker checks its settings, and fails at the second time."""

    def __init__(self) -> None:
        Path(os.environ["KAIRO_TEST_BUILT"]).touch(exist_ok=False)

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise RuntimeError("out of ideas")
