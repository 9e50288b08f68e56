"""The built-in deterministic engine, one step a file."""

from kairo.hero.synthesis.engine import BuiltinSynthesizer

__all__ = ["BuiltinSynthesizer"]
