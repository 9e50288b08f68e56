"""What every filling of the Synthesizer socket must do. A new one subclasses this and names itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import SynthesisRequest, SynthesisResult, Synthesizer
from tests.hero.builders import AS_OF, brand, pillar, plain_evidence, post


def a_story() -> list[EvidenceItemDTO]:
    """Five authors take up one word of the brand's within two days; others talk of other things, earlier."""
    fresh = [
        post(f"fresh-{n}", f"Pickle brine trick number {n}: {more}", author=f"a{n}", hours_ago=8 * n + 2)
        for n, more in enumerate(["in bread", "on roast potatoes", "for chicken", "with rice", "in a slaw"])
    ]
    older = (replace(item, published_at=AS_OF - timedelta(days=9 + n)) for n, item in enumerate(plain_evidence(10)))
    return [*fresh, *older]


class SynthesizerContract:
    """Collected through subclasses only."""

    def make(self) -> Synthesizer:
        raise NotImplementedError("a subclass names the filling")

    @pytest.fixture
    def request_(self) -> SynthesisRequest:
        return SynthesisRequest(
            as_of=AS_OF, brand=brand(pillars=(pillar("Waste less", "pickle", "brine"),)), evidence=tuple(a_story())
        )

    def test_it_answers_with_a_result_that_says_who_made_it(self, request_: SynthesisRequest) -> None:
        result = self.make().synthesize(request_)
        assert isinstance(result, SynthesisResult)
        assert result.engine
        assert result.engine_version

    def test_its_candidates_keep_heros_rules(self, request_: SynthesisRequest) -> None:
        result = self.make().synthesize(request_)
        kept, rejected = review(result.candidates, brand=request_.brand, evidence=request_.evidence, as_of=AS_OF)
        assert rejected == ()
        assert kept == result.candidates
        assert len(kept) <= request_.max_opportunities

    def test_the_same_request_gives_the_same_answer_in_any_order_of_evidence(self, request_: SynthesisRequest) -> None:
        turned = replace(request_, evidence=tuple(reversed(request_.evidence)))
        engine = self.make()
        answers = [engine.synthesize(request) for request in (request_, turned, request_)]
        assert answers[0] == answers[1] == answers[2] == self.make().synthesize(request_)

    def test_its_answer_can_be_stored(self, request_: SynthesisRequest) -> None:
        result = self.make().synthesize(request_)
        assert msgspec.json.decode(msgspec.json.encode(result), type=SynthesisResult).candidates == result.candidates

    def test_no_evidence_is_no_reason_to_fail(self, request_: SynthesisRequest) -> None:
        assert self.make().synthesize(replace(request_, evidence=())).candidates == ()

    def test_it_holds_to_the_number_it_is_given(self, request_: SynthesisRequest) -> None:
        assert len(self.make().synthesize(replace(request_, max_opportunities=1)).candidates) <= 1
