"""The type and score of a candidate are recomputed from its posts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.engine.brand_subject import BrandSubject
from kairo.hero.engine.brand_words import brand_words, openings_of
from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.rescore import Rescorer
from kairo.hero.ports import CandidateDTO, DecisionDTO
from tests.hero.builders import AS_OF, brand, campaign, post
from tests.hero.engine.workshop_board import OLDER, clamps, decision, planes, synthesize

CAMPAIGN = brand(campaigns=(campaign("Plane week", "2025-11-01", "2025-11-20", "plane a day"),))
RIVAL = brand(competitor_handles=("rival.tools",))
BOARDS = {
    OpportunityType.TREND: (brand(), planes(5, 20, 30, 50)),
    OpportunityType.EVERGREEN: (brand(), planes(200, 400)),
    OpportunityType.COMPETITIVE: (RIVAL, clamps(2)),
    OpportunityType.CAMPAIGN: (CAMPAIGN, [post("join", "Plane week: one plane a day. Who joins?")]),
}


def rescorer(by: BrandSnapshotDTO, posts: Sequence[EvidenceItemDTO], *decisions: DecisionDTO) -> Rescorer:
    words = brand_words(by)
    return Rescorer(
        brand=by,
        subject=BrandSubject(by),
        evidence=(*posts, *OLDER),
        counts=None,
        decisions=decisions,
        reader=PostTokenizer(languages=by.languages, openings=openings_of(by), joined=words.joined_keys),
        as_of=AS_OF,
    )


def candidate_of(kind: OpportunityType, *decisions: DecisionDTO) -> CandidateDTO:
    by, posts = BOARDS[kind]
    (candidate,) = synthesize(posts, by, decisions=decisions).candidates
    assert candidate.type is kind
    return candidate


@pytest.mark.parametrize("kind", BOARDS)
def test_rescorer_agrees_with_the_engine(kind: OpportunityType) -> None:
    candidate, again = candidate_of(kind), rescorer(*BOARDS[kind])
    assert again.type_fault(candidate) is None
    assert again.score_parts(candidate) == candidate.score_parts


def test_rescorer_counts_decisions_as_the_engine_does() -> None:
    decisions = [decision(f"other-{n}", "pinned") for n in range(3)]
    candidate = candidate_of(OpportunityType.TREND, *decisions)
    by, posts = BOARDS[OpportunityType.TREND]
    assert rescorer(by, posts, *decisions).score_parts(candidate) == candidate.score_parts
    assert rescorer(by, posts).score_parts(candidate) != candidate.score_parts


@pytest.mark.parametrize(
    ("kind", "stated", "fault"),
    [
        (OpportunityType.EVERGREEN, OpportunityType.TREND, "Its posts are no burst."),
        (OpportunityType.TREND, OpportunityType.EVERGREEN, "An evergreen needs 2 authors and 7 days"),
        (
            OpportunityType.TREND,
            OpportunityType.COMPETITIVE,
            "Half of its posts must be by one of the brand's competitors",
        ),
        (OpportunityType.TREND, OpportunityType.CAMPAIGN, "Its posts take up no campaign"),
    ],
)
def test_rescorer_names_the_condition_that_the_posts_do_not_meet(
    kind: OpportunityType, stated: OpportunityType, fault: str
) -> None:
    candidate = replace(candidate_of(kind), type=stated)
    assert str(rescorer(*BOARDS[kind]).type_fault(candidate)).startswith(fault)


def test_rescorer_ignores_the_parts_that_a_candidate_states() -> None:
    candidate = candidate_of(OpportunityType.TREND)
    inflated = replace(candidate, score_parts=tuple(replace(part, points=part.max) for part in candidate.score_parts))
    assert rescorer(*BOARDS[OpportunityType.TREND]).score_parts(inflated) == candidate.score_parts
