"""A good candidate about water stones, with its brand and evidence."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import AnglePartDTO, BrandSnapshotDTO, ClaimDTO, ScorePartDTO, WindowCountsDTO
from kairo.hero.enums import AnglePartKind, ScorePartName
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import AS_OF, an_id, brand, campaign, pillar, plain_evidence, post

BRAND = brand(
    competitor_handles=("brinebros",),
    handles=("tidewater.tools",),
    campaigns=(campaign("Sharp November", "2025-10-20", "2025-11-20", "honing week"),),
    pillars=(pillar("Repair at home", "repair", "sharpening", "5-minute fix"),),
)


GUARDED = replace(BRAND, taboos=("detox", "loot box"))
EVIDENCE = (
    *plain_evidence(4),
    post("one", "A water stone needs ten minutes in the bath. My B2B clients ask for it.", author="stone.sam"),
    post("two", "Why I flatten my water stones every Sunday", author="honer_hanna", hours_ago=50),
    post(
        "three",
        "Reel",
        author="edge.ed",
        transcript="the water stone is never dry, that is the secret",
        hours_ago=24 * 9,
    ),
    post("off", "A chisel for left hands", author="lefty"),
    post("own", "Our water stones are back", author="@Tidewater.Tools"),
    post("praise", "Tidewater Tools sent a cracked water stone", author="cross.carl"),
    post("rival-a", "Box of stones, new", author="BrineBros"),
    post("rival-b", "Why our stones are flat", author="brinebros", hours_ago=40),
    post("camp", "It is honing week at my bench", author="week.wim"),
    post("camp-brand", "honing week with Tidewater Tools, join in", author="week.wanda"),
)


TOPIC_POSTS = (an_id("one"), an_id("two"), an_id("three"))


WINDOW = "2025-10-18T12:00:00Z/2025-11-01T12:00:00Z"


def claim(**changes: Any) -> ClaimDTO:
    value = ClaimDTO(
        text="3 creators posted about water stones in the last 14 days",
        metric="authors",
        value="3",
        window=WINDOW,
        evidence_ids=TOPIC_POSTS,
        phrase="water stones",
    )
    return replace(value, **changes)


SCORE = ScorePartDTO(part=ScorePartName.RELEVANCE, points=12, max=30, rule="by hand", sentence="It fits repair.")


PARTS = (
    AnglePartDTO(
        kind=AnglePartKind.HOOK,
        text="Start from honer_hanna: “Why I flatten my water stones every Sunday”.",
        evidence_ids=(an_id("two"),),
    ),
    AnglePartDTO(
        kind=AnglePartKind.TASK, text="Show which side of yours is flat and say why.", evidence_ids=TOPIC_POSTS
    ),
)


def candidate(**changes: Any) -> CandidateDTO:
    value = CandidateDTO(
        concept_key="topic:waterstone",
        title="Water stones: what keeps them flat",
        angle=" ".join(part.text for part in PARTS),
        angle_parts=PARTS,
        why_now="3 creators posted about water stones in the last 14 days.",
        type=OpportunityType.EVERGREEN,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(Channel.YOUTUBE,),
        score_parts=(),
        evidence_ids=TOPIC_POSTS,
        claims=(claim(),),
    )
    return replace(value, **changes)


def freely(angle: str, **changes: Any) -> CandidateDTO:
    """The candidate with another angle, without angle parts."""
    return candidate(angle=angle, angle_parts=(), **changes)


def code_for(idea: CandidateDTO, *, by: BrandSnapshotDTO = BRAND, counts: WindowCountsDTO | None = None) -> str | None:
    kept, rejected = review([idea], brand=by, evidence=EVIDENCE, as_of=AS_OF, counts=counts)
    assert len(kept) + len(rejected) == 1
    return rejected[0].code if rejected else None
