"""Score points from decisions on similar opportunities, at most MAX_POINTS up or down (docs/engine.md, "The score")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.ports import DecisionDTO

MAX_POINTS = 5
_HALF_LIFE = timedelta(days=30)
_WEIGHTS = {"pinned": 1.0, "ignored": -1.0}
_PILLAR, _TYPE, _PERSONA, _CHANNEL = 1.0, 0.5, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Feedback:
    """Points to add, -5 to 5, and how many decisions on opportunities like it they come from."""

    points: int
    pinned: int = 0
    ignored: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityTraits:
    """The properties by which opportunities are similar."""

    type: OpportunityType
    channel: Channel
    pillar_id: UUID | None
    persona_id: UUID | None


def decisions_in_force(decisions: Sequence[DecisionDTO], *, as_of: datetime) -> dict[str, DecisionDTO]:
    """The decision in force for each concept: the latest one up to `as_of`, none where that undid another."""
    latest: dict[str, DecisionDTO] = {}
    for decision in sorted(decisions, key=lambda one: (one.at, one.concept_key, one.kind)):
        if decision.at <= as_of:
            latest[decision.concept_key] = decision
    return {concept: decision for concept, decision in sorted(latest.items()) if decision.kind != "undone"}


def feedback_for(
    concept: str, traits: OpportunityTraits, decided: dict[str, DecisionDTO], *, as_of: datetime
) -> Feedback:
    """What the decisions on other opportunities say about this one: alike opportunities pinned lift it, ignored ones
    lower it."""
    total, pinned, ignored = 0.0, 0, 0
    for other, decision in decided.items():
        likeness = _likeness(traits, decision)
        if other == concept or decision.kind not in _WEIGHTS or not likeness:
            continue
        total += _WEIGHTS[decision.kind] * likeness * 0.5 ** ((as_of - decision.at) / _HALF_LIFE)
        pinned += decision.kind == "pinned"
        ignored += decision.kind == "ignored"
    points = max(-MAX_POINTS, min(MAX_POINTS, round(total)))
    return Feedback(points, pinned, ignored) if points else Feedback(0)


def _likeness(traits: OpportunityTraits, decision: DecisionDTO) -> float:
    same_pillar = traits.pillar_id is not None and traits.pillar_id == decision.pillar_id
    same_persona = traits.persona_id is not None and traits.persona_id == decision.persona_id
    return (
        _PILLAR * same_pillar
        + _TYPE * (traits.type == decision.opportunity_type)
        + _PERSONA * same_persona
        + _CHANNEL * (traits.channel == decision.channel)
    )
