"""The type of a topic: the first that fits, of campaign, competitive, trend and evergreen."""

from __future__ import annotations

from kairo.core.enums import OpportunityType
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.candidates import review
from tests.hero.builders import AS_OF, brand, campaign, post
from tests.hero.engine.workshop_board import OLDER, clamps, gauges, planes, synthesize


def test_evergreen_needs_two_authors_seven_days_apart() -> None:
    (idea,) = synthesize(planes(100, 100 + 7 * 24)).candidates
    assert idea.type is OpportunityType.EVERGREEN
    result = synthesize(planes(100, 100 + 7 * 24 - 1))
    assert result.candidates == ()
    (rejected,) = [one for one in result.rejected if one.code is RejectionCode.NO_TYPE_FITS]
    assert "6 days apart" in rejected.detail


def test_evergreen_needs_its_phrase_outside_hashtags() -> None:
    posts = [
        post("one", "Sharpening a chisel at last #toolclub", hours_ago=100),
        post("two", "New bench, old vice, repair done #toolclub", hours_ago=400),
    ]
    result = synthesize(posts)
    assert result.candidates == ()
    assert any("hashtags only" in one.detail for one in result.rejected)


def test_trend_compares_with_the_posts_before_its_window() -> None:
    result = synthesize(planes(5, 20, 30, 50, 60, 24 * 9))
    kept, rejected = review(
        result.candidates, brand=brand(), evidence=(*planes(5, 20, 30, 50, 60, 24 * 9), *OLDER), as_of=AS_OF
    )
    assert rejected == ()
    (idea,) = kept
    assert idea.type is OpportunityType.TREND
    assert idea.why_now.startswith(
        "5 creators posted about bench plane in the last 3 days, only 1 post in the 11 days before."
    )


def test_campaign_counts_from_two_weeks_before_it_starts_until_its_last_day() -> None:
    posts = [post("join", "Plane week: one plane a day. Who joins?")]

    def types(starts: str, ends: str) -> list[OpportunityType]:
        by = brand(campaigns=(campaign("Plane week", starts, ends, "plane a day"),))
        return [one.type for one in synthesize(posts, by).candidates]

    assert types("2025-11-15", "2025-11-20") == [OpportunityType.CAMPAIGN]
    assert types("2025-11-16", "2025-11-20") == []
    assert types("2025-10-01", "2025-11-01") == [OpportunityType.CAMPAIGN]
    assert types("2025-10-01", "2025-10-31") == []


def test_campaign_needs_two_of_its_keywords() -> None:
    by = brand(campaigns=(campaign("Big autumn thing", "2025-11-01", "2025-11-20", "plane", "iron"),))
    assert synthesize([post("one", "My plane at last")], by).candidates == ()
    assert len(synthesize([post("two", "My plane and its iron")], by).candidates) == 1


def test_competitive_needs_two_posts_of_a_watched_account() -> None:
    by = brand(competitor_handles=("@Rival.Tools",))
    posts = clamps(2)
    (idea,) = synthesize(posts, by).candidates
    assert idea.type is OpportunityType.COMPETITIVE
    assert "clamp set" in idea.title.lower()
    assert "Rival" not in f"{idea.title} {idea.angle}"
    assert idea.why_now.startswith("Rival posted 2 times in the last")
    assert synthesize(posts[:1], by).candidates == ()


def test_trend_needs_half_of_its_posts_on_a_pillar() -> None:
    """The first two say what the pillar is about: sharpening, restoring. Four authors are too few to fit otherwise."""
    assert [one.type for one in synthesize(gauges(0, 1, 2, 3)).candidates] == [OpportunityType.TREND]
    assert synthesize(gauges(1, 2, 3, 4)).candidates == ()
