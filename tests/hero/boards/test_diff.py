from __future__ import annotations

from dataclasses import replace

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.boards.diff import board_diff, changes_by_concept
from kairo.hero.dto import ScorePartDTO
from kairo.hero.enums import ChangeKind, ScorePartName
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import an_id


def idea(concept: str, *, relevance: int = 20, timeliness: int = 10, posts: str = "ab") -> CandidateDTO:
    parts = [(ScorePartName.RELEVANCE, relevance, 30), (ScorePartName.TIMELINESS, timeliness, 25)]
    return CandidateDTO(
        concept_key=concept,
        title=f"About {concept}",
        angle="An angle of some length",
        why_now="2 posts in 3 days",
        type=OpportunityType.TREND,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(),
        score_parts=tuple(
            ScorePartDTO(part=part, points=points, max=most, rule="", sentence="") for part, points, most in parts
        ),
        evidence_ids=tuple(an_id(name) for name in posts),
    )


def test_diff_of_an_added_opportunity_is_new() -> None:
    (change,) = board_diff([], [idea("saw")])
    assert (change.kind, change.previous_score, change.score) == (ChangeKind.NEW, None, 30)
    assert "2 posts back it now" in change.cause


def test_diff_of_a_reworded_opportunity_is_steady() -> None:
    (change,) = board_diff([idea("saw")], [replace(idea("saw"), title="In other words")])
    assert change.kind is ChangeKind.STEADY
    assert change.cause == "Same posts, same score."


def test_diff_of_three_points_more_is_rising_with_its_cause() -> None:
    (change,) = board_diff([idea("saw")], [idea("saw", timeliness=13, posts="bcd")])
    assert change.kind is ChangeKind.RISING
    assert change.cause == "2 new posts, 1 post no longer counted, timeliness +3 points."


def test_diff_of_two_points_less_is_steady_and_of_three_is_fading() -> None:
    assert board_diff([idea("saw")], [idea("saw", relevance=18)])[0].kind is ChangeKind.STEADY
    assert board_diff([idea("saw")], [idea("saw", relevance=17)])[0].kind is ChangeKind.FADING


def test_diff_of_a_removed_opportunity_names_where_its_posts_are_now() -> None:
    before = [idea("saw", posts="abc"), idea("plane", posts="xyz", relevance=25)]
    after = [idea("handsaw", posts="bcd")]
    changes = board_diff(before, after)
    assert [(one.concept_key, one.kind) for one in changes] == [
        ("handsaw", ChangeKind.NEW),
        ("plane", ChangeKind.GONE),
        ("saw", ChangeKind.GONE),
    ]
    assert changes[1].cause.startswith("Its posts no longer make an idea")
    assert changes[2].cause == 'Most of its posts now back "About handsaw".'


def test_changes_by_concept_are_of_the_newer_board() -> None:
    assert set(changes_by_concept([idea("plane")], [idea("saw")])) == {"saw"}
