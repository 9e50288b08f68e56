"""What people do with ideas: pin, snooze, ignore, undo. One log of events; an idea's state is its newest one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from kairo.core.enums import Channel, DecisionKind, OpportunityType
from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Opportunity, OpportunityDecision
from kairo.core.services.access import Caller
from kairo.hero.dto import DecisionStateDTO, OpportunityDTO
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.ports import DecisionDTO
from kairo.hero.services.stored_idea import idea_of

LONGEST_SNOOZE = timedelta(days=366)
LONGEST_REASON = 500
_REMEMBERED = 500  # events an engine learns from


def pin(*, caller: Caller, opportunity_id: UUID) -> DecisionStateDTO | None:
    """Keeps the idea on top of every board, whether the engine finds it again or not.

    This and the other verbs return the idea's state afterwards.

    Raises:
        NotFound: the opportunity does not exist for this caller.
    """
    return _decide(caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.PINNED)


def snooze(*, caller: Caller, opportunity_id: UUID, until: datetime) -> DecisionStateDTO | None:
    """Hides the idea until then.

    Raises:
        NotFound: as for `pin`.
        Invalid: `until` has no time zone, is not in the future, or is more than a year away.
    """
    if timezone.is_naive(until):
        raise Invalid("`until` needs a time zone.", field="until")
    now = timezone.now()
    if until <= now:
        raise Invalid("`until` must be in the future.", field="until")
    if until > now + LONGEST_SNOOZE:
        raise Invalid(f"`until` may be at most {LONGEST_SNOOZE.days} days away.", field="until")
    return _decide(caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.SNOOZED, until=until)


def ignore(*, caller: Caller, opportunity_id: UUID, reason: str = "") -> DecisionStateDTO | None:
    """Hides the idea for good: it does not come back under the same concept.

    Raises:
        NotFound: as for `pin`.
        Invalid: the reason is longer than 500 characters.
    """
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"`reason` may have at most {LONGEST_REASON} characters.", field="reason")
    return _decide(
        caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.IGNORED, reason=reason.replace("\x00", "")
    )


def undo(*, caller: Caller, opportunity_id: UUID) -> DecisionStateDTO | None:
    """Takes back whatever was decided; nothing is recorded where nothing stands.

    Raises:
        NotFound: as for `pin`.
    """
    return _decide(caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.UNDONE)


def states_of_living(board: OpportunitiesBoard) -> dict[UUID, DecisionStateDTO | None]:
    """What stands for each opportunity that the board names and that exists: one SQL statement."""
    rows = with_states(Opportunity.objects.filter(brand_id=board.brand_id, id__in=board.opportunity_ids))
    listed = rows.values_list("id", "state_json")  # type: ignore[misc]  # the plugin does not see the annotation
    return {id_: state_in(state) for id_, state in listed}


def with_states(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """The rows, each with its newest decision as `state_json`, to be read by `state_in`."""
    state = _newest_decisions().values(state=JSONObject(kind="kind", at="at", until="until", reason="reason"))
    return rows.annotate(state_json=Subquery(state[:1]))


def state_in(state_json: dict[str, str] | None) -> DecisionStateDTO | None:
    """What stands, from the column that `with_states` adds."""
    if state_json is None or state_json["kind"] == DecisionKind.UNDONE:
        return None
    return msgspec.convert(state_json, DecisionStateDTO)


def decided(rows: QuerySet[Opportunity], *, whether: bool) -> QuerySet[Opportunity]:
    """Those of the rows about which a decision stands, or those about which none does."""
    newest = rows.alias(
        newest_kind=Coalesce(Subquery(_newest_decisions().values("kind")[:1]), Value(DecisionKind.UNDONE.value))
    )
    if whether:
        return newest.exclude(newest_kind=DecisionKind.UNDONE)
    return newest.filter(newest_kind=DecisionKind.UNDONE)


def _newest_decisions() -> QuerySet[OpportunityDecision]:
    return OpportunityDecision.objects.filter(opportunity_id=OuterRef("pk")).order_by("-at", "-id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """What a new board has to respect: ideas that stay, first pinned first, and concepts that stay away."""

    pinned: tuple[OpportunityDTO, ...]
    ignored_concepts: tuple[str, ...]
    log: tuple[DecisionDTO, ...]


def standing_of(*, brand_id: UUID) -> Standing:
    """The brand's decisions, for a generation: two SQL statements. `log` is oldest first, as an engine learns."""
    newest = _newest_decisions()
    standing = (
        Opportunity.objects.filter(brand_id=brand_id)
        .annotate(kind=Subquery(newest.values("kind")[:1]), decided_at=Subquery(newest.values("at")[:1]))
        .filter(kind__in=[DecisionKind.PINNED, DecisionKind.IGNORED])
        .select_related("persona", "pillar")
        .order_by("decided_at", "id")
    )
    return Standing(
        pinned=tuple(idea_of(row) for row in standing if row.kind == DecisionKind.PINNED),
        ignored_concepts=tuple(row.concept_key for row in standing if row.kind == DecisionKind.IGNORED),
        log=_log(brand_id),
    )


