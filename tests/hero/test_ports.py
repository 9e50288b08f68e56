from __future__ import annotations

import msgspec
import pytest

from kairo.hero.dto import ScorePartDTO
from kairo.hero.enums import ScorePartName
from kairo.hero.ports import CandidateDTO, SynthesisResult
from tests.hero.generation.review.bench_planes import candidate, parts


@pytest.mark.parametrize(("score_parts", "score"), [((), 0), (parts(relevance=20, timeliness=10), 50)])
def test_candidate_score_is_the_sum_of_its_parts(score_parts: tuple[ScorePartDTO, ...], score: int) -> None:
    assert candidate(score_parts=score_parts).score == score


def test_candidate_and_result_are_equal_after_encoding() -> None:
    result = SynthesisResult(candidates=(candidate(score_parts=parts()),), diagnostics={"topics": 3})
    decoded = msgspec.json.decode(msgspec.json.encode(result), type=SynthesisResult)
    assert decoded == result
    assert isinstance(decoded.candidates[0], CandidateDTO)
    assert decoded.candidates[0].score_parts[0].part is ScorePartName.RELEVANCE
