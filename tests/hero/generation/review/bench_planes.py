"""A good candidate about bench planes, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, RejectedCandidateDTO, ScorePartDTO
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id, brand, plain_evidence, post

EVIDENCE = (
    *plain_evidence(6),
    post("bench", "A bench plane restored in 3 evenings", author="planes.pia"),
    post("jointer", "My jointer plane cuts again", author="jo.inter", hours_ago=24 * 9),
    post("saws", "How I set the teeth of an old saw", author="saw.sven", hours_ago=90),
)


def part(name: Any, points: Any, most: Any) -> ScorePartDTO:
    return ScorePartDTO(part=name, points=points, max=most, rule="by hand", sentence="Because.")


def parts(relevance: Any = 20, timeliness: Any = 10) -> tuple[ScorePartDTO, ...]:
    return (
        part(ScorePartName.RELEVANCE, relevance, 30),
        part(ScorePartName.TIMELINESS, timeliness, 25),
        part(ScorePartName.AUDIENCE, 10, 25),
        part(ScorePartName.CHANNEL, 10, 20),
    )


def claim(**changes: Any) -> ClaimDTO:
    value = ClaimDTO(
        text="2 makers posted about planes in the last 10 days.",
        metric="authors",
        value="2",
        window="2025-10-22T12:00:00Z/2025-11-01T12:00:00Z",
        evidence_ids=(an_id("bench"), an_id("jointer")),
        phrase="planes",
    )
    return replace(value, **changes)


def candidate(**changes: Any) -> CandidateDTO:
    value = CandidateDTO(
        concept_key="topic:plane",
        title="Restore a bench plane",
        angle="Show the three evenings one by one.",
        why_now="2 makers posted about planes in the last 10 days.",
        type=OpportunityType.EVERGREEN,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(Channel.YOUTUBE,),
        score_parts=(),
        evidence_ids=(an_id("bench"), an_id("jointer")),
        claims=(claim(),),
        pillar_id=brand().pillars[0].id,
        persona_id=brand().personas[0].id,
    )
    return replace(value, **changes)


WEAK: dict[str, Any] = {"pillar_id": None, "persona_id": None}
"""Changes that lower the score: no pillar, no persona."""


def look(
    *candidates: Any, by: BrandSnapshotDTO | None = None
) -> tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]:
    return review(candidates, brand=by or brand(), evidence=EVIDENCE, as_of=AS_OF)


def code_for(*, by: Any = None, **changes: Any) -> RejectionCode | None:
    kept, rejected = look(candidate(**changes), by=by)
    assert len(kept) + len(rejected) == 1
    return rejected[0].code if rejected else None
