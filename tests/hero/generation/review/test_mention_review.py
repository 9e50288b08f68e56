"""The rules for brand mentions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from kairo.hero.dto import BrandMentionDTO, ClaimDTO, EvidenceItemDTO
from kairo.hero.engine.claims import write_window
from kairo.hero.gates.thresholds import MAX_MENTION_POSTS, MAX_MENTIONS
from kairo.hero.generation.review.account_review import review_account
from kairo.hero.ports import SynthesisResult
from tests.hero.builders import AS_OF, an_id, brand, post

BRAND = brand("Tidewater Tools", handles=("tidewater.tools",), taboos=("scam",))
WEEK = write_window(start=AS_OF - timedelta(days=7), end=AS_OF)
POSTS = [
    post("a", "The Tidewater rasp snapped, late refund", author="ann", hours_ago=30),
    post("b", "Still no late refund from Tidewater", author="bob", hours_ago=10),
    post("c", "Tidewater owes me: late refunds everywhere", author="ann", hours_ago=50),
    post("old", "A late refund of Tidewater in spring", hours_ago=24 * 20),
    post("undated", "late refund, Tidewater", author="cat", hours_ago=None),
    post("other", "Sharpening a chisel on glass", author="dan", hours_ago=5),
    post("another", "A chisel for late nights", author="eve", hours_ago=5),
    post("own", "Tidewater: our late refund policy", author="@tidewater.tools", hours_ago=5),
]


def claim(names: str = "a b c", **changes: Any) -> ClaimDTO:
    ids = tuple(an_id(name) for name in names.split())
    shape = {
        "text": "2 creators wrote of it",
        "metric": "authors",
        "value": "2",
        "window": WEEK,
        "phrase": "late refund",
    }
    return ClaimDTO(**{**shape, "evidence_ids": ids, **changes})


def mention(names: str = "a b c", **changes: Any) -> BrandMentionDTO:
    ids = tuple(an_id(name) for name in names.split())
    shape = {"phrase": "late refund", "authors": 2, "window": WEEK, "claims": (claim(names),)}
    return BrandMentionDTO(**{**shape, "evidence_ids": ids, **changes})


def reviewed(*mentions: Any) -> tuple[BrandMentionDTO, ...]:
    return reviewed_of(mentions)


def reviewed_of(mentions: Any, posts: Sequence[EvidenceItemDTO] = POSTS) -> tuple[BrandMentionDTO, ...]:
    result = SynthesisResult(candidates=(), mentions=mentions)
    return review_account(result, brand=BRAND, evidence=posts, as_of=AS_OF).mentions


def test_mention_review_orders_posts_newest_first() -> None:
    (kept,) = reviewed(mention(posts=()))
    assert kept.evidence_ids == tuple(an_id(name) for name in "bac")
    assert kept.claims == (claim(),)
    assert (kept.phrase, kept.window, kept.authors) == ("late refund", WEEK, 2)
    assert kept.newest_published_at == AS_OF - timedelta(hours=10)


def test_mention_review_recounts_authors() -> None:
    (kept,) = reviewed(mention("a b b undated", authors=99, newest_published_at=AS_OF + timedelta(days=3)))
    assert kept.evidence_ids == tuple(an_id(name) for name in ("b", "a", "undated"))
    assert (kept.authors, kept.newest_published_at) == (3, AS_OF - timedelta(hours=10))


def test_mention_review_drops_posts_outside_the_window_and_unknown_ones() -> None:
    (kept,) = reviewed(mention("b old nowhere"))
    assert kept.evidence_ids == (an_id("b"),)
    assert [one.evidence_ids for one in reviewed(mention("b old", window=""))] == [(an_id("b"), an_id("old"))]


@pytest.mark.parametrize(
    "broken",
    [
        mention(phrase="  "),
        mention(phrase="\u200b"),
        mention(phrase="lawsuit"),
        mention(phrase="late refund https://evil.example"),
        mention(phrase="<b>late refund</b>"),
        mention(phrase="late refund " * 20),
        mention(window="last week"),
        mention("other"),
        mention("old"),
        mention("nowhere"),
        mention(evidence_ids=()),
        mention(evidence_ids="abc"),
        mention(evidence_ids=(an_id("a"), 7)),
        mention(phrase=None),
        mention(window=None),
        mention(claims=None),
        mention(claims=(None,)),
        "late refund",
        None,
    ],
    ids=str,
)
def test_mention_review_drops_only_the_mention_that_breaks_a_rule(broken: Any) -> None:
    assert [kept.phrase for kept in reviewed(broken, mention())] == ["late refund"]
    assert len(reviewed(mention())[0].evidence_ids) == len(reviewed(broken, mention())[0].evidence_ids)


@pytest.mark.parametrize(
    "broken",
    [
        claim(value="3"),
        claim(text="5 creators wrote of it"),
        claim(text="2 creators, see https://evil.example"),
        claim(text="<img onerror=x> 2 creators"),
        claim(metric="tears"),
        claim("a b other"),
        claim("a b old", window=""),
        claim(phrase="rasp"),
        claim(evidence_ids=()),
    ],
    ids=str,
)
def test_mention_review_drops_only_the_claim_that_breaks_a_rule(broken: ClaimDTO) -> None:
    (kept,) = reviewed(mention(claims=(broken, claim())))
    assert kept.claims == (claim(),)


def test_mention_review_needs_half_of_the_posts_to_name_the_brand() -> None:
    assert len(reviewed(mention("b other", claims=()))) == 1
    assert reviewed(mention("b other another", claims=())) == ()


def test_mention_review_drops_own_posts() -> None:
    (kept,) = reviewed(mention("a own", claims=()))
    assert kept.evidence_ids == (an_id("a"),)


@pytest.mark.parametrize("phrase", ["refund scam", "ask @stranger"])
def test_mention_review_drops_undisplayable_phrases(phrase: str) -> None:
    said = [post("said", f"Tidewater and a {phrase}")]
    assert reviewed_of((mention("said", phrase=phrase, claims=()),), said) == ()


def test_mention_review_accepts_the_brands_name_as_a_phrase() -> None:
    (kept,) = reviewed(mention("b other", phrase="tidewater tools", claims=()))
    assert kept.phrase == "tidewater tools"
    assert reviewed(mention("b other", phrase="riverside tools", claims=())) == ()


def test_mention_review_orders_mentions_newest_first_and_undated_last() -> None:
    found = reviewed(
        mention("undated", phrase="late", window=""),
        mention("a", phrase="rasp"),
        mention("c", phrase="owes"),
        mention("b"),
    )
    assert [kept.phrase for kept in found] == ["late refund", "rasp", "owes", "late"]
    same = [mention("a b", phrase=phrase, claims=()) for phrase in ("tidewater", "rasp", "late refund")]
    assert [kept.phrase for kept in reviewed(*same)] == ["late refund", "rasp", "tidewater"]
    assert reviewed(*same) == reviewed(*reversed(same))


def test_mention_review_keeps_the_largest_mention_of_a_phrase() -> None:
    mentions = [mention("a"), mention("a b", phrase="Late Refund"), mention("c")]
    for given in (mentions, reversed(mentions)):
        assert [kept.phrase for kept in reviewed(*given)] == ["Late Refund"]
    equals = reviewed(mention("a"), mention("b", phrase="Late Refund"))
    assert [kept.phrase for kept in equals] == ["late refund"]


def test_mention_review_limits_mentions_and_posts() -> None:
    words = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(MAX_MENTIONS + 5)]
    everything = " ".join(["Tidewater", *words])
    posts = [post(f"p{n}", everything, hours_ago=n / 10) for n in range(MAX_MENTION_POSTS + 5)]
    ids = tuple(one.id for one in posts)
    many = [BrandMentionDTO(phrase=word, authors=1, window="", evidence_ids=ids) for word in words]
    found = reviewed_of(tuple(many), posts)
    assert len(found) == MAX_MENTIONS
    assert found[0].evidence_ids == ids[:MAX_MENTION_POSTS]


@pytest.mark.parametrize("given", [None, 7, "mentions", [None], [7]])
def test_mention_review_treats_other_values_as_no_mentions(given: Any) -> None:
    assert reviewed_of(given) == ()


def test_mention_review_is_idempotent() -> None:
    once = reviewed(mention(), mention("undated", phrase="late", window=""))
    assert reviewed(*once) == once
