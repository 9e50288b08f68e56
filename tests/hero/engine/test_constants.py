"""What the constants of channels, feedback and the portfolio do: each test is red when the one it names changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from kairo.core.enums import Channel, ContentType, OpportunityType, Platform
from kairo.hero.dto import ScorePartDTO
from kairo.hero.engine.channels import ChannelChoice, choose_channels
from kairo.hero.engine.feedback import OpportunityTraits, decisions_in_force, feedback_for
from kairo.hero.engine.selection import select_candidates
from kairo.hero.engine.tokenized_posts import tokenize_post
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.ports import CandidateDTO, DecisionDTO
from tests.hero.builders import AS_OF, an_id, brand, post

# Channels: how well what was seen on a platform carries over to a channel, and a form to a channel's own.

_AFFINITIES = """
             linkedin  x    youtube  instagram  tiktok  newsletter
instagram    0.35      0.2  0.6      1          0.8     0.2
tiktok       0.3       0.2  0.6      0.8        1       0.2
linkedin     1         0.6  0.2      0.2        0.2     0.6
youtube      0.2       0.2  1        0.5        0.5     0.2
x            0.6       1    0.2      0.2        0.2     0.2
web          0.5       0.2  0.2      0.2        0.2     0.8
"""
_FORMS = """
             linkedin  x    youtube  instagram  tiktok  newsletter
