# ruff: noqa: RUF001  (parentheses of Japanese)
"""The sentences of a score breakdown say the numbers that the score was counted from."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kairo.core.enums import Channel, Platform
from kairo.hero.engine.bursts import Burst
from kairo.hero.engine.feedback import Feedback
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.score_words import ScoreSentences

ENGLISH = ScoreSentences(GRAMMARS["en"])


def burst_of(p: float) -> Burst:
    return Burst(window=timedelta(days=3), recent=4, authors=4, earlier=0, expected=0.25, p=p)


def test_pillar_names_at_most_three_phrases() -> None:
    phrases = ("wool", "heel", "moth", "tea")
    assert ENGLISH.pillar("Mend it", 2, 4, phrases) == '2 of 4 posts match the pillar Mend it ("wool", "heel", "moth").'
    assert (
        ScoreSentences(GRAMMARS["ja"]).pillar("繕い", 2, 4, ["毛糸"])
        == '4件中2件の投稿が柱「繕い」に合います（"毛糸"）。'
    )


def test_pillar_of_a_single_post_counts_nothing() -> None:
    assert ENGLISH.pillar("Mend it", 1, 1, ()) == "Its one post matches the pillar Mend it."


def test_no_pillar_says_why_the_brand_is_concerned() -> None:
    because = "No pillar matches; it concerns the brand because"
    assert ENGLISH.no_pillar(watched=True) == f"{because} it watches this competitor."
    assert ENGLISH.no_pillar(watched=False) == f"{because} the campaign is its own."


def test_burst_says_the_chance_and_stops_at_one_in_ten_thousand() -> None:
    assert (
        ENGLISH.burst(burst_of(0.004))
        == "4 authors in 3 days where 0.2 were to be expected, a chance of about 1 in 250."
    )
    assert (
        ENGLISH.burst(burst_of(1e-9))
        == "4 authors in 3 days where 0.2 were to be expected, a chance of less than 1 in 10,000."
    )


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(minutes=59), "The newest post is 0 hours old."),
        (timedelta(hours=1), "The newest post is 1 hour old."),
        (timedelta(hours=47), "The newest post is 47 hours old."),
        (timedelta(hours=48), "The newest post is 2 days old."),
        (timedelta.max, "None of its posts has a date."),
    ],
)
def test_newest_counts_hours_for_two_days(age: timedelta, text: str) -> None:
    assert ENGLISH.newest(age) == text


def test_campaign_runs_or_says_in_how_many_days() -> None:
    assert ENGLISH.campaign(0) == "The campaign is running."
    assert ENGLISH.campaign(1) == "The campaign starts in 1 day."
    assert ScoreSentences(GRAMMARS["pl"]).campaign(2) == "Kampania zaczyna się za 2 dni."


def test_feedback_names_the_decisions_there_are() -> None:
    assert ENGLISH.feedback(Feedback(points=-3, ignored=2)) == "Your decisions on ideas like it (2 ignored): -3."
    assert (
        ENGLISH.feedback(Feedback(points=4, pinned=3, ignored=1))
        == "Your decisions on ideas like it (3 pinned, 1 ignored): +4."
    )


def test_audience_says_when_persona_and_engagement_are_unknown() -> None:
    assert (
        ENGLISH.audience("Anna", ["heel"], 0.8, 2)
        == 'It speaks to Anna ("heel"); engagement above 80% of its platforms\' posts; 2 authors.'
    )
    assert ENGLISH.audience(None, (), None, 1) == "No persona is spoken to; engagement unknown; 1 author."


def test_channel_is_the_platform_itself_or_another() -> None:
    assert ENGLISH.channel(3, 4, Platform.TIKTOK, Channel.TIKTOK) == "3 of 4 posts are from TikTok, the channel itself."
    assert (
        ENGLISH.channel(1, 1, Platform.TIKTOK, Channel.INSTAGRAM)
        == "Its one post is from TikTok, to be carried over to Instagram."
    )


def test_share_lasting_and_competitor_say_their_totals() -> None:
    assert (
        ENGLISH.share(4, 1200)
        == "4 authors among the 1,200 posts stored so far; there is nothing earlier to compare with."
    )
    assert ENGLISH.lasting(3, 20, 12, 20) == "3 authors over 20 days; an evergreen has at most 12 of the 20 points."
    assert ENGLISH.competitor(1, 4) == "1 of its 4 posts is from the last 7 days."
    assert ENGLISH.joined("One.", "Two.") == "One. Two."
