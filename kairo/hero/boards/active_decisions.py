"""The decision in force for each opportunity, and how decisions filter and order a board."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from kairo.core.enums import DecisionKind
from kairo.core.models import Opportunity, OpportunityDecision
from kairo.db.sql import fetch
from kairo.hero.dto import DecisionStateDTO, OpportunityDTO
from kairo.hero.models import OpportunitiesBoard


def current_decisions(board: OpportunitiesBoard) -> dict[UUID, DecisionStateDTO | None]:
    """The decision in force for each opportunity that the board names and that exists: one SQL statement."""
    rows = with_decision_json(Opportunity.objects.filter(brand_id=board.brand_id, id__in=board.opportunity_ids))
    listed = rows.values_list("id", "decision_json")  # type: ignore[misc]  # the plugin does not see the annotation
    return {id_: decision_from_json(value) for id_, value in listed}


def current_decisions_by_brand(ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, DecisionStateDTO | None]]:
    """As `current_decisions`, for the opportunities of several brands, within the caller's transaction.

    One SQL statement, none without ids. Raw SQL, because this runs for each stored board and Django takes longer to
    compile the statement than PostgreSQL to run it.
    """
    decisions: defaultdict[UUID, dict[UUID, DecisionStateDTO | None]] = defaultdict(dict)
    for row in fetch(_NEWEST_DECISIONS, {"ids": list(ids)}) if ids else ():
        decisions[row["brand_id"]][row["id"]] = decision_from_json(row if row["kind"] else None)
    return decisions


_NEWEST_DECISIONS = """
SELECT o.id, o.brand_id, d.kind, d.at, d.until, d.reason
FROM unnest(%(ids)s::uuid[]) AS listed (id) JOIN core_opportunity o ON o.id = listed.id
LEFT JOIN LATERAL (
    SELECT d.kind, d.at, d.until, d.reason FROM core_opportunitydecision d
    WHERE d.opportunity_id = o.id ORDER BY d.at DESC, d.id DESC LIMIT 1
) d ON TRUE
"""


def with_decision_json(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Annotates each row with its newest decision as `decision_json`, for `decision_from_json`."""
    newest = newest_decisions().values(state=JSONObject(kind="kind", at="at", until="until", reason="reason"))
    return rows.annotate(decision_json=Subquery(newest[:1]))


def decision_from_json(decision_json: dict[str, Any] | None) -> DecisionStateDTO | None:
    """Decodes the annotation of `with_decision_json`; None where no decision is in force."""
    if decision_json is None or decision_json["kind"] == DecisionKind.UNDONE:
        return None
    return msgspec.convert(decision_json, DecisionStateDTO)


def filter_decided(rows: QuerySet[Opportunity], *, decided: bool) -> QuerySet[Opportunity]:
    """The rows with a decision in force, or those without one."""
    newest = rows.alias(
        newest_kind=Coalesce(Subquery(newest_decisions().values("kind")[:1]), Value(DecisionKind.UNDONE.value))
    )
    if decided:
        return newest.exclude(newest_kind=DecisionKind.UNDONE)
    return newest.filter(newest_kind=DecisionKind.UNDONE)


def newest_decisions() -> QuerySet[OpportunityDecision]:
    """A subquery for the decisions of the outer query's opportunity, newest first."""
    return OpportunityDecision.objects.filter(opportunity_id=OuterRef("pk")).order_by("-at", "-id")


def apply_decisions(
    opportunities: Iterable[OpportunityDTO], decisions: Mapping[UUID, DecisionStateDTO | None], *, now: datetime
) -> tuple[OpportunityDTO, ...]:
    """The opportunities that show at `now`, each with its decision: pinned ones first, otherwise in their order."""
    decided = [replace(opportunity, decision=decisions.get(opportunity.id)) for opportunity in opportunities]
    visible = [each for each in decided if each.decision is None or not _hides(each.decision, now=now)]
    return tuple(sorted(visible, key=lambda each: not _is_pinned(each.decision)))


def next_change(decisions: Mapping[UUID, DecisionStateDTO | None], *, now: datetime) -> datetime | None:
    """When the first snooze ends; None without one."""
    ends = [each.until for each in decisions.values() if each and each.until is not None and each.until > now]
    return min(ends, default=None)


def _hides(decision: DecisionStateDTO, *, now: datetime) -> bool:
    if decision.kind == DecisionKind.SNOOZED:
        return decision.until is not None and decision.until > now
    return decision.kind == DecisionKind.IGNORED


def _is_pinned(decision: DecisionStateDTO | None) -> bool:
    return decision is not None and decision.kind == DecisionKind.PINNED
