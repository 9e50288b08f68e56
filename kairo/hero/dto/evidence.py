"""Stored evidence items, and counts over the whole evidence window."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kairo.core.enums import ContentType, Platform


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricsDTO:
    """A post's engagement counts. None means unknown, never zero."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceItemDTO:
    """One stored post, as the gates and the engine read it.

    `text_primary` is the caption, post text or title; `text_secondary` is a transcript if `has_transcript`,
    otherwise a description. `canonical_url` is "" if the source has none.
    """

    id: UUID
    platform: Platform
    content_type: ContentType
    external_id: str
    canonical_url: str
    published_at: datetime | None
    author_ref: str
    title: str
    text_primary: str
    text_secondary: str
    has_transcript: bool
    hashtags: tuple[str, ...] = ()
    metrics: MetricsDTO = field(default_factory=MetricsDTO)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidencePreviewDTO:
    """A post as a board shows it; `snippet` is at most 200 characters."""

    id: UUID
    platform: Platform
    url: str
    author: str
    snippet: str
    has_transcript: bool
    published_at: datetime | None
    metrics: MetricsDTO


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceSummaryDTO:
    """Totals of the evidence items that a board was generated from. `transcript_coverage` is a share, 0 to 1."""

    items: int
    authors: int
    platforms: tuple[tuple[Platform, int], ...]
    transcript_coverage: float
    newest_published_at: datetime | None
    oldest_published_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCountDTO:
    """Stored posts of one platform on one day of the window. `age_days` is 0 for the 24 hours before `as_of`."""

    age_days: int
    platform: Platform
    posts: int
    authors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseCountDTO:
    """Stored posts that contain a phrase on one day of the window, and their authors.

    `key` is the phrase key of `kairo.hero.engine`; `age_days` is as in `DayCountDTO`.
    """

    key: str
    age_days: int
    posts: int
    authors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowCountsDTO:
    """Counts over all stored posts of the window, including those beyond EVIDENCE_CAP.

    `phrases` is empty unless the window exceeds the cap and the evidence is a sample. `baseline_from` is the time from
    which bursts can be detected; None without dated posts.
    """

    posts: int
    authors: int
    days: tuple[DayCountDTO, ...] = ()
    phrases: tuple[PhraseCountDTO, ...] = ()
    oldest_published_at: datetime | None = None
    baseline_from: datetime | None = None
