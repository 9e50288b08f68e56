"""Loads the configured engine and runs it within its time limit.

The built-in engine runs in the calling thread: it is pure and checks its own deadline. Any other engine runs in a child
process (`engine_process`), which is killed if the engine fails.
"""

from __future__ import annotations

import inspect
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from kairo.core.renamed_paths import current_path
from kairo.db.outside_calls import outside_call
from kairo.hero.engine.built_in import ENGINE, BuiltinSynthesizer
from kairo.hero.engine.deadline import DeadlineExceeded
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut, validated_result
from kairo.hero.generation.engine_process import pool
from kairo.hero.notes import NoteCode, note
from kairo.hero.ports import SynthesisRequest, SynthesisResult, Synthesizer
from kairo.observability import metrics

logger = logging.getLogger(__name__)

_BUILT_IN_PATHS = ("kairo.hero.engine.built_in.BuiltinSynthesizer",)
# The share of a job's time limit for another engine; the rest is for the built-in engine if that one fails.
_SHARE_BEFORE_FALLBACK = 0.8


class Engine(Protocol):
    """Runs the engine of one generation."""

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        """Returns the engine's result. `check` runs while another process works, and may raise to abort.

        Raises:
            SynthesisTimedOut, SynthesisFailed: the engine has no result.
            ImproperlyConfigured: KAIRO_SYNTHESIZER names no engine.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltInEngine:
    """Runs the built-in engine in this thread. A `remark` becomes the first note on the board."""

    remark: str = ""

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        try:
            result = validated_result(BuiltinSynthesizer().synthesize(request))
        except SynthesisFailed:
            raise
        except DeadlineExceeded as error:
            raise SynthesisTimedOut(f"The engine did not answer within {request.time_limit_s:g} s.") from error
        except Exception as error:
            raise SynthesisFailed(f"The engine failed: {type(error).__name__}.") from error
        return replace(result, notes=(self.remark, *result.notes)) if self.remark else result


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignEngine:
    """Runs the engine at a dotted path in a child process; if it fails on the last attempt, the built-in engine.

    `began` is the time.monotonic() value at the start of the job, from which the job's time limit counts.
    """

    path: str
    last_attempt: bool
    began: float

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        until = self.began + _SHARE_BEFORE_FALLBACK * settings.JOB_TIME_LIMIT_S if self.last_attempt else math.inf
        try:
            with outside_call():
                return pool.run(request, path=self.path, until=until, check=check)
        except SynthesisFailed as error:
            if not self.last_attempt:
                raise
            metrics.count("built_in_engine_instead")
            logger.warning("the built-in engine makes this board, because %s failed: %s", self.path, error)
            remark = note(NoteCode.BUILT_IN_ENGINE, f"{error} The built-in engine made this board instead.")
        return BuiltInEngine(remark=remark).run(request, check=check)


def configured_engine(*, last_attempt: bool = False) -> Engine | None:
    """The engine named by KAIRO_SYNTHESIZER, or None if the setting is empty."""
    path = current_path(settings.KAIRO_SYNTHESIZER)
    if not path:
        return None
    if path in _BUILT_IN_PATHS:
        return BuiltInEngine()
    return ForeignEngine(path=path, last_attempt=last_attempt, began=time.monotonic())


def engine_of(*, name: str, notes: tuple[str, ...]) -> Engine | None:
    """The engine for a replay of a board with this engine name and these notes.

    The configured engine, unless a note says that the built-in one replaced it.
    """
    remark = fallback_remark(notes)
    return BuiltInEngine(remark=remark) if remark and name == ENGINE else configured_engine()


def fallback_remark(notes: tuple[str, ...]) -> str:
    """The note that says why the built-in engine replaced another one, or ""."""
    return next((text for text in notes if text.startswith(note(NoteCode.BUILT_IN_ENGINE, ""))), "")


def load_synthesizer() -> Synthesizer | None:
    """Loads the engine named by KAIRO_SYNTHESIZER; None if the setting is empty.

    Raises:
        ImproperlyConfigured: the path names no engine.
    """
    path = current_path(settings.KAIRO_SYNTHESIZER)
    return load_engine(path) if path else None


def load_engine(path: str) -> Synthesizer:
    """Imports and instantiates the engine at this dotted path.

    Raises:
        ImproperlyConfigured: the path names no engine.
    """
    try:
        engine: Synthesizer = import_string(path)()
    except Exception as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())
        raise ImproperlyConfigured(f"KAIRO_SYNTHESIZER names {path!r}, which cannot be used: {reason}") from error
    if not callable(getattr(engine, "synthesize", None)):
        raise ImproperlyConfigured(f"KAIRO_SYNTHESIZER names {path!r}, which has no synthesize().")
    if not _takes_one_request(engine):
        raise ImproperlyConfigured(
            f"KAIRO_SYNTHESIZER names {path!r}, whose synthesize() is not a plain method of one request."
        )
    return engine


def _takes_one_request(engine: Synthesizer) -> bool:
    try:
        inspect.signature(engine.synthesize).bind(None)
    except TypeError:
        return False
    except ValueError:
        return True  # a function in C without a signature
    return not inspect.iscoroutinefunction(engine.synthesize)
