"""Finds the engine that the settings name, and runs it within its time.

The built-in engine runs in the caller's thread: it is pure, and checks its own deadline. Any other runs in a process
of its own (`engine_process`), which ends with it where it fails.
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
from kairo.hero.engine.built_in import ENGINE, BuiltinSynthesizer
from kairo.hero.engine.deadline import DeadlineExceeded
from kairo.hero.generation.engine_answer import SynthesisFailed, SynthesisTimedOut, checked
from kairo.hero.generation.engine_process import pool
from kairo.hero.notes import NoteCode, note
from kairo.hero.ports import SynthesisRequest, SynthesisResult, Synthesizer
from kairo.observability import metrics

logger = logging.getLogger(__name__)

_BUILT_IN_PATHS = ("kairo.hero.engine.built_in.BuiltinSynthesizer",)
# Of the time a job may take: the rest is for the built-in engine where another one uses all of this.
_SHARE_BEFORE_FALLBACK = 0.8


class Engine(Protocol):
    """How the engine of one generation is run."""

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        """The engine's answer. `check` may raise to give up; it runs while another process is waited for.

        Raises:
            SynthesisTimedOut, SynthesisFailed: the engine gave no answer.
            ImproperlyConfigured: KAIRO_SYNTHESIZER names nothing that can be an engine.
        """


@dataclass(frozen=True, kw_only=True, slots=True)
class BuiltInEngine:
    """The built-in engine, in this thread. `remark`, where given, becomes the first note on the board."""

    remark: str = ""

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        try:
            result = checked(BuiltinSynthesizer().synthesize(request))
        except SynthesisFailed:
            raise
        except DeadlineExceeded as error:
            raise SynthesisTimedOut(f"The engine did not answer within {request.time_limit_s:g} s.") from error
        except Exception as error:
            raise SynthesisFailed(f"The engine failed: {type(error).__name__}.") from error
        return replace(result, notes=(self.remark, *result.notes)) if self.remark else result


@dataclass(frozen=True, kw_only=True, slots=True)
class ForeignEngine:
    """The engine at a dotted path, in a process of its own. Where it fails at `last_attempt`, the built-in one runs.

    Made when its job begins: what the job's time limit leaves for the engine is counted from then.
    """

    path: str
    last_attempt: bool
    began: float

    def run(self, request: SynthesisRequest, *, check: Callable[[], None]) -> SynthesisResult:
        until = self.began + _SHARE_BEFORE_FALLBACK * settings.JOB_TIME_LIMIT_S if self.last_attempt else math.inf
        try:
            return pool.run(request, path=self.path, until=until, check=check)
        except SynthesisFailed as error:
            if not self.last_attempt:
                raise
            metrics.count("built_in_engine_instead")
            logger.warning("the built-in engine makes this board, because %s failed: %s", self.path, error)
            remark = note(NoteCode.BUILT_IN_ENGINE, f"{error} The built-in engine made this board instead.")
        return BuiltInEngine(remark=remark).run(request, check=check)


def configured_engine(*, last_attempt: bool = False) -> Engine | None:
    """How to run the engine named by KAIRO_SYNTHESIZER; None where the setting is empty."""
    path = current_path(settings.KAIRO_SYNTHESIZER)
    if not path:
        return None
    if path in _BUILT_IN_PATHS:
        return BuiltInEngine()
    return ForeignEngine(path=path, last_attempt=last_attempt, began=time.monotonic())


def engine_of(*, name: str, notes: tuple[str, ...]) -> Engine | None:
    """How to run again the engine that made a board, from the engine's name and the notes on the board.

    That is the configured one, unless the board says that the built-in one took its place.
    """
    remark = fallback_remark(notes)
    return BuiltInEngine(remark=remark) if remark and name == ENGINE else configured_engine()


def fallback_remark(notes: tuple[str, ...]) -> str:
    """The note that says why the built-in engine took another one's place, or "" where it did not."""
    return next((one for one in notes if one.startswith(note(NoteCode.BUILT_IN_ENGINE, ""))), "")


def load_synthesizer() -> Synthesizer | None:
    """The engine named by KAIRO_SYNTHESIZER, or None where the setting is empty.

    Raises:
        ImproperlyConfigured: the path leads to nothing that can be an engine.
    """
    path = current_path(settings.KAIRO_SYNTHESIZER)
    return load_engine(path) if path else None


def load_engine(path: str) -> Synthesizer:
    """The engine at this dotted path, imported and built.

    Raises:
        ImproperlyConfigured: the path leads to nothing that can be an engine.
    """
    try:
        engine: Synthesizer = import_string(path)()
    except Exception as error:
        why = " ".join(f"{type(error).__name__}: {error}".split())
        raise ImproperlyConfigured(f"KAIRO_SYNTHESIZER names {path!r}, which cannot be used: {why}") from error
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
        return True  # written in C, it does not say
    return not inspect.iscoroutinefunction(engine.synthesize)
