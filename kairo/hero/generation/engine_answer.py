"""Validates the result of an engine, and declares the two errors of engines."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from kairo.core.errors import KairoError
from kairo.hero.enums import GenerationErrorCode
from kairo.hero.ports import SynthesisResult


class SynthesisFailed(KairoError):
    """The engine raised, its process ended, or its result is no SynthesisResult."""

    error_code = GenerationErrorCode.SYNTHESIS_FAILED
    retryable = True


class SynthesisTimedOut(SynthesisFailed):
    """The engine did not answer within its time limit."""

    error_code = GenerationErrorCode.SYNTHESIS_TIMEOUT


def validated_result(answer: object) -> SynthesisResult:
    """Returns the result with everything but its candidates converted to types that JSON and PostgreSQL accept.

    Candidates are unchanged; `review` checks each of them.

    Raises:
        SynthesisFailed: the answer is no SynthesisResult, or its account cannot be stored.
    """
    if not isinstance(answer, SynthesisResult):
        raise SynthesisFailed(f"The engine answered with {type(answer).__name__}, not a SynthesisResult.")
    try:
        candidates = tuple(answer.candidates)
    except Exception as error:
        raise SynthesisFailed(f"The engine's candidates cannot be read: {type(error).__name__}.") from error
    try:
        account = msgspec.json.encode(replace(answer, candidates=()))
        if b"\\u0000" in account:
            raise ValueError("it holds a NUL character, which Postgres does not take")
        plain = msgspec.json.decode(account, type=SynthesisResult)
    except (TypeError, ValueError, RecursionError) as error:
        raise SynthesisFailed(f"The engine's account of its answer cannot be stored: {error}.") from error
    return replace(plain, candidates=candidates)
