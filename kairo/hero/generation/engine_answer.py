"""Checks what an engine answered, and names the two ways in which an engine fails."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from kairo.core.errors import KairoError
from kairo.hero.enums import GenerationErrorCode
from kairo.hero.ports import SynthesisResult


class SynthesisFailed(KairoError):
    """The engine raised, its process ended, or it answered with something that is not a SynthesisResult."""

    error_code = GenerationErrorCode.SYNTHESIS_FAILED
    retryable = True


class SynthesisTimedOut(SynthesisFailed):
    """The engine did not answer within its limit."""

    error_code = GenerationErrorCode.SYNTHESIS_TIMEOUT


def checked(answer: object) -> SynthesisResult:
    """Returns the answer with everything but its candidates in plain types that JSON and PostgreSQL take.

    The candidates stay as they are: `review` judges each of them later.

    Raises:
        SynthesisFailed: the answer is no SynthesisResult, or its account of itself cannot be stored.
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
