"""What people do with ideas: pin, snooze, ignore, undo. One log of events; an idea's state is its newest one."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class ActiveDecisions:
    """What a new board has to respect: ideas that stay, first pinned first, and concepts that stay away."""

    pinned: tuple[OpportunityDTO, ...]
    ignored_concepts: tuple[str, ...]
    log: tuple[DecisionDTO, ...]


def standing_of(*, brand_id: UUID) -> ActiveDecisions:
    """The brand's decisions, for a generation: two SQL statements. `log` is oldest first, as an engine learns."""
    newest = newest_decisions()
    standing = (
        Opportunity.objects.filter(brand_id=brand_id)
        .annotate(kind=Subquery(newest.values("kind")[:1]), decided_at=Subquery(newest.values("at")[:1]))
        .filter(kind__in=[DecisionKind.PINNED, DecisionKind.IGNORED])
        .select_related("persona", "pillar")
        .order_by("decided_at", "id")
    )
    return ActiveDecisions(
        pinned=tuple(opportunity_from_row(row) for row in standing if row.kind == DecisionKind.PINNED),
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


@retry_transaction
def _decide(
    *, caller: Caller, opportunity_id: UUID, kind: DecisionKind, until: datetime | None = None, reason: str = ""
) -> DecisionStateDTO | None:
    with transaction.atomic():
        found = Opportunity.objects.filter(id=opportunity_id, brand__tenant_id=caller.tenant_id)
        brand_id = found.values_list("brand_id", flat=True).first()
        if brand_id is None:
            raise NotFound(noun="Opportunity")
        # A job that ends takes its own row and then its ideas: in the other order the two would wait for each other.
        bump_revision(brand_id=brand_id)
        # Locked, so that two decisions at once are two events in an order.
        opportunity = found.select_for_update(of=("self",)).get()
        standing = _state(opportunity.decisions.order_by("-at", "-id").first())
        if _changes_nothing(standing, kind=kind, until=until, reason=reason):
            return standing
        event = OpportunityDecision.objects.create(
            opportunity=opportunity, kind=kind, until=until, reason=reason, decided_by_id=caller.token_id
        )
        snapshot.refresh(brand_id=brand_id)
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
