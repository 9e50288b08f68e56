"""What the constants of bursts, types and scores do: each test is red when the one it names changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from kairo.core.enums import OpportunityType, Platform
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.bursts import Burst, DatedPost, OtherPosts, find_burst, poisson_tail
from kairo.hero.enums import ScorePartName
from kairo.hero.ports import CandidateDTO, SynthesisRequest
from tests.hero.builders import AS_OF, brand, campaign, plain_evidence, post

# Bursts.


def _burst(recent: str, *, days_ago: float = 1, other_recent: int, other_earlier: int) -> Burst | None:
    """The burst of a topic nobody posted about before: an author for each letter."""
    mentions = [
        DatedPost(AS_OF - timedelta(days=days_ago, minutes=n), author_key) for n, author_key in enumerate(recent)
    ]
    others = [DatedPost(AS_OF - timedelta(days=days_ago, minutes=n), f"r{n}") for n in range(other_recent)]
    others += [DatedPost(AS_OF - timedelta(days=29, minutes=n), f"e{n}") for n in range(other_earlier)]
    return find_burst(mentions, OtherPosts.of(others, as_of=AS_OF), as_of=AS_OF)


def test_burst_needs_a_chance_below_one_in_a_hundred() -> None:
    """With 10 other posts in the window and 9 before, 0.4 · 10.4 / 9.4 = 0.44 authors are to be expected."""
    near = _burst("abc", other_recent=10, other_earlier=10)
    assert near is not None
    assert near.expected == pytest.approx(0.4)
    assert near.p == pytest.approx(poisson_tail(3, 0.4))
    assert 0.007 < near.p < 0.01
    assert _burst("abc", other_recent=10, other_earlier=9) is None
    assert 0.01 < poisson_tail(3, 0.4 * 10.4 / 9.4) < 0.011


def test_burst_needs_three_authors() -> None:
    assert poisson_tail(2, 0.4 * 3 / 26) < 0.01
    assert _burst("ab", other_recent=0, other_earlier=60) is None
    assert _burst("abc", other_recent=0, other_earlier=60) is not None


def test_burst_has_no_author_with_half_of_its_posts() -> None:
    assert _burst("aabc", other_recent=0, other_earlier=60) is None
    assert _burst("aabcd", other_recent=0, other_earlier=60) is not None


def test_burst_is_looked_for_in_three_days_and_in_seven() -> None:
    for days_ago, window in ((2.9, 3), (3.1, 7), (6.9, 7)):
        found = _burst("abcd", days_ago=days_ago, other_recent=0, other_earlier=60)
        assert found is not None
        assert found.window == timedelta(days=window)
    assert _burst("abcd", days_ago=7.1, other_recent=0, other_earlier=60) is None


# Types and topics.

_GAUGES = (
    "My marking gauge, sharpening the pin",
    "A marking gauge to restore for winter",
    "Found a marking gauge under the stairs",
    "How I hold a marking gauge on oak",
    "This marking gauge leaves a thin line",
)
_OLD = plain_evidence(8)


def _ideas(posts: Sequence[EvidenceItemDTO], by: BrandSnapshotDTO | None = None) -> tuple[CandidateDTO, ...]:
    background = [post(f"old-{item.external_id}", item.text_primary, hours_ago=24 * 20) for item in _OLD]
    request = SynthesisRequest(as_of=AS_OF, brand=by or brand(), evidence=(*posts, *background))
    return BuiltinSynthesizer().synthesize(request).candidates


def _gauges(*places: int, hours_ago: float = 20) -> list[EvidenceItemDTO]:
    return [post(f"gauge-{place}", _GAUGES[place], hours_ago=hours_ago + place) for place in places]


def test_half_of_a_topics_posts_fit_a_pillar() -> None:
    """The first two say what the pillar is about: sharpening, restoring. Four authors are too few to fit otherwise."""
    assert [one.type for one in _ideas(_gauges(0, 1, 2, 3))] == [OpportunityType.TREND]
    assert _ideas(_gauges(1, 2, 3, 4)) == ()


@pytest.mark.parametrize(("days", "found"), [(7, 1), (6.9, 0)])
def test_evergreen_has_two_authors_seven_days_apart(days: float, found: int) -> None:
    posts = [
        post("first", "Sharpening a marking gauge at last", hours_ago=200),
        post("second", "Why sharpening a marking gauge matters", hours_ago=200 + 24 * days),
    ]
    assert len(_ideas(posts)) == found


@pytest.mark.parametrize(
    ("starts", "ends", "found"), [("2025-11-15", "2025-11-20", 1), ("2025-11-16", "2025-11-20", 0)]
)
def test_campaign_leads_by_fourteen_days(starts: str, ends: str, found: int) -> None:
    by = brand(campaigns=(campaign("Plane week", starts, ends, "plane a day"),))
    assert len(_ideas([post("join", "Plane week: one plane a day. Who joins?")], by)) == found


def test_competitor_counts_from_two_posts() -> None:
    by = brand(competitor_handles=("rival.tools",))
    posts = [post(f"rival-{n}", f"New clamp set, colour {n}", author="rival.tools", hours_ago=20 + n) for n in range(2)]
    assert [one.type for one in _ideas(posts, by)] == [OpportunityType.COMPETITIVE]
    assert _ideas(posts[:1], by) == ()


# The score.


def _lines(idea: CandidateDTO) -> dict[str, tuple[float, int]]:
    """Points and maximum of each addend of an idea's score, by name."""
    found = {}
    for part in idea.score_parts:
        for line in part.rule.split(" + "):
            name, _, points = line.rpartition(" ")
            value, _, most = points.partition("/")
            found[name] = float(value), int(most)
    return found


