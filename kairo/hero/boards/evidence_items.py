"""Reads a brand's stored evidence items as DTOs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from kairo.core.enums import ContentType, Platform
from kairo.core.text import cut
from kairo.db.sql import fetch
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import EvidenceItemDTO, EvidencePreviewDTO, MetricsDTO

SNIPPET_CHARACTERS = 200


def items(*, brand_id: UUID, ids: Iterable[UUID]) -> dict[UUID, EvidenceItemDTO]:
    """The brand's evidence items with these ids, without those that are no longer stored."""
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=set(ids))
    return {row.id: to_item(row) for row in rows}


def previews(*, brand_id: UUID, ids: Iterable[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """The previews of these evidence items; ids of other brands are left out."""
    return previews_of_brands(brand_ids=[brand_id], ids=ids)


def previews_of_brands(*, brand_ids: Iterable[UUID], ids: Iterable[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """As `previews`, for several brands: one SQL statement, none without ids."""
    by_brand = previews_of_brands_by_brand(brand_ids=brand_ids, ids=ids)
    return {id_: preview for previews in by_brand.values() for id_, preview in previews.items()}


def previews_of_brands_by_brand(
    *, brand_ids: Iterable[UUID], ids: Iterable[UUID]
) -> Mapping[UUID, Mapping[UUID, EvidencePreviewDTO]]:
    """As `previews_of_brands`, by brand; a brand without any of these items has an empty mapping."""
    found: dict[UUID, dict[UUID, EvidencePreviewDTO]] = {brand_id: {} for brand_id in brand_ids}
    ids = set(ids)
    # Without a condition on the brand, or PostgreSQL may search the ids among all items of the brand.
    for row in NormalizedEvidenceItem.objects.filter(id__in=ids) if ids else ():
        if row.brand_id in found:
            found[row.brand_id][row.id] = to_preview(row)
    return found


def previews_by_brand(ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, EvidencePreviewDTO]]:
    """As `previews`, for several brands, within the caller's transaction: one SQL statement, none without ids.

    Raw SQL, because this runs for each stored board and reads a few columns faster than the ORM reads whole rows.
    """
    found: defaultdict[UUID, dict[UUID, EvidencePreviewDTO]] = defaultdict(dict)
    for row in fetch(_PREVIEWS, {"ids": list(ids)}) if ids else ():
        found[row["brand_id"]][row["id"]] = EvidencePreviewDTO(
            id=row["id"],
            platform=Platform(row["platform"]),
            url=row["canonical_url"],
            author=row["author_ref"],
            snippet=snippet(row["text"]),
            has_transcript=row["has_transcript"],
            published_at=row["published_at"],
            metrics=MetricsDTO(views=row["views"], likes=row["likes"], comments=row["comments"], shares=row["shares"]),
        )
    return found


_PREVIEWS = """
SELECT e.id, e.brand_id, e.platform, e.canonical_url, e.author_ref, e.has_transcript, e.published_at,
       coalesce(nullif(e.text_primary, ''), nullif(e.title, ''), e.text_secondary) AS text,
       e.views, e.likes, e.comments, e.shares
FROM unnest(%(ids)s::uuid[]) AS listed (id) JOIN evidence_normalizedevidenceitem e ON e.id = listed.id
"""


def to_item(row: NormalizedEvidenceItem) -> EvidenceItemDTO:
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


def to_preview(row: NormalizedEvidenceItem) -> EvidencePreviewDTO:
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
    # Splits off no more words than there are characters to show.
    line = " ".join(text.split(None, SNIPPET_CHARACTERS)[:SNIPPET_CHARACTERS])
    if len(line) <= SNIPPET_CHARACTERS:
        return line
    beginning = cut(line, max_length=SNIPPET_CHARACTERS - 1)
    head, _, _ = beginning.rpartition(" ")
    return (head if len(head) > SNIPPET_CHARACTERS // 2 else beginning).rstrip() + "…"
