"""A brand's ideas as they live now, with their posts and what people decided about them."""

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
    """Which ideas to list: those that meet every condition. An empty or absent one is met by all.

    `created_from` is included, `created_to` is not; `decided` asks whether a decision stands.
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
    """An idea and whose it is."""

    brand_id: UUID
    idea: OpportunityDTO


def list_opportunities(
    *,
    caller: Caller,
    brand_id: UUID,
    first: int,
    after: str | None,
    filter_: OpportunityFilter,
    order: OpportunityOrder,
) -> Page[OpportunityWithBrand]:
    """A page of a brand's ideas: three SQL statements, and one more for each of pillars and personas asked for.

    Raises:
        NotFound: the brand, a pillar or a persona does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
        BrokenReference: an idea names a post that is not there.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = _filtered(Opportunity.objects.filter(brand=brand), brand=brand, filter_=filter_)
    return page_of(_complete(rows), order=_ORDERS[order], first=first, after=after).map(_living)


def get_opportunity(*, caller: Caller, opportunity_id: UUID) -> OpportunityWithBrand:
    """
    Raises:
        NotFound: the opportunity does not exist for this caller.
        BrokenReference: it names a post that is not there.
    """
    found = opportunities_by_id(caller=caller, ids=[opportunity_id])
    if opportunity_id not in found:
        raise NotFound(noun="Opportunity")
    return found[opportunity_id]


def opportunities_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, OpportunityWithBrand]:
    """Those of these ideas that exist for this caller: two SQL statements, whatever their number.

    Raises:
        BrokenReference: an idea names a post that is not there.
    """
    rows = Opportunity.objects.filter(id__in=ids, brand__in=access.brands(caller=caller))
    return {living.idea.id: living for living in _living(_complete(rows))}


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
        rows = active_decisions.decided(rows, whether=filter_.decided)
    if filter_.created_from is not None:
        rows = rows.filter(created_at__gte=filter_.created_from)
    if filter_.created_to is not None:
        rows = rows.filter(created_at__lt=filter_.created_to)
    return rows


def _require(model: type[Model], *, brand: Brand, ids: Collection[UUID]) -> None:
    found = model._default_manager.filter(brand=brand, id__in=ids).count()
    if found < len(set(ids)):
        raise NotFound(noun=model.__name__)


def _complete(rows: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    return active_decisions.with_states(rows.select_related("persona", "pillar"))


def _living(rows: Iterable[Opportunity]) -> tuple[OpportunityWithBrand, ...]:
    """The ideas with their posts: one SQL statement for all posts."""
    found = list(rows)
    posts = evidence_items.previews_of_brands(
        brand_ids=[row.brand_id for row in found], ids=[id_ for row in found for id_ in row.evidence_ids]
    )
    for row in found:
        if gone := tuple(str(id_) for id_ in row.evidence_ids if id_ not in posts):
            raise BrokenReference(holder=f"Opportunity {row.id}", missing_ids=gone)
    return tuple(
        OpportunityWithBrand(
            brand_id=row.brand_id,
            idea=replace(
                opportunity_from_row(row),
                evidence=tuple(posts[id_] for id_ in row.evidence_ids),
                decision=active_decisions.state_in(row.state_json),  # type: ignore[attr-defined]  # with_states adds it
            ),
        )
        for row in found
    )
