from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from kairo.core.enums import DecisionKind
from kairo.core.models import OpportunityDecision
from kairo.hero.boards.active_decisions import (
    apply_decisions,
    current_decisions,
    current_decisions_by_brand,
    decision_from_json,
    next_change,
)
from kairo.hero.dto import DecisionStateDTO
from tests import factories
from tests.hero.builders import AS_OF, an_id, opportunity

HOUR = timedelta(hours=1)
OPPORTUNITIES = [opportunity("loaf"), opportunity("rye"), opportunity("jar")]


def id_of(name: str) -> UUID:
    return an_id(f"opportunity-{name}")


def decision(kind: DecisionKind, *, hours: float | None = None) -> DecisionStateDTO:
    return DecisionStateDTO(kind=kind, at=AS_OF - HOUR, until=None if hours is None else AS_OF + hours * HOUR)


def test_apply_decisions_keeps_the_order_without_decisions() -> None:
    assert apply_decisions(OPPORTUNITIES, {}, now=AS_OF) == tuple(OPPORTUNITIES)


def test_apply_decisions_puts_pinned_opportunities_first() -> None:
    pinned = decision(DecisionKind.PINNED)
    first, *rest = apply_decisions(OPPORTUNITIES, {id_of("jar"): pinned}, now=AS_OF)
    assert (first.concept_key, first.decision) == ("jar", pinned)
    assert [each.concept_key for each in rest] == ["loaf", "rye"]


def test_apply_decisions_hides_ignored_opportunities() -> None:
    shown = apply_decisions(OPPORTUNITIES, {id_of("rye"): decision(DecisionKind.IGNORED)}, now=AS_OF)
    assert [each.concept_key for each in shown] == ["loaf", "jar"]


@pytest.mark.parametrize(("hours", "shown"), [(1, 2), (0, 3), (-1, 3)])
def test_apply_decisions_hides_a_snoozed_opportunity_until_its_end(hours: int, shown: int) -> None:
    decisions = {id_of("loaf"): decision(DecisionKind.SNOOZED, hours=hours)}
    assert len(apply_decisions(OPPORTUNITIES, decisions, now=AS_OF)) == shown


def test_next_change_is_the_end_of_the_first_snooze() -> None:
    decisions = {
        id_of(name): decision(DecisionKind.SNOOZED, hours=hours)
        for name, hours in (("past", -1), ("first", 2), ("second", 3))
    }
    assert next_change(decisions, now=AS_OF) == AS_OF + 2 * HOUR
    assert next_change({id_of("loaf"): decision(DecisionKind.PINNED), id_of("rye"): None}, now=AS_OF) is None


def test_decision_from_json_is_none_where_no_decision_is_in_force() -> None:
    stored = {"kind": "pinned", "at": AS_OF.isoformat(), "until": None, "reason": ""}
    assert decision_from_json(stored) == DecisionStateDTO(kind=DecisionKind.PINNED, at=AS_OF)
    assert decision_from_json({**stored, "kind": "undone"}) is None
    assert decision_from_json(None) is None


@pytest.mark.django_db
def test_current_decisions_agree_with_the_raw_statement_for_several_brands() -> None:
    boards = []
    for _ in range(2):
        brand = factories.make_brand()
        pinned, undone, undecided = (factories.make_opportunity(brand) for _ in range(3))
        for row, kinds in ((pinned, ["ignored", "pinned"]), (undone, ["pinned", "undone"])):
            for age, kind in zip((2, 1), kinds, strict=True):
                OpportunityDecision.objects.create(opportunity=row, kind=kind, at=AS_OF - age * HOUR)
        boards.append(factories.make_ready_board(brand, [pinned, undone, undecided]))
    by_brand = current_decisions_by_brand([id_ for board in boards for id_ in board.opportunity_ids])
    for board in boards:
        current = current_decisions(board)
        assert by_brand[board.brand_id] == current
        assert [state and state.kind for state in map(current.get, board.opportunity_ids)] == ["pinned", None, None]
    assert current_decisions_by_brand([]) == {}
