"""The score: four parts with their maxima, and what each constant of them does."""

from __future__ import annotations

from typing import Any

import pytest

from kairo.core.enums import OpportunityType, Platform
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.enums import ScorePartName
from kairo.hero.ports import CandidateDTO, SynthesisRequest
from tests.hero.builders import AS_OF, brand, campaign, plain_evidence, post
from tests.hero.engine.workshop_board import GAUGES, MATERIALS, gauges, planes, synthesize


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
        for number, (hours, word) in enumerate(zip(hours_ago, MATERIALS, strict=False))
    ]
    (idea,) = synthesize(posts, by).candidates
    return idea


def test_score_parts_show_how_they_add_up() -> None:
    (idea,) = synthesize(planes(5, 20, 30, 50)).candidates
    assert [part.part for part in idea.score_parts] == list(ScorePartName)
    for part in idea.score_parts:
        addends = [float(line.rsplit(" ", 1)[1].split("/")[0]) for line in part.rule.split(" + ")]
        maxima = [int(line.rsplit("/", 1)[1]) for line in part.rule.split(" + ")]
        assert part.points == pytest.approx(sum(addends), abs=0.51 + 0.05 * len(addends))
        assert sum(maxima) == part.max
        assert part.sentence.endswith(".")
        assert part.evidence_ids


def test_score_parts_have_their_maxima() -> None:
    trend = synthesize(gauges(0, 1, 2, 3)).candidates[0]
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
def test_authors_have_all_points_from_five(authors: int, points: float) -> None:
    assert _lines(_campaign_idea(*[20.0 + n for n in range(authors)]))["authors"] == (points, 5)


def test_competitor_has_all_points_for_three_posts_of_a_week() -> None:
    by = brand(competitor_handles=("rival.tools",))
    for fresh, points in ((2, 8), (3, 12)):
        posts = [
            post(f"rival-{n}", f"New clamp set, {word}", author="rival.tools", hours_ago=20 if n < fresh else 200)
            for n, word in enumerate(MATERIALS[:4])
        ]
        (idea,) = synthesize(posts, by).candidates
        assert _lines(idea)["burst"] == (points, 12)


def test_evergreen_has_all_points_for_five_authors_over_three_weeks() -> None:
    texts = [f"Sharpening a marking gauge, {word}" for word in MATERIALS]

    def lines(days: float, authors: int) -> dict[str, tuple[float, int]]:
        ages = [170 + 24 * days * n / (authors - 1) for n in range(authors)]
        posts = [post(f"lasting-{n}", texts[n], hours_ago=age) for n, age in enumerate(ages)]
        (idea,) = [one for one in synthesize(posts).candidates if one.type == OpportunityType.EVERGREEN]
        return _lines(idea)

    assert lines(21, 5)["spread"] == (9, 9)
    assert lines(21, 5)["repetition"] == (9, 9)
    assert lines(10.5, 3)["spread"] == (4.5, 9)
    assert lines(21, 3)["repetition"] == (5.4, 9)


def test_evergreen_has_at_most_eighteen_points_of_timeliness() -> None:
    posts = planes(*[100 + 80 * index for index in range(8)])
    (idea,) = [one for one in synthesize(posts).candidates if one.type is OpportunityType.EVERGREEN]
    assert idea.score_parts[1].points <= 18


def test_burst_of_one_chance_in_ten_thousand_has_all_points() -> None:
    """12 · ln p / ln 0.0001: with 4 other posts in the window and 8 before, p is 0.0013 and the points are 8.6."""
    recent = [post(f"recent-{one.external_id}", one.text_primary, hours_ago=30) for one in plain_evidence(12)[8:]]
    assert _lines(synthesize([*gauges(0, 1, 2), *recent]).candidates[0])["burst"] == (8.6, 12)
    assert _lines(synthesize(gauges(0, 1, 2)).candidates[0])["burst"] == (12, 12)


@pytest.mark.parametrize(("authors", "points"), [(3, 3), (4, 4)])
def test_share_of_a_first_scrape_has_all_of_its_five_points_for_five_authors(authors: int, points: float) -> None:
    recent = [post(f"recent-{one.external_id}", one.text_primary, hours_ago=30) for one in plain_evidence(12)]
    request = SynthesisRequest(as_of=AS_OF, brand=brand(), evidence=(*gauges(*range(authors)), *recent))
    (idea,) = BuiltinSynthesizer().synthesize(request).candidates
    lines = _lines(idea)
    assert lines["share"] == (points, 5)
    assert (lines["recency"][1], lines["still rising"][1]) == (4, 3)


@pytest.mark.parametrize(("posts", "points"), [(0, 0), (1, 4.7), (2, 9.9), (4, 12)])
def test_persona_counts_how_many_posts_speak_to_it(posts: int, points: float) -> None:
    """One of four: 12 · (0.55 / 4 + 0.25); two: 12 · (0.55 / 2 + 0.45 / 1.5 + 0.25)."""
    made = [
        post(f"gauge-{n}", f"{GAUGES[n % 2]}, {MATERIALS[n]}{' in my workshop' if n < posts else ''}", hours_ago=20 + n)
        for n in range(4)
    ]
    assert _lines(synthesize(made).candidates[0])["persona"] == (points, 12)


@pytest.mark.parametrize(("terms", "points"), [(1, 2), (3, 6), (4, 8), (5, 8)])
def test_brand_terms_have_all_points_for_four_words(terms: int, points: float) -> None:
    words = ("mallet", "spokeshave", "bradawl", "rasp", "adze")
    by = brand(positioning=f"All about the {', the '.join(words)}.")
    made = [post(f"gauge-{n}", f"{GAUGES[n]} {' '.join(words[:terms])}", hours_ago=20 + n) for n in range(3)]
    assert _lines(synthesize(made, by).candidates[0])["brand terms"] == (points, 8)


def test_engagement_needs_three_posts_of_a_platform_to_compare() -> None:
    """In the middle of posts that did equally well lies half of the points."""
    assert _lines(_campaign_idea(20, 21, platform=Platform.TIKTOK))["engagement"] == (0, 8)
    assert _lines(_campaign_idea(20, 21, 22, platform=Platform.TIKTOK))["engagement"] == (4, 8)
