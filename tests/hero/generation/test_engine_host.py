from __future__ import annotations

from dataclasses import replace
from typing import Any

from kairo.hero.enums import RejectionCode
from kairo.hero.generation import engine_messages as messages
from kairo.hero.generation.engine_host import MAX_CANDIDATE_BYTES, reply_to
from kairo.hero.generation.engine_messages import Answer, Call, Failure
from kairo.hero.ports import SynthesisRequest, SynthesisResult
from tests.hero.builders import AS_OF, brand
from tests.hero.generation.review.bench_planes import candidate

CALL = Call(request=SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=()), log_ids={})


class Fixed:
    """An engine that returns a fixed value, or raises it."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult:
        if isinstance(self._value, BaseException):
            raise self._value
        return self._value  # type: ignore[no-any-return]  # a hostile engine


def reply(value: Any) -> Any:
    return messages.decode_reply(reply_to(CALL, Fixed(value)))


def test_engine_host_replies_with_the_result() -> None:
    result = SynthesisResult(candidates=(candidate(),), engine="fixed")
    assert reply(result) == Answer(result)


def test_engine_host_reports_exceptions_without_their_text() -> None:
    assert reply(KeyError("secret")) == Failure("The engine failed: KeyError.")
    assert reply(SystemExit("secret")) == Failure("The engine failed: SystemExit.")
    assert reply([]) == Failure("The engine answered with list, not a SynthesisResult.")


def test_engine_host_rejects_candidates_that_no_message_can_contain() -> None:
    lambdas = replace(candidate(), angle=lambda: None)  # type: ignore[arg-type]  # a hostile engine
    huge = replace(candidate(), angle="x" * (MAX_CANDIDATE_BYTES + 1))
    answer = reply(SynthesisResult(candidates=(lambdas, candidate(), huge))).result
    assert answer.candidates == (candidate(),)
    assert [entry.code for entry in answer.rejected] == [RejectionCode.MALFORMED] * 2
    assert "no data" in answer.rejected[0].detail
    assert "of which at most 1,048,576 are taken" in answer.rejected[1].detail