post         0.7       0.7  0.4      1          0.4     0.4
reel         0.4       0.4  0.7      1          0.9     0.4
text_post    1         1    0.4      0.4        0.4     0.8
short_video  0.4       0.5  0.8      0.9        1       0.4
video        0.6       0.4  1        0.5        0.5     0.4
web_page     0.6       0.4  0.4      0.4        0.4     1
"""


def _cells(table: str) -> list[tuple[str, str, float]]:
    heading, *rows = (line.split() for line in table.strip().splitlines())
    return [(name, channel, float(cell)) for name, *cells in rows for channel, cell in zip(heading, cells, strict=True)]


def _choice(channels: Sequence[Channel], *posts: tuple[Platform, ContentType]) -> ChannelChoice:
    tokenized = [
        tokenize_post(post(f"seen-{place}", "A text", platform=platform, content_type=form))
        for place, (platform, form) in enumerate(posts)
    ]
    return choose_channels(brand(channels=tuple(channels)), tokenized)


@pytest.mark.parametrize(("platform", "channel", "expected"), _cells(_AFFINITIES))
def test_affinity_of_a_platform_to_a_channel(platform: str, channel: str, expected: float) -> None:
    assert _choice([Channel(channel)], (Platform(platform), ContentType.POST)).affinity == expected


@pytest.mark.parametrize(("form", "channel", "expected"), _cells(_FORMS))
def test_form_of_a_post_on_a_channel(form: str, channel: str, expected: float) -> None:
    assert _choice([Channel(channel)], (Platform.WEB, ContentType(form))).form == expected


def test_tables_of_channels_are_whole() -> None:
    assert {platform for platform, _, _ in _cells(_AFFINITIES)} == {platform.value for platform in Platform}
    assert {form for form, _, _ in _cells(_FORMS)} == {form.value for form in ContentType}
    assert {channel for _, channel, _ in _cells(_FORMS)} == {channel.value for channel in Channel}


def test_channel_weighs_the_platform_ten_and_the_form_six() -> None:
    """A reel seen on the web: LinkedIn 10 · 0.5 + 6 · 0.4 = 7.4, YouTube 10 · 0.2 + 6 · 0.7 = 6.2.

    A text seen on TikTok: LinkedIn 10 · 0.3 + 6 · 1 = 9, YouTube 10 · 0.6 + 6 · 0.4 = 8.4. With 8 and 8 the first would
    go to YouTube, with 14 and 3 the second.
    """
    both = [Channel.YOUTUBE, Channel.LINKEDIN]
    assert _choice(both, (Platform.WEB, ContentType.REEL)).primary == Channel.LINKEDIN
    assert _choice(both, (Platform.TIKTOK, ContentType.TEXT_POST)).primary == Channel.LINKEDIN


def test_channels_are_suggested_from_an_affinity_of_three_tenths_and_two_at_most() -> None:
    every = [Channel.TIKTOK, Channel.LINKEDIN, Channel.X, Channel.INSTAGRAM, Channel.YOUTUBE]
    assert _choice(every, (Platform.TIKTOK, ContentType.SHORT_VIDEO)).suggested == (Channel.INSTAGRAM, Channel.YOUTUBE)
    assert _choice([Channel.TIKTOK, Channel.LINKEDIN], (Platform.TIKTOK, ContentType.POST)).suggested == ("linkedin",)
    assert _choice([Channel.TIKTOK, Channel.X], (Platform.TIKTOK, ContentType.POST)).suggested == ()


# Feedback.

_TRAITS = OpportunityTraits(
    type=OpportunityType.TREND, channel=Channel.TIKTOK, pillar_id=an_id("pillar"), persona_id=an_id("persona")
)


def _points(
    kind: str, count: int, *, days_ago: float = 0, alike: Sequence[str] = ("pillar", "type", "persona", "channel")
) -> int:
    """The points of so many decisions about other ideas that are alike in these ways."""
    decisions = [
        DecisionDTO(
            concept_key=f"other-{number}",
            kind=kind,
            at=AS_OF - timedelta(days=days_ago),
            opportunity_type=_TRAITS.type if "type" in alike else OpportunityType.EVERGREEN,
            channel=_TRAITS.channel if "channel" in alike else Channel.X,
            pillar_id=_TRAITS.pillar_id if "pillar" in alike else None,
            persona_id=_TRAITS.persona_id if "persona" in alike else None,
        )
        for number in range(count)
    ]
    return feedback_for("this", _TRAITS, decisions_in_force(decisions, as_of=AS_OF), as_of=AS_OF).points


def test_feedback_is_five_points_at_most() -> None:
    assert (_points("pinned", 20), _points("ignored", 20)) == (5, -5)
    assert (_points("pinned", 2, alike=["pillar"]), _points("ignored", 2, alike=["pillar"])) == (2, -2)


@pytest.mark.parametrize(("alike", "points"), [("pillar", 4), ("type", 2), ("persona", 2), ("channel", 1)])
def test_feedback_weighs_what_ideas_have_in_common(alike: str, points: int) -> None:
    assert _points("pinned", 4, alike=[alike]) == points


def test_feedback_halves_in_thirty_days() -> None:
    assert _points("pinned", 4, alike=["pillar"], days_ago=30) == 2
    assert _points("pinned", 4, alike=["pillar"], days_ago=60) == 1


# The portfolio.


def _candidate(name: str, score: int, posts: str, *, title: str = "", pillar: str = "") -> CandidateDTO:
    part = ScorePartDTO(part=ScorePartName.RELEVANCE, points=score, max=100, rule="", sentence="", evidence_ids=())
    return CandidateDTO(
        concept_key=name,
        title=title or f"Idea {name}",
        angle="",
        why_now="",
        type=OpportunityType.TREND,
        primary_channel=Channel.X,
        suggested_channels=(),
        score_parts=(part,),
        evidence_ids=tuple(map(an_id, posts)),
        pillar_id=an_id(pillar) if pillar else None,
    )


def _chosen(*candidates: CandidateDTO, most: int = 24) -> list[str]:
    return [one.concept_key for one in select_candidates(candidates, most=most)[0]]


def test_ideas_may_share_half_of_their_evidence_with_a_better_one() -> None:
    best = _candidate("best", 90, "abcd")
    assert _chosen(best, _candidate("half", 80, "abxy")) == ["best", "half"]
    kept, dropped = select_candidates([best, _candidate("more", 80, "abcx")], most=24)
    assert [one.concept_key for one in kept] == ["best"]
    assert dropped[0].code == RejectionCode.NEAR_DUPLICATE


def test_titles_are_alike_from_three_quarters_of_their_words() -> None:
    best = _candidate("best", 90, "a", title="one two three four")
    assert _chosen(best, _candidate("alike", 80, "b", title="one two three")) == ["best"]
    assert _chosen(best, _candidate("other", 80, "b", title="one two three five")) == ["best", "other"]


def test_score_counts_seven_tenths_against_being_unlike_what_is_chosen() -> None:
    """The second shares a third of all posts with the first: 0.7 · 0.80 - 0.3 / 3 = 0.46, that is 65.7 without."""
    best, second = _candidate("best", 90, "ab"), _candidate("second", 80, "bc")
    assert _chosen(best, second, _candidate("third", 65, "xy"), most=2) == ["best", "second"]
    assert _chosen(best, second, _candidate("third", 66, "xy"), most=2) == ["best", "third"]


def test_pillar_that_is_not_on_the_board_yet_counts_two_hundredths() -> None:
    """Nearly three points of score: 0.7 · 0.03 = 0.021."""
    best, second = _candidate("best", 90, "a", pillar="first"), _candidate("second", 80, "b", pillar="first")
    assert _chosen(best, second, _candidate("third", 78, "c", pillar="other"), most=2) == ["best", "third"]
    assert _chosen(best, second, _candidate("third", 77, "c", pillar="other"), most=2) == ["best", "second"]
