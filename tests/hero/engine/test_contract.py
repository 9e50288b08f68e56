from __future__ import annotations

from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.ports import Synthesizer
from tests.hero.synthesizer_contract import SynthesizerContract


class TestBuiltinSynthesizer(SynthesizerContract):
    def make(self) -> Synthesizer:
        return BuiltinSynthesizer()
