from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from kairo.hero.generation.review.context import ReviewContext, cited_ids, excerpt
from tests.hero.builders import AS_OF, an_id, brand
from tests.hero.generation.review.water_stones import BRAND, EVIDENCE, PARTS, TOPIC_POSTS, candidate


def context(**changes: Any) -> ReviewContext:
    return ReviewContext.of(brand(**changes) if changes else BRAND, EVIDENCE, AS_OF)


def test_review_context_finds_taboos_of_posts() -> None:
    tabooed = context(taboos=("chisels",))
    hit = tabooed.taboo_hit(an_id("off"))
    assert hit is not None
    assert (hit.term, hit.place) == ("chisels", "caption of the post by lefty")
    assert tabooed.taboo_hit(an_id("one")) is None


def test_review_context_names_the_brand_except_in_own_posts() -> None:
    assert context().names_brand(an_id("praise"))
    assert not context().names_brand(an_id("own"))
    assert not context().names_brand(an_id("one"))


def test_review_context_matches_campaigns_by_name_and_keyword() -> None:
    reviewed, evidence = context(), {item.id: item for item in EVIDENCE}
    (campaign,) = BRAND.campaigns
    assert reviewed.mentions_any_campaign(evidence[an_id("camp")])
    assert reviewed.mentions_campaign(evidence[an_id("camp-brand")], campaign)
    assert not reviewed.mentions_any_campaign(evidence[an_id("one")])


def test_review_context_text_contains_inflected_phrases() -> None:
    assert context().text_contains("Why a water stone needs a bath", "water stones")
    assert not context().text_contains("Why a stone needs water", "water stones")


def test_review_context_recognises_competitors_by_handle() -> None:
    competitors = [item.external_id for item in EVIDENCE if context().is_competitor(item)]
    assert competitors == ["rival-a", "rival-b"]


def test_cited_ids_are_distinct_and_in_order() -> None:
    cited = candidate(evidence_ids=(*TOPIC_POSTS, TOPIC_POSTS[0]), angle_parts=PARTS, claims=())
    assert cited_ids(cited) == list(TOPIC_POSTS)


@pytest.mark.parametrize(
    ("value", "text"),
    [("a\n\u200b b", "a b"), ("x" * 9, "xxxx…"), (7, "int"), (UUID(int=0), "0000…")],
)
def test_excerpt_is_one_line_of_limited_length(value: object, text: str) -> None:
    assert excerpt(value, max_chars=5) == text
