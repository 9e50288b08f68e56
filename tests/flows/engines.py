"""Engines of another make, to be named by KAIRO_SYNTHESIZER in a stack's environment."""

from __future__ import annotations

from kairo.hero.ports import SynthesisRequest, SynthesisResult


class Failing:
    """Has no answer, ever."""

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        raise RuntimeError("out of ideas")