def _log(brand_id: UUID) -> tuple[DecisionDTO, ...]:
    rows = (
        OpportunityDecision.objects.filter(opportunity__brand_id=brand_id)
        .select_related("opportunity")
        .order_by("-at", "-id")[:_REMEMBERED]
    )
    return tuple(
        DecisionDTO(
            concept_key=row.opportunity.concept_key,
            kind=row.kind,
            at=row.at,
            opportunity_type=OpportunityType(row.opportunity.type),
            pillar_id=row.opportunity.pillar_id,
            persona_id=row.opportunity.persona_id,
            channel=Channel(row.opportunity.primary_channel),
        )
        for row in reversed(rows)
    )


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


def _decide(
    *, caller: Caller, opportunity_id: UUID, kind: DecisionKind, until: datetime | None = None, reason: str = ""
) -> DecisionStateDTO | None:
    with transaction.atomic():
        found = Opportunity.objects.filter(id=opportunity_id, brand__tenant_id=caller.tenant_id)
        brand_id = found.values_list("brand_id", flat=True).first()
        if brand_id is None:
            raise NotFound(noun="Opportunity")
        # A job that ends takes its own row and then its ideas: in the other order the two would wait for each other.
        queue.board_changed(brand_id=brand_id)
        # Locked, so that two decisions at once are two events in an order.
        opportunity = found.select_for_update(of=("self",)).get()
        standing = _state(opportunity.decisions.order_by("-at", "-id").first())
        if _changes_nothing(standing, kind=kind, until=until, reason=reason):
            return standing
        event = OpportunityDecision.objects.create(
            opportunity=opportunity, kind=kind, until=until, reason=reason, decided_by_id=caller.token_id
        )
    return _state(event)


def _changes_nothing(
    standing: DecisionStateDTO | None, *, kind: DecisionKind, until: datetime | None, reason: str
) -> bool:
    if standing is None:
        return kind == DecisionKind.UNDONE
    return (standing.kind, standing.until, standing.reason) == (kind, until, reason)


def _state(event: OpportunityDecision | None) -> DecisionStateDTO | None:
    if event is None or event.kind == DecisionKind.UNDONE:
        return None
    return DecisionStateDTO(kind=DecisionKind(event.kind), at=event.at, until=event.until, reason=event.reason)


def _hides(state: DecisionStateDTO, *, now: datetime) -> bool:
    if state.kind == DecisionKind.SNOOZED:
        return state.until is not None and state.until > now
    return state.kind == DecisionKind.IGNORED


def _is_pinned(state: DecisionStateDTO | None) -> bool:
    return state is not None and state.kind == DecisionKind.PINNED
