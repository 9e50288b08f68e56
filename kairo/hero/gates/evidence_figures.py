"""Totals of a brand's evidence, and the shortfall against the thresholds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from kairo.core.enums import ContentType, Platform
from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceItemDTO,
    EvidenceShortfallDTO,
    EvidenceSummaryDTO,
    GateFailureDTO,
)
from kairo.hero.gates import thresholds as t
from kairo.hero.gates.own_posts import exclude_own_posts
from kairo.hero.gates.platforms import required_platforms


class CountedPost(Protocol):
    """The fields of a post that are counted; its texts are not needed."""

    @property
    def platform(self) -> Platform: ...
    @property
    def content_type(self) -> ContentType: ...
    @property
    def author_ref(self) -> str: ...
    @property
    def has_transcript(self) -> bool: ...


def evidence_shortfall(
    items: Sequence[CountedPost],
    *,
    brand: BrandSnapshotDTO | None = None,
    failures: tuple[GateFailureDTO, ...] = (),
) -> EvidenceShortfallDTO:
    """Evidence found against evidence required. The required platforms are missing while none of them has an item."""
    counted = exclude_own_posts(items, brand.handles if brand else ())
    required = required_platforms(brand.channels if brand else ())
    found = {Platform(item.platform) for item in counted}
    return EvidenceShortfallDTO(
        required_items=t.MIN_EVIDENCE_ITEMS,
        found_items=len(counted),
        required_platforms=required,
        found_platforms=tuple(sorted(found, key=str)),
        missing_platforms=() if found.intersection(required) else required,
        transcript_coverage=transcript_coverage(counted),
        min_transcript_coverage=t.MIN_TRANSCRIPT_COVERAGE,
        failures=failures,
    )


def evidence_summary(items: Sequence[EvidenceItemDTO]) -> EvidenceSummaryDTO:
    """Totals of the evidence, including the brand's own posts."""
    platforms = Counter(Platform(item.platform) for item in items)
    published = [item.published_at for item in items if item.published_at is not None]
    return EvidenceSummaryDTO(
        items=len(items),
        authors=len(distinct_authors(items)),
        platforms=tuple(sorted(platforms.items())),
        transcript_coverage=transcript_coverage(items),
        newest_published_at=max(published, default=None),
        oldest_published_at=min(published, default=None),
    )


def transcribable(items: Sequence[CountedPost]) -> list[CountedPost]:
    """The items that can have a transcript."""
    return [item for item in items if item.content_type in t.TRANSCRIBED_TYPES]


def distinct_authors(items: Sequence[EvidenceItemDTO]) -> set[str]:
    return {item.author_ref.casefold() for item in items if item.author_ref.strip()}


def transcript_coverage(items: Sequence[CountedPost]) -> float:
    """The share of items with a transcript among those that can have one; 0 without such items."""
    videos = transcribable(items)
    return sum(1 for item in videos if item.has_transcript) / len(videos) if videos else 0.0
