"""Finds the engine that the settings name, and runs it within its time."""

from __future__ import annotations

import contextvars
import inspect
import logging
import threading
from dataclasses import replace

import msgspec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from kairo.core.enums import GenerationErrorCode
from kairo.core.errors import KairoError
from kairo.hero.ports import SynthesisRequest, SynthesisResult, Synthesizer

logger = logging.getLogger(__name__)


class SynthesisFailed(KairoError):
    """The engine raised, or answered with something that is not a SynthesisResult."""

    error_code = GenerationErrorCode.SYNTHESIS_FAILED
    retryable = True


class SynthesisTimedOut(SynthesisFailed):
    """The engine did not answer within its limit."""

    error_code = GenerationErrorCode.SYNTHESIS_TIMEOUT


def load_synthesizer() -> Synthesizer | None:
    """The engine named by KAIRO_SYNTHESIZER, or None where the setting is empty.

    Raises:
        ImproperlyConfigured: the path leads to nothing that can be an engine.
    """
    path = settings.KAIRO_SYNTHESIZER
    if not path:
        return None
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


def run_synthesizer(engine: Synthesizer, request: SynthesisRequest) -> SynthesisResult:
    """The engine's answer.

    The engine runs in a thread of its own, because nothing can interrupt a call that blocks: past the limit
    the thread is left behind, and whatever it answers later is thrown away.

    Raises:
        SynthesisTimedOut, SynthesisFailed
    """
    answers: list[object] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(engine.synthesize(request))
        except BaseException as error:
            errors.append(error)

    context = contextvars.copy_context()
    thread = threading.Thread(target=lambda: context.run(run), name="synthesizer", daemon=True)
    thread.start()
    thread.join(request.time_limit_s)
    if thread.is_alive():
        raise SynthesisTimedOut(f"The engine did not answer within {request.time_limit_s:g} s.")
    if errors:
        logger.error("the engine failed", exc_info=errors[0])
        raise SynthesisFailed(f"The engine failed: {type(errors[0]).__name__}.") from errors[0]
    (answer,) = answers
    if not isinstance(answer, SynthesisResult):
        raise SynthesisFailed(f"The engine answered with {type(answer).__name__}, not a SynthesisResult.")
    return replace(answer, diagnostics=_storable(answer))


def _storable(answer: SynthesisResult) -> dict[str, object]:
    """The engine's account of itself as JSON; the candidates are judged one by one, later.

    Raises:
        SynthesisFailed
    """
    account = replace(answer, candidates=())
    try:
        read_back = msgspec.convert(msgspec.to_builtins(account), SynthesisResult)
        if b"\\u0000" in msgspec.json.encode(account):
            raise ValueError("it holds a NUL character, which Postgres does not take")
    except (TypeError, ValueError) as error:
        raise SynthesisFailed(f"The engine's account of its answer cannot be stored: {error}.") from error
    return dict(read_back.diagnostics)
