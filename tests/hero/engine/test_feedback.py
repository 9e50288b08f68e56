"""Decisions on similar opportunities lift and lower a score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.engine.feedback import OpportunityTraits, decisions_in_force, feedback_for
from kairo.hero.enums import RejectionCode
from kairo.hero.ports import DecisionDTO
from tests.hero.builders import AS_OF, an_id
from tests.hero.engine.workshop_board import decision, planes, synthesize

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


def _points_of(*decisions: DecisionDTO) -> int:
    return feedback_for("topic:x", _TRAITS, decisions_in_force(decisions, as_of=AS_OF), as_of=AS_OF).points


def test_feedback_is_five_points_at_most() -> None:
    assert (_points("pinned", 20), _points("ignored", 20)) == (5, -5)
    assert (_points("pinned", 2, alike=["pillar"]), _points("ignored", 2, alike=["pillar"])) == (2, -2)


@pytest.mark.parametrize(("alike", "points"), [("pillar", 4), ("type", 2), ("persona", 2), ("channel", 1)])
def test_feedback_weighs_common_traits(alike: str, points: int) -> None:
    assert _points("pinned", 4, alike=[alike]) == points


def test_feedback_halves_in_thirty_days() -> None:
    assert _points("pinned", 4, alike=["pillar"], days_ago=30) == 2
    assert _points("pinned", 4, alike=["pillar"], days_ago=60) == 1


def test_feedback_counts_the_decision_in_force_and_never_one_on_the_same_concept() -> None:
    pinned = [decision(name, "pinned", pillar_id=_TRAITS.pillar_id) for name in ("a", "b")]
    assert _points_of(*pinned) == 3
    assert _points_of(pinned[0], decision("a", "undone", days_ago=0.5)) == 0
    assert _points_of(replace(pinned[0], kind="snoozed")) == 0
    assert _points_of(replace(pinned[0], concept_key="topic:x")) == 0
    assert _points_of(pinned[0]) == 1
    assert _points_of(replace(pinned[0], at=AS_OF + timedelta(days=1))) == 0


def test_feedback_is_listed_in_the_relevance_part() -> None:
    decisions = tuple(decision(f"other-{n}", "pinned") for n in range(3))
    (plain,) = synthesize(planes(5, 20, 30, 50)).candidates
    (lifted,) = synthesize(planes(5, 20, 30, 50), decisions=decisions).candidates
    assert lifted.score > plain.score
    assert "feedback 4/5" in lifted.score_parts[0].rule or "feedback 5/5" in lifted.score_parts[0].rule
    assert "Your decisions on ideas like it (3 pinned)" in lifted.score_parts[0].sentence


def test_ignored_concept_is_rejected_until_the_decision_is_undone() -> None:
    (idea,) = synthesize(planes(5, 20, 30, 50)).candidates
    ignored = decision(idea.concept_key, "ignored", days_ago=3)
    result = synthesize(planes(5, 20, 30, 50), decisions=(ignored,))
    assert result.candidates == ()
    assert RejectionCode.DECIDED_IGNORED in {one.code for one in result.rejected}
    assert synthesize(planes(5, 20, 30, 50), decisions=(ignored, decision(idea.concept_key, "undone"))).candidates
