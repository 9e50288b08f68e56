"""Records decisions about opportunities: pin, snooze, ignore, undo. The newest event of the log is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from kairo.core.enums import Channel, DecisionKind, OpportunityType
from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Opportunity, OpportunityDecision
from kairo.core.services.access import Caller
from kairo.db.sql import retry_transaction
from kairo.hero.boards import snapshot
from kairo.hero.boards.active_decisions import newest_decisions
from kairo.hero.boards.opportunity_rows import opportunity_from_row
from kairo.hero.boards.revision import bump_revision
from kairo.hero.dto import DecisionStateDTO, OpportunityDTO
from kairo.hero.ports import DecisionDTO

LONGEST_SNOOZE = timedelta(days=366)
LONGEST_REASON = 500
_LOG_LENGTH = 500  # events passed to the engine


def pin(*, caller: Caller, opportunity_id: UUID) -> DecisionStateDTO | None:
    """Puts the opportunity first on each board, even on those whose engine does not propose it.

    Each of these functions returns the decision that is in force afterwards.

    Raises:
        NotFound: the opportunity does not exist for this caller.
    """
    return _decide(caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.PINNED)


def snooze(*, caller: Caller, opportunity_id: UUID, until: datetime) -> DecisionStateDTO | None:
    """Hides the opportunity until `until`.

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
    """Hides the opportunity for good; the engine does not propose its concept again.

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
    """Revokes the decision in force; without one, records nothing.

    Raises:
        NotFound: as for `pin`.
    """
    return _decide(caller=caller, opportunity_id=opportunity_id, kind=DecisionKind.UNDONE)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActiveDecisions:
    """The decisions that a new board follows. `pinned` is in the order of pinning, `log` oldest first."""

    pinned: tuple[OpportunityDTO, ...]
    ignored_concepts: tuple[str, ...]
    log: tuple[DecisionDTO, ...]


def active_decisions(*, brand_id: UUID) -> ActiveDecisions:
    """The brand's decisions, for a generation: two SQL statements."""
    newest = newest_decisions()
    decided = (
        Opportunity.objects.filter(brand_id=brand_id)
        .annotate(kind=Subquery(newest.values("kind")[:1]), decided_at=Subquery(newest.values("at")[:1]))
        .filter(kind__in=[DecisionKind.PINNED, DecisionKind.IGNORED])
        .select_related("persona", "pillar")
        .order_by("decided_at", "id")
    )
    return ActiveDecisions(
        pinned=tuple(opportunity_from_row(row) for row in decided if row.kind == DecisionKind.PINNED),
        ignored_concepts=tuple(row.concept_key for row in decided if row.kind == DecisionKind.IGNORED),
        log=_log(brand_id),
    )


def _log(brand_id: UUID) -> tuple[DecisionDTO, ...]:
    rows = (
        OpportunityDecision.objects.filter(opportunity__brand_id=brand_id)
        .select_related("opportunity")
        .order_by("-at", "-id")[:_LOG_LENGTH]
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


@retry_transaction
def _decide(
    *, caller: Caller, opportunity_id: UUID, kind: DecisionKind, until: datetime | None = None, reason: str = ""
) -> DecisionStateDTO | None:
    with transaction.atomic():
        rows = Opportunity.objects.filter(id=opportunity_id, brand__tenant_id=caller.tenant_id)
        brand_id = rows.values_list("brand_id", flat=True).first()
        if brand_id is None:
            raise NotFound(noun="Opportunity")
        # First, to take locks in the order of a finishing job, which locks opportunities last.
        bump_revision(brand_id=brand_id)
        # Locked, so that concurrent decisions are recorded in one order.
        opportunity = rows.select_for_update(of=("self",)).get()
        current = _state(opportunity.decisions.order_by("-at", "-id").first())
        if _is_unchanged(current, kind=kind, until=until, reason=reason):
            return current
        event = OpportunityDecision.objects.create(
            opportunity=opportunity, kind=kind, until=until, reason=reason, decided_by_id=caller.token_id
        )
        snapshot.refresh(brand_id=brand_id)
    return _state(event)


def _is_unchanged(current: DecisionStateDTO | None, *, kind: DecisionKind, until: datetime | None, reason: str) -> bool:
    if current is None:
        return kind == DecisionKind.UNDONE
    return (current.kind, current.until, current.reason) == (kind, until, reason)


def _state(event: OpportunityDecision | None) -> DecisionStateDTO | None:
    if event is None or event.kind == DecisionKind.UNDONE:
        return None
    return DecisionStateDTO(kind=DecisionKind(event.kind), at=event.at, until=event.until, reason=event.reason)
