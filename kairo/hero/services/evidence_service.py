"""Reads a brand's stored evidence items as DTOs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from kairo.core.errors import NotFound
from kairo.core.paging import Page
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.evidence.services import evidence_search
from kairo.evidence.services.evidence_search import EvidenceFilter
from kairo.hero.boards import brand_snapshot, evidence_items
from kairo.hero.boards.evidence_items import to_preview
from kairo.hero.dto import EvidenceCoverageDTO, EvidencePreviewDTO
from kairo.hero.gates.coverage import evidence_coverage
from kairo.hero.generation.evidence_window import gather

previews_of_brands = evidence_items.previews_of_brands


def coverage(*, caller: Caller, brand_id: UUID, now: datetime) -> EvidenceCoverageDTO:
    """Evaluates every gate for what a job would gather at `now`: three SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    window = gather(brand_id=brand.id, as_of=now)
    return evidence_coverage(window.items, as_of=now, brand=brand_snapshot.to_summary(brand), counts=window.counts)


def list_evidence(
    *, caller: Caller, brand_id: UUID, first: int, after: str | None, filter_: EvidenceFilter
) -> Page[EvidencePreviewDTO]:
    """A page of a brand's evidence items; raises as `evidence_search.list_evidence` does."""
    page = evidence_search.list_evidence(caller=caller, brand_id=brand_id, first=first, after=after, filter_=filter_)
    return page.map(lambda rows: tuple(to_preview(row) for row in rows))


def get_evidence_item(*, caller: Caller, evidence_id: UUID) -> EvidencePreviewDTO:
    """An evidence item.

    Raises:
        NotFound: the item does not exist for this caller.
    """
    by_id = evidence_by_id(caller=caller, ids=[evidence_id])
    if evidence_id not in by_id:
        raise NotFound(noun="EvidenceItem")
    return by_id[evidence_id]


def evidence_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """The evidence items with these ids that the caller may see: one SQL statement."""
    rows = evidence_search.evidence_by_id(caller=caller, ids=ids)
    return {id_: to_preview(row) for id_, row in rows.items()}
