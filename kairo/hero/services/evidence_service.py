"""A brand's stored posts as values. The only reader of `kairo.evidence`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kairo.core.enums import ContentType, Platform
from kairo.core.text import cut
from kairo.evidence.models import NEWEST_FIRST, NormalizedEvidenceItem
from kairo.hero.dto import EvidenceItemDTO, EvidencePreviewDTO, MetricsDTO
from kairo.hero.thresholds import EVIDENCE_WINDOW, MAX_EVIDENCE_ITEMS

SNIPPET_CHARACTERS = 200


def gather(*, brand_id: UUID, as_of: datetime) -> tuple[EvidenceItemDTO, ...]:
    """The posts a board is made from: stored in the last 30 days, newest published first, at most 50."""
    rows = NormalizedEvidenceItem.objects.filter(
        brand_id=brand_id, stored_at__gt=as_of - EVIDENCE_WINDOW, stored_at__lte=as_of
    ).order_by(NEWEST_FIRST, "id")[:MAX_EVIDENCE_ITEMS]
    return tuple(_item(row) for row in rows)


def items(*, brand_id: UUID, ids: Iterable[UUID]) -> dict[UUID, EvidenceItemDTO]:
    """These posts of the brand, as far as they are still stored."""
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=set(ids))
    return {row.id: _item(row) for row in rows}


def previews(*, brand_id: UUID, ids: Iterable[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """What a board shows of these posts; ids that are not the brand's are not in the answer."""
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=set(ids))
    return {row.id: _preview(row) for row in rows}


def _item(row: NormalizedEvidenceItem) -> EvidenceItemDTO:
    return EvidenceItemDTO(
        id=row.id,
        platform=Platform(row.platform),
        content_type=ContentType(row.content_type),
        external_id=row.external_id,
        canonical_url=row.canonical_url,
        published_at=row.published_at,
        author_ref=row.author_ref,
        title=row.title,
        text_primary=row.text_primary,
        text_secondary=row.text_secondary,
        has_transcript=row.has_transcript,
        hashtags=tuple(row.hashtags),
        metrics=_metrics(row),
    )


def _preview(row: NormalizedEvidenceItem) -> EvidencePreviewDTO:
    return EvidencePreviewDTO(
        id=row.id,
        platform=Platform(row.platform),
        url=row.canonical_url,
        author=row.author_ref,
        snippet=snippet(row.text_primary or row.title or row.text_secondary),
        has_transcript=row.has_transcript,
        published_at=row.published_at,
        metrics=_metrics(row),
    )


def _metrics(row: NormalizedEvidenceItem) -> MetricsDTO:
    return MetricsDTO(views=row.views, likes=row.likes, comments=row.comments, shares=row.shares)


def snippet(text: str) -> str:
    """The beginning of a text on one line, at most 200 characters, cut between words where that loses little."""
    line = " ".join(text.split())
    if len(line) <= SNIPPET_CHARACTERS:
        return line
    beginning = cut(line, most=SNIPPET_CHARACTERS - 1)
    head, _, _ = beginning.rpartition(" ")
    return (head if len(head) > SNIPPET_CHARACTERS // 2 else beginning).rstrip() + "…"
