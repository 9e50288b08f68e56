"""What stands of people's decisions about ideas, and what it does to a board."""

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


def states_of_living(board: OpportunitiesBoard) -> dict[UUID, DecisionStateDTO | None]:
    """What stands for each opportunity that the board names and that exists: one SQL statement."""
    rows = with_states(Opportunity.objects.filter(brand_id=board.brand_id, id__in=board.opportunity_ids))
    listed = rows.values_list("id", "state_json")  # type: ignore[misc]  # the plugin does not see the annotation
    return {id_: state_in(state) for id_, state in listed}


def states_by_brand(ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, DecisionStateDTO | None]]:
    """As `states_of_living`, for the ideas of several brands, in the caller's transaction: one SQL statement, or none.

    Written down in SQL: it is part of every board that is stored, and Django takes longer to make the statement than
    PostgreSQL to run it.
    """
    found: defaultdict[UUID, dict[UUID, DecisionStateDTO | None]] = defaultdict(dict)
    for row in fetch(_STATES, {"ids": list(ids)}) if ids else ():
        found[row["brand_id"]][row["id"]] = state_in(row if row["kind"] else None)
    return found


_STATES = """
SELECT o.id, o.brand_id, d.kind, d.at, d.until, d.reason
FROM unnest(%(ids)s::uuid[]) AS named (id) JOIN core_opportunity o ON o.id = named.id
LEFT JOIN LATERAL (
    SELECT d.kind, d.at, d.until, d.reason FROM core_opportunitydecision d
    WHERE d.opportunity_id = o.id ORDER BY d.at DESC, d.id DESC LIMIT 1
) d ON TRUE
"""


def with_states(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """The rows, each with its newest decision as `state_json`, to be read by `state_in`."""
    state = newest_decisions().values(state=JSONObject(kind="kind", at="at", until="until", reason="reason"))
    return rows.annotate(state_json=Subquery(state[:1]))


def state_in(state_json: dict[str, Any] | None) -> DecisionStateDTO | None:
    """What stands, from the column that `with_states` adds."""
    if state_json is None or state_json["kind"] == DecisionKind.UNDONE:
        return None
    return msgspec.convert(state_json, DecisionStateDTO)


def decided(rows: QuerySet[Opportunity], *, whether: bool) -> QuerySet[Opportunity]:
    """Those of the rows about which a decision stands, or those about which none does."""
    newest = rows.alias(
        newest_kind=Coalesce(Subquery(newest_decisions().values("kind")[:1]), Value(DecisionKind.UNDONE.value))
    )
    if whether:
        return newest.exclude(newest_kind=DecisionKind.UNDONE)
    return newest.filter(newest_kind=DecisionKind.UNDONE)


def newest_decisions() -> QuerySet[OpportunityDecision]:
    """Those of the opportunity whose row the queryset is put into, newest first."""
    return OpportunityDecision.objects.filter(opportunity_id=OuterRef("pk")).order_by("-at", "-id")


def arranged(
    ideas: Iterable[OpportunityDTO], states: Mapping[UUID, DecisionStateDTO | None], *, now: datetime
) -> tuple[OpportunityDTO, ...]:
    """The ideas that show at `now`, pinned ones first, otherwise in their order. The states are on them."""
    decided = [replace(idea, decision=states.get(idea.id)) for idea in ideas]
    shown = [idea for idea in decided if idea.decision is None or not _hides(idea.decision, now=now)]
    return tuple(sorted(shown, key=lambda idea: not _is_pinned(idea.decision)))


def next_change(states: Mapping[UUID, DecisionStateDTO | None], *, now: datetime) -> datetime | None:
    """When the first snoozed idea shows again; None when none waits."""
    ends = [state.until for state in states.values() if state and state.until is not None and state.until > now]
    return min(ends, default=None)


def _hides(state: DecisionStateDTO, *, now: datetime) -> bool:
    if state.kind == DecisionKind.SNOOZED:
        return state.until is not None and state.until > now
    return state.kind == DecisionKind.IGNORED


def _is_pinned(state: DecisionStateDTO | None) -> bool:
    return state is not None and state.kind == DecisionKind.PINNED
