from __future__ import annotations

from kairo.hero.ports import Synthesizer
from kairo.hero.synthesis import BuiltinSynthesizer
from tests.hero.synthesizer_contract import SynthesizerContract


class TestBuiltinSynthesizer(SynthesizerContract):
    def make(self) -> Synthesizer:
        return BuiltinSynthesizer()
