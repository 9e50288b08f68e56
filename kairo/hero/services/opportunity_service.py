"""Reads a brand's opportunities as they are now, with their evidence items and decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from kairo.core.enums import Channel, OpportunityType
from kairo.core.errors import BrokenReference, NotFound
from kairo.core.models import Brand, ContentPillar, Opportunity, Persona
from kairo.core.paging import Order, Page, page_of, parse_integer, parse_time
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.hero.boards import active_decisions, evidence_items
from kairo.hero.boards.opportunity_rows import opportunity_from_row
from kairo.hero.dto import OpportunityDTO
from kairo.hero.enums import OpportunityOrder

_ORDERS = {
    OpportunityOrder.CREATED_DESC: Order(column="created_at", parse=parse_time),
    OpportunityOrder.CREATED_ASC: Order(column="created_at", parse=parse_time, descending=False, ids_descending=False),
    OpportunityOrder.SCORE_DESC: Order(column="score", parse=parse_integer),
    OpportunityOrder.SCORE_ASC: Order(column="score", parse=parse_integer, descending=False, ids_descending=False),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityFilter:
    """Conditions on the listed opportunities, joined by AND; an empty or absent one has no effect.

    `created_from` is inclusive, `created_to` exclusive; `decided` is whether a decision is in force.
    """

    types: Collection[OpportunityType] = ()
    channels: Collection[Channel] = ()
    pillar_ids: Collection[UUID] = ()
    persona_ids: Collection[UUID] = ()
    minimum_score: int | None = None
    decided: bool | None = None
    created_from: datetime | None = None
    created_to: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityWithBrand:
    """An opportunity and its brand's id."""

    brand_id: UUID
    opportunity: OpportunityDTO


def list_opportunities(
    *,
    caller: Caller,
    brand_id: UUID,
    first: int,
    after: str | None,
    filter_: OpportunityFilter,
    order: OpportunityOrder,
) -> Page[OpportunityWithBrand]:
    """A page of a brand's opportunities: three SQL statements, and one more for a filter by pillars or personas each.

    Raises:
        NotFound: the brand, a pillar or a persona does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
        BrokenReference: an opportunity names an evidence item that does not exist.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = _filtered(Opportunity.objects.filter(brand=brand), brand=brand, filter_=filter_)
    return page_of(_with_related(rows), order=_ORDERS[order], first=first, after=after).map(_with_evidence)


def get_opportunity(*, caller: Caller, opportunity_id: UUID) -> OpportunityWithBrand:
    """
    Raises:
        NotFound: the opportunity does not exist for this caller.
        BrokenReference: it names an evidence item that does not exist.
    """
    by_id = opportunities_by_id(caller=caller, ids=[opportunity_id])
    if opportunity_id not in by_id:
        raise NotFound(noun="Opportunity")
    return by_id[opportunity_id]


def opportunities_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, OpportunityWithBrand]:
    """The opportunities with these ids that the caller may see: two SQL statements.

    Raises:
        BrokenReference: an opportunity names an evidence item that does not exist.
    """
    rows = Opportunity.objects.filter(id__in=ids, brand__in=access.brands(caller=caller))
    return {each.opportunity.id: each for each in _with_evidence(_with_related(rows))}


def _filtered(rows: QuerySet[Opportunity], *, brand: Brand, filter_: OpportunityFilter) -> QuerySet[Opportunity]:
    if filter_.pillar_ids:
        _require(ContentPillar, brand=brand, ids=filter_.pillar_ids)
        rows = rows.filter(pillar_id__in=filter_.pillar_ids)
    if filter_.persona_ids:
        _require(Persona, brand=brand, ids=filter_.persona_ids)
        rows = rows.filter(persona_id__in=filter_.persona_ids)
    if filter_.types:
        rows = rows.filter(type__in=filter_.types)
    if filter_.channels:
        rows = rows.filter(primary_channel__in=filter_.channels)
    if filter_.minimum_score is not None:
        rows = rows.filter(score__gte=filter_.minimum_score)
    if filter_.decided is not None:
        rows = active_decisions.filter_decided(rows, decided=filter_.decided)
    if filter_.created_from is not None:
        rows = rows.filter(created_at__gte=filter_.created_from)
    if filter_.created_to is not None:
        rows = rows.filter(created_at__lt=filter_.created_to)
    return rows


def _require(model: type[Model], *, brand: Brand, ids: Collection[UUID]) -> None:
    count = model._default_manager.filter(brand=brand, id__in=ids).count()
    if count < len(set(ids)):
        raise NotFound(noun=model.__name__)


def _with_related(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    return active_decisions.with_decision_json(rows.select_related("persona", "pillar"))


def _with_evidence(rows: Iterable[Opportunity]) -> tuple[OpportunityWithBrand, ...]:
    """The opportunities with their evidence items, which cost one SQL statement."""
    rows = list(rows)
    previews = evidence_items.previews_of_brands(
        brand_ids=[row.brand_id for row in rows], ids=[id_ for row in rows for id_ in row.evidence_ids]
    )
    for row in rows:
        if missing := tuple(str(id_) for id_ in row.evidence_ids if id_ not in previews):
            raise BrokenReference(holder=f"Opportunity {row.id}", missing_ids=missing)
    return tuple(
        OpportunityWithBrand(
            brand_id=row.brand_id,
            opportunity=replace(
                opportunity_from_row(row),
                evidence=tuple(previews[id_] for id_ in row.evidence_ids),
                decision=active_decisions.decision_from_json(row.decision_json),  # type: ignore[attr-defined]  # with_states adds it
            ),
        )
        for row in rows
    )
