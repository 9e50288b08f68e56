"""Dotted paths of earlier releases that an environment may still name."""

from __future__ import annotations

import logging
from functools import cache

logger = logging.getLogger(__name__)

_NEW_PATHS = {
    "kairo.hero.synthesis.BuiltinSynthesizer": "kairo.hero.engine.built_in.BuiltinSynthesizer",
    "kairo.hero.synthesis.engine.BuiltinSynthesizer": "kairo.hero.engine.built_in.BuiltinSynthesizer",
    "kairo.hero.services.evidence_enough.enough": "kairo.hero.generation.evidence_enough.enough",
}


@cache
def current_path(path: str) -> str:
    """The present dotted path of what `path` named in an earlier release; any other path unchanged.

    Logs each renamed path once per process.
    """
    new_path = _NEW_PATHS.get(path)
    if new_path is None:
        return path
    logger.warning("the setting %s names a module that has moved: it is %s now", path, new_path)
    return new_path