def _campaign_idea(*hours_ago: float, starts: str = "2025-11-01", **post_changes: Any) -> CandidateDTO:
    """The idea of a campaign that so many authors take up, at these hours before the board."""
    by = brand(campaigns=(campaign("Plane week", starts, "2025-11-20", "plane a day"),))
    posts = [
        post(f"join-{number}", f"A plane a day, number {number}: {word}", hours_ago=hours, **post_changes)
        for number, (hours, word) in enumerate(zip(hours_ago, _WORDS, strict=False))
    ]
    (idea,) = _ideas(posts, by)
    return idea


_WORDS = ("oak", "pine and glue", "ash for a handle", "an elm stool", "beech", "a walnut box")


def test_score_parts_have_their_maxima() -> None:
    trend = _ideas(_gauges(0, 1, 2, 3))[0]
    assert {part.part: part.max for part in trend.score_parts} == {
        ScorePartName.RELEVANCE: 30,
        ScorePartName.TIMELINESS: 25,
        ScorePartName.AUDIENCE: 25,
        ScorePartName.CHANNEL: 20,
    }
    assert {name: most for name, (_, most) in _lines(trend).items()} == {
        "pillar": 16, "brand terms": 8, "purity": 6,
        "burst": 12, "recency": 8, "still rising": 5,
        "persona": 12, "engagement": 8, "authors": 5,
        "platform": 10, "format": 6, "brand uses it": 4,
    }  # fmt: skip


def test_recency_halves_in_three_days() -> None:
    assert _lines(_campaign_idea(72))["recency"] == (4, 8)
    assert _lines(_campaign_idea(144))["recency"] == (2, 8)


def test_recency_looks_at_the_three_newest_posts() -> None:
    assert _lines(_campaign_idea(72, 72, 72, 600, 600))["recency"] == (4, 8)
    assert _lines(_campaign_idea(72, 72, 600, 600))["recency"][0] < 3


def test_campaign_that_starts_in_a_week_has_three_quarters_of_its_points() -> None:
    assert _lines(_campaign_idea(20))["campaign"] == (12, 12)
    assert _lines(_campaign_idea(20, starts="2025-11-08"))["campaign"] == (9, 12)


@pytest.mark.parametrize(("authors", "points"), [(1, 1), (4, 4), (5, 5), (6, 5)])
def test_five_authors_have_all_points_for_authors(authors: int, points: float) -> None:
    assert _lines(_campaign_idea(*[20.0 + n for n in range(authors)]))["authors"] == (points, 5)


