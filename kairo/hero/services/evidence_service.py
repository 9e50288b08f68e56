"""A brand's stored posts as values. The only reader of `kairo.evidence`."""

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
    """How what a job would gather now stands against every gate: three SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    window = gather(brand_id=brand.id, as_of=now)
    return evidence_coverage(window.items, as_of=now, brand=brand_snapshot.named(brand), counts=window.counts)


def list_evidence(
    *, caller: Caller, brand_id: UUID, first: int, after: str | None, filter_: EvidenceFilter
) -> Page[EvidencePreviewDTO]:
    """A page of a brand's posts, as `evidence_search.list_evidence` finds them, and refuses to."""
    page = evidence_search.list_evidence(caller=caller, brand_id=brand_id, first=first, after=after, filter_=filter_)
    return page.map(lambda rows: tuple(to_preview(row) for row in rows))


def get_evidence_item(*, caller: Caller, evidence_id: UUID) -> EvidencePreviewDTO:
    """
    Raises:
        NotFound: the post does not exist for this caller.
    """
    found = evidence_by_id(caller=caller, ids=[evidence_id])
    if evidence_id not in found:
        raise NotFound(noun="EvidenceItem")
    return found[evidence_id]


def evidence_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """Those of these posts that exist for this caller: one SQL statement."""
    rows = evidence_search.evidence_by_id(caller=caller, ids=ids)
    return {id_: to_preview(row) for id_, row in rows.items()}
