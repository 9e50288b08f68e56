"""Selection: opportunities of a board differ in evidence and title, best score first."""

from __future__ import annotations

from dataclasses import replace

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import ScorePartDTO
from kairo.hero.engine.selection import distinct_by_evidence, select_candidates
from kairo.hero.enums import RejectionCode, ScorePartName
from kairo.hero.ports import CandidateDTO
from tests.hero.builders import an_id


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


def test_selection_allows_half_of_the_evidence_shared_with_a_better_one() -> None:
    best = _candidate("best", 90, "abcd")
    assert _chosen(best, _candidate("half", 80, "abxy")) == ["best", "half"]
    kept, dropped = select_candidates([best, _candidate("more", 80, "abcx")], most=24)
    assert [one.concept_key for one in kept] == ["best"]
    assert dropped[0].code == RejectionCode.NEAR_DUPLICATE


def test_selection_drops_titles_that_share_three_quarters_of_their_words() -> None:
    best = _candidate("best", 90, "a", title="one two three four")
    assert _chosen(best, _candidate("alike", 80, "b", title="one two three")) == ["best"]
    assert _chosen(best, _candidate("other", 80, "b", title="one two three five")) == ["best", "other"]


def test_selection_weighs_the_score_seven_tenths_against_shared_evidence() -> None:
    """The second shares a third of all posts with the first: 0.7 · 0.80 - 0.3 / 3 = 0.46, that is 65.7 without."""
    best, second = _candidate("best", 90, "ab"), _candidate("second", 80, "bc")
    assert _chosen(best, second, _candidate("third", 65, "xy"), most=2) == ["best", "second"]
    assert _chosen(best, second, _candidate("third", 66, "xy"), most=2) == ["best", "third"]


def test_selection_prefers_a_new_pillar_by_two_hundredths() -> None:
    """Nearly three points of score: 0.7 · 0.03 = 0.021."""
    best, second = _candidate("best", 90, "a", pillar="first"), _candidate("second", 80, "b", pillar="first")
    assert _chosen(best, second, _candidate("third", 78, "c", pillar="other"), most=2) == ["best", "third"]
    assert _chosen(best, second, _candidate("third", 77, "c", pillar="other"), most=2) == ["best", "second"]


def test_selection_names_the_rule_of_each_dropped_candidate() -> None:
    alike = _candidate("b", 8, "b", title="one two three")
    kept, dropped = select_candidates(
        [_candidate("a", 9, "a", title="one two three four"), alike, _candidate("c", 7, "c")], most=1
    )
    assert [one.concept_key for one in kept] == ["a"]
    assert [one.code for one in dropped] == [RejectionCode.NEAR_DUPLICATE, RejectionCode.PORTFOLIO_LIMIT]


def test_selection_orders_by_score_then_concept() -> None:
    assert _chosen(_candidate("b", 5, "a"), _candidate("c", 9, "b"), _candidate("a", 5, "c")) == ["c", "a", "b"]


def test_selection_by_evidence_ignores_titles() -> None:
    best, half, more = _candidate("best", 90, "abcd"), _candidate("half", 80, "abxy"), _candidate("more", 85, "abcx")
    alike = [replace(one, title="one title") for one in (best, half, more)]
    assert [one.concept_key for one in distinct_by_evidence(alike, most=3)] == ["best", "half"]
    assert [one.concept_key for one in distinct_by_evidence(alike, most=1)] == ["best"]