def test_competitor_has_all_points_for_three_posts_of_a_week() -> None:
    by = brand(competitor_handles=("rival.tools",))
    for fresh, points in ((2, 8), (3, 12)):
        posts = [
            post(f"rival-{n}", f"New clamp set, {word}", author="rival.tools", hours_ago=20 if n < fresh else 200)
            for n, word in enumerate(_WORDS[:4])
        ]
        (idea,) = _ideas(posts, by)
        assert _lines(idea)["burst"] == (points, 12)


def test_evergreen_has_all_points_for_five_authors_over_three_weeks() -> None:
    texts = [f"Sharpening a marking gauge, {word}" for word in _WORDS]

    def lines(days: float, authors: int) -> dict[str, tuple[float, int]]:
        ages = [170 + 24 * days * n / (authors - 1) for n in range(authors)]
        posts = [post(f"lasting-{n}", texts[n], hours_ago=age) for n, age in enumerate(ages)]
        (idea,) = [one for one in _ideas(posts) if one.type == OpportunityType.EVERGREEN]
        return _lines(idea)

    assert lines(21, 5)["spread"] == (9, 9)
    assert lines(21, 5)["repetition"] == (9, 9)
    assert lines(10.5, 3)["spread"] == (4.5, 9)
    assert lines(21, 3)["repetition"] == (5.4, 9)


def test_burst_of_one_chance_in_ten_thousand_has_all_points() -> None:
    """12 · ln p / ln 0.0001: with 4 other posts in the window and 8 before, p is 0.0013 and the points are 8.6."""
    recent = [post(f"recent-{one.external_id}", one.text_primary, hours_ago=30) for one in plain_evidence(12)[8:]]
    assert _lines(_ideas([*_gauges(0, 1, 2), *recent])[0])["burst"] == (8.6, 12)
    assert _lines(_ideas(_gauges(0, 1, 2))[0])["burst"] == (12, 12)


@pytest.mark.parametrize(("authors", "points"), [(3, 3), (4, 4)])
def test_share_of_a_first_scrape_has_all_of_its_five_points_for_five_authors(authors: int, points: float) -> None:
    recent = [post(f"recent-{one.external_id}", one.text_primary, hours_ago=30) for one in plain_evidence(12)]
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=(*_gauges(*range(authors)), *recent))
    (idea,) = BuiltinSynthesizer().synthesize(request).candidates
    lines = _lines(idea)
    assert lines["share"] == (points, 5)
    assert (lines["recency"][1], lines["still rising"][1]) == (4, 3)


@pytest.mark.parametrize(("posts", "points"), [(0, 0), (1, 4.7), (2, 9.9), (4, 12)])
def test_persona_counts_how_many_posts_speak_to_it(posts: int, points: float) -> None:
    """One of four: 12 · (0.55 / 4 + 0.25); two: 12 · (0.55 / 2 + 0.45 / 1.5 + 0.25)."""
    made = [
        post(f"gauge-{n}", f"{_GAUGES[n % 2]}, {_WORDS[n]}{' in my workshop' if n < posts else ''}", hours_ago=20 + n)
        for n in range(4)
    ]
    assert _lines(_ideas(made)[0])["persona"] == (points, 12)


@pytest.mark.parametrize(("terms", "points"), [(1, 2), (3, 6), (4, 8), (5, 8)])
def test_four_words_of_the_brand_have_all_points_for_its_terms(terms: int, points: float) -> None:
    words = ("mallet", "spokeshave", "bradawl", "rasp", "adze")
    by = brand(positioning=f"All about the {', the '.join(words)}.")
    made = [post(f"gauge-{n}", f"{_GAUGES[n]} {' '.join(words[:terms])}", hours_ago=20 + n) for n in range(3)]
    assert _lines(_ideas(made, by)[0])["brand terms"] == (points, 8)


# Engagement.


def test_engagement_needs_three_posts_of_a_platform_to_compare() -> None:
    """In the middle of posts that did equally well lies half of the points."""
    assert _lines(_campaign_idea(20, 21, platform=Platform.TIKTOK))["engagement"] == (0, 8)
    assert _lines(_campaign_idea(20, 21, 22, platform=Platform.TIKTOK))["engagement"] == (4, 8)
