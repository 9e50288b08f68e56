"""The built-in deterministic engine, one step a file."""

from kairo.hero.engine.built_in import BuiltinSynthesizer

__all__ = ["BuiltinSynthesizer"]
