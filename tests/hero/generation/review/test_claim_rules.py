"""The rules for evidence and claims."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import ClaimDTO, WindowCountsDTO
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import an_id
from tests.hero.generation.review import bench_planes as planes
from tests.hero.generation.review.water_stones import (
    EVIDENCE,
    TOPIC_POSTS,
    candidate,
    claim,
    code_for,
    freely,
)


def competitive(**changes: Any) -> CandidateDTO:
    rival = claim(text="2 posts in the last 14 days", metric="posts", value="2", phrase="", evidence_ids=RIVALS)
    return freely(
        "Say plainly how your stones differ from theirs.",
        title="Flat stones: our side",
        type=OpportunityType.COMPETITIVE,
        why_now="The other shop: 2 posts in the last 14 days.",
        evidence_ids=RIVALS,
        claims=(rival,),
        **changes,
    )


RIVALS = (an_id("rival-a"), an_id("rival-b"))


def test_claim_rules_accept_competitors_posts_without_a_phrase() -> None:
    assert code_for(competitive()) is None
    mixed = replace(competitive().claims[0], evidence_ids=(an_id("rival-a"), an_id("off")))
    assert code_for(replace(competitive(), claims=(mixed,))) == RejectionCode.CLAIM_OFF_TOPIC
    assert code_for(replace(competitive(), type=OpportunityType.EVERGREEN)) == RejectionCode.CLAIM_OFF_TOPIC


def campaign_idea(*posts: str) -> CandidateDTO:
    ids = tuple(an_id(name) for name in posts)
    took_up = claim(
        text=f"{len(ids)} posts took it up in the last 14 days",
        metric="posts",
        value=str(len(ids)),
        phrase="",
        evidence_ids=ids,
    )
    until = ClaimDTO(
        text="Sharp November runs until 20 November, 19 more days",
        metric="days_until_end",
        value="19",
        window="2025-10-20/2025-11-20",
        evidence_ids=ids,
    )
    return freely(
        "Invite people into “Sharp November” with the stone they have.",
        title="Sharp November: how to join in",
        type=OpportunityType.CAMPAIGN,
        why_now=f"{until.text}. {took_up.text}.",
        evidence_ids=ids,
        claims=(until, took_up),
    )


def test_claim_rules_accept_campaign_posts_that_name_the_brand() -> None:
    assert code_for(campaign_idea("camp", "camp-brand")) is None
    assert code_for(campaign_idea("camp", "off")) == RejectionCode.CLAIM_OFF_TOPIC
    assert code_for(campaign_idea("camp", "praise")) == RejectionCode.ABOUT_THE_BRAND


def test_claim_rules_prove_window_posts_by_the_counts_of_the_window() -> None:
    total = ClaimDTO(
        text="among the 5,000 posts stored so far",
        metric="window_posts",
        value="5000",
        window="",
        evidence_ids=TOPIC_POSTS,
    )
    idea = candidate(why_now="3 creators posted about water stones among the 5,000 posts.", claims=(claim(), total))
    assert code_for(idea, counts=WindowCountsDTO(posts=5_000, authors=900)) is None
    assert code_for(idea) == RejectionCode.UNPROVEN_CLAIM
    at_hand = replace(total, text=f"among the {len(EVIDENCE)} posts stored so far", value=str(len(EVIDENCE)))
    assert code_for(candidate(claims=(claim(), at_hand))) is None


ALTERED = {
    "a claim that counts a post off topic": (
        candidate(
            why_now="4 creators posted about water stones.",
            claims=(
                claim(
                    text="4 creators posted about water stones",
                    value="4",
                    evidence_ids=(*TOPIC_POSTS, an_id("off")),
                ),
            ),
        ),
        RejectionCode.CLAIM_OFF_TOPIC,
    ),
    "a claim about no topic": (candidate(claims=(claim(phrase=""),)), RejectionCode.CLAIM_OFF_TOPIC),
    "a claim about another topic": (
        candidate(claims=(claim(), claim(text="1 creator", value="1", evidence_ids=(an_id("off"),), phrase="chisel"))),
        RejectionCode.CLAIM_OFF_TOPIC,
    ),
    "a claim that does not hold": (candidate(claims=(claim(value="5"),)), RejectionCode.UNPROVEN_CLAIM),
    "a post of the brand's own account": (
        candidate(evidence_ids=(*TOPIC_POSTS, an_id("own"))),
        RejectionCode.OWN_POSTS,
    ),
    "a post about the brand": (candidate(evidence_ids=(*TOPIC_POSTS, an_id("praise"))), RejectionCode.ABOUT_THE_BRAND),
}


@pytest.mark.parametrize("alteration", ALTERED)
def test_claim_rules_reject_each_alteration_with_its_own_code(alteration: str) -> None:
    altered, code = ALTERED[alteration]
    assert code_for(altered) == code


def test_claim_rules_recompute_every_claim() -> None:
    assert planes.code_for(claims=(planes.claim(),)) is None
    assert planes.code_for(claims=(planes.claim(value="3"),)) is RejectionCode.UNPROVEN_CLAIM
    assert planes.code_for(claims=(planes.claim(evidence_ids=(an_id("bench"),)),)) is RejectionCode.UNPROVEN_CLAIM
    assert planes.code_for(claims=(planes.claim(metric="vibes"),)) is RejectionCode.UNPROVEN_CLAIM
    assert planes.code_for(claims=(planes.claim(window="lately"),)) is RejectionCode.UNPROVEN_CLAIM
    assert (
        planes.code_for(claims=(planes.claim(text="2 makers, 900 % more than before"),)) is RejectionCode.UNPROVEN_CLAIM
    )
