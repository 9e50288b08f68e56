"""A brand's stored evidence items as values."""

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
    """These posts of the brand, as far as they are still stored."""
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id, id__in=set(ids))
    return {row.id: to_item(row) for row in rows}


def previews(*, brand_id: UUID, ids: Iterable[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """What a board shows of these posts; ids that are not the brand's are not in the answer."""
    return previews_of_brands(brand_ids=[brand_id], ids=ids)


def previews_of_brands(*, brand_ids: Iterable[UUID], ids: Iterable[UUID]) -> dict[UUID, EvidencePreviewDTO]:
    """As `previews`, for ideas of several brands: one SQL statement, or none where there is nothing to read."""
    found = previews_of_each_brand(brand_ids=brand_ids, ids=ids)
    return {id_: preview for previews in found.values() for id_, preview in previews.items()}


def previews_of_each_brand(
    *, brand_ids: Iterable[UUID], ids: Iterable[UUID]
) -> Mapping[UUID, Mapping[UUID, EvidencePreviewDTO]]:
    """As `previews_of_brands`, by brand; a brand without any of these posts has an empty mapping."""
    found: dict[UUID, dict[UUID, EvidencePreviewDTO]] = {brand_id: {} for brand_id in brand_ids}
    wanted = set(ids)
    # Asked for both, PostgreSQL may look for the ids among all posts of the brand.
    for row in NormalizedEvidenceItem.objects.filter(id__in=wanted) if wanted else ():
        if row.brand_id in found:
            found[row.brand_id][row.id] = to_preview(row)
    return found


def previews_by_brand(ids: Collection[UUID]) -> Mapping[UUID, Mapping[UUID, EvidencePreviewDTO]]:
    """As `previews`, for the posts of several brands, in the caller's transaction: one SQL statement, or none.

    Written down in SQL, as it is part of every board that is stored: a post's whole row takes longer to read than the
    few columns that are shown.
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
FROM unnest(%(ids)s::uuid[]) AS named (id) JOIN evidence_normalizedevidenceitem e ON e.id = named.id
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
    # As many words as there are characters to show are more than enough.
    line = " ".join(text.split(None, SNIPPET_CHARACTERS)[:SNIPPET_CHARACTERS])
    if len(line) <= SNIPPET_CHARACTERS:
        return line
    beginning = cut(line, max_length=SNIPPET_CHARACTERS - 1)
    head, _, _ = beginning.rpartition(" ")
    return (head if len(head) > SNIPPET_CHARACTERS // 2 else beginning).rstrip() + "…"
