"""Reads the evidence items of a board's window in SQL: all of them or a sample, with counts over all of them.

An item's time is that of its publication, or of its storing where it has no date; items of the future are excluded.
Each statement uses the index `evidence_brand_window`, or for phrase counts the index over words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairo.core.enums import ContentType, Platform
from kairo.db.query_plans import table_or_tenant_view, with_custom_plans
from kairo.db.sql import fetch
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import DayCountDTO, EvidenceItemDTO, MetricsDTO, PhraseCountDTO, WindowCountsDTO
from kairo.hero.engine.baseline import baseline_from
from kairo.hero.gates.thresholds import (
    BURST_WINDOW,
    EVIDENCE_CAP,
    EVIDENCE_WINDOW,
    MIN_BASELINE_POSTS,
    RECENT_CAP,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceWindow:
    """The evidence items read, newest first, and counts over all stored items of the window."""

    items: tuple[EvidenceItemDTO, ...]
    counts: WindowCountsDTO


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowPost:
    """An evidence item without its texts."""

    platform: Platform
    content_type: ContentType
    author_ref: str
    has_transcript: bool


def gather(*, brand_id: UUID, as_of: datetime) -> EvidenceWindow:
    """Reads the brand's window before `as_of`: two SQL statements.

    Reads at most EVIDENCE_CAP items. In a larger window, up to RECENT_CAP items of the burst window are sampled with
    the share of each platform and author, the rest evenly over the earlier days; each part may use the quota that the
    other leaves. The sample is a function of the stored ids, platforms, authors and dates.
    """
    counts, recent = _counts(brand_id=brand_id, as_of=as_of)
    if counts.posts <= EVIDENCE_CAP:
        return EvidenceWindow(items=_items(_ALL, brand_id=brand_id, as_of=as_of, most=EVIDENCE_CAP), counts=counts)
    recent_read = min(recent, max(RECENT_CAP, EVIDENCE_CAP - (counts.posts - recent)))
    items = _items(
        _SAMPLE, brand_id=brand_id, as_of=as_of, recent_read=recent_read, earlier_read=EVIDENCE_CAP - recent_read
    )
    return EvidenceWindow(items=items, counts=counts)


def window_posts(*, brand_id: UUID, as_of: datetime, most: int) -> tuple[WindowPost, ...]:
    """Reads the newest items of the window without texts: one SQL statement, an index-only scan."""
    return tuple(
        WindowPost(
            platform=Platform(row["platform"]),
            content_type=ContentType(row["content_type"]),
            author_ref=row["author_ref"],
            has_transcript=row["has_transcript"],
        )
        for row in _fetch(_POSTS, brand_id=brand_id, as_of=as_of, most=most)
    )


def phrase_counts(
    *, brand_id: UUID, as_of: datetime, spellings: Mapping[str, tuple[str, ...]]
) -> tuple[PhraseCountDTO, ...]:
    """Counts for each key the dated items of the window that contain one of its spellings, and their authors, by day.

    One SQL statement, none without spellings. A spelling matches whole words in any case; hashtags are indexed as one
    word without "#". A spelling without an indexable word matches nothing.
    """
    pairs = [(key, spelling) for key, each in sorted(spellings.items()) for spelling in each]
    if not pairs:
        return ()
    rows = _fetch(
        _PHRASES, brand_id=brand_id, as_of=as_of, keys=[key for key, _ in pairs], spellings=[text for _, text in pairs]
    )
    return tuple(sorted((PhraseCountDTO(**row) for row in rows), key=lambda one: (one.key, one.age_days)))


def _counts(*, brand_id: UUID, as_of: datetime) -> tuple[WindowCountsDTO, int]:
    """Returns the counts, and the number of items in the burst window."""
    rows = _fetch(_COUNTS, brand_id=brand_id, as_of=as_of, oldest=MIN_BASELINE_POSTS)
    total = next(row for row in rows if row["platform"] is None)
    oldest = total["oldest"] or []
    counts = WindowCountsDTO(
        posts=total["posts"],
        authors=total["authors"],
        days=tuple(
            DayCountDTO(
                age_days=row["age_days"],
                platform=Platform(row["platform"]),
                posts=row["posts"],
                authors=row["authors"],
            )
            for row in rows
            if row["platform"] is not None
        ),
        oldest_published_at=oldest[0] if oldest else None,
        baseline_from=baseline_from(oldest),
    )
    return counts, total["recent"]


def _items(sql: str, **params: Any) -> tuple[EvidenceItemDTO, ...]:
    return tuple(
        EvidenceItemDTO(
            id=row["id"],
            platform=Platform(row["platform"]),
            content_type=ContentType(row["content_type"]),
            external_id=row["external_id"],
            canonical_url=row["canonical_url"],
            published_at=row["published_at"],
            author_ref=row["author_ref"],
            title=row["title"],
            text_primary=row["text_primary"],
            text_secondary=row["text_secondary"],
            has_transcript=row["has_transcript"],
            hashtags=tuple(row["hashtags"]),
            metrics=MetricsDTO(views=row["views"], likes=row["likes"], comments=row["comments"], shares=row["shares"]),
        )
        for row in _fetch(sql, **params)
    )


def _fetch(sql: str, *, as_of: datetime, **params: Any) -> list[dict[str, Any]]:
    """Runs a statement over the window with a custom plan, because brands differ in size by a factor of thousands."""
    posts = table_or_tenant_view(NormalizedEvidenceItem)
    moments = {"as_of": as_of, "since": as_of - EVIDENCE_WINDOW, "recent_since": as_of - BURST_WINDOW}
    with with_custom_plans():
        return fetch(sql.format(posts=posts, window=_WINDOW).strip(), {**params, **moments})


_WINDOW = """e.brand_id = %(brand_id)s
  AND coalesce(e.published_at, e.stored_at) > %(since)s AND coalesce(e.published_at, e.stored_at) <= %(as_of)s"""
# The order of the index, without which PostgreSQL would scan the table to read all of a window.
_ORDER = "e.brand_id, coalesce(e.published_at, e.stored_at) DESC, e.id"
_COLUMNS = """e.id, e.platform, e.content_type, e.external_id, e.canonical_url, e.published_at, e.author_ref, e.title,
  e.text_primary, e.text_secondary, e.has_transcript, e.hashtags, e.views, e.likes, e.comments, e.shares"""
# An item without an author counts as an author of its own.
_VOICE = """coalesce(nullif(lower(btrim(e.author_ref)), ''), e.id::text) COLLATE "C" """
_AGE = "floor(date_part('epoch', %(as_of)s::timestamptz - e.published_at) / 86400)::int"

# Grouped by author first, in memory: count(DISTINCT) would sort every item.
_COUNTS = f"""
WITH voices AS MATERIALIZED (
    SELECT {_AGE} AS age_days, e.platform, {_VOICE} AS voice, count(*) AS posts,
           count(*) FILTER (WHERE e.counted_at > %(recent_since)s) AS recent
    FROM (
        SELECT e.id, e.platform, e.author_ref, e.published_at, coalesce(e.published_at, e.stored_at) AS counted_at
        FROM {{posts}} e WHERE {{window}} ORDER BY {_ORDER}
    ) e
    GROUP BY 1, 2, 3
)
SELECT age_days, platform, sum(posts)::int AS posts, count(*)::int AS authors, 0 AS recent,
       NULL::timestamptz[] AS oldest
FROM voices WHERE age_days IS NOT NULL GROUP BY age_days, platform
UNION ALL
SELECT NULL, NULL, coalesce(sum(posts), 0)::int, count(DISTINCT voice)::int, coalesce(sum(recent), 0)::int, ARRAY(
    SELECT e.published_at FROM {{posts}} e WHERE {{window}} AND e.published_at IS NOT NULL
    ORDER BY coalesce(e.published_at, e.stored_at) LIMIT %(oldest)s)
FROM voices
ORDER BY age_days, platform
"""  # noqa: S608  made of constants

_ALL = f"""
SELECT {_COLUMNS} FROM {{posts}} e WHERE {{window}} ORDER BY {_ORDER} LIMIT %(most)s
"""  # noqa: S608  made of constants

_POSTS = f"""
SELECT e.platform, e.content_type, e.author_ref, e.has_transcript
FROM {{posts}} e WHERE {{window}} ORDER BY {_ORDER} LIMIT %(most)s
"""  # noqa: S608  made of constants

# Items are drawn in the order of `lot`, a hash of their ids. The k-th of n items of a platform and author is drawn at
# (k - u) / n, with u in [0, 1) from a hash of the two: so each has the same share, and the one item of an author is
# as likely to be drawn as each item of another.
_SAMPLE = f"""
WITH posts AS MATERIALIZED (
    SELECT e.id, e.platform, e.author_ref, md5(e.id::text)::uuid AS lot,
           coalesce(e.published_at, e.stored_at) AS counted_at
    FROM {{posts}} e WHERE {{window}} ORDER BY {_ORDER}
), recent AS (
    SELECT id FROM (
        SELECT id, lot, count(*) OVER same AS size, row_number() OVER (same ORDER BY lot, id) AS place,
               ('x' || left(md5(platform || ' ' || author_ref), 8))::bit(32)::bigint / 4294967296.0::float8 AS u
        FROM posts WHERE counted_at > %(recent_since)s
        WINDOW same AS (PARTITION BY platform COLLATE "C", author_ref COLLATE "C")
    ) drawn
    ORDER BY (place - u) / size, lot, id LIMIT %(recent_read)s
), earlier AS (
    SELECT id FROM (
        SELECT id, lot, row_number() OVER (
            PARTITION BY floor(date_part('epoch', %(as_of)s::timestamptz - counted_at) / 86400) ORDER BY lot, id
        ) AS place
        FROM posts WHERE counted_at <= %(recent_since)s
    ) drawn
    ORDER BY place, lot, id LIMIT %(earlier_read)s
)
SELECT {_COLUMNS}
FROM (SELECT id FROM recent UNION ALL SELECT id FROM earlier) chosen JOIN {{posts}} e ON e.id = chosen.id
WHERE {{window}}
ORDER BY coalesce(e.published_at, e.stored_at) DESC, e.id
"""  # noqa: S608  made of constants

_PHRASES = f"""
WITH phrases AS MATERIALIZED (
    SELECT key, string_agg(query::text, ' | ')::tsquery AS query
    FROM (
        SELECT key, phraseto_tsquery('simple', spelling) AS query
        FROM unnest(%(keys)s::text[], %(spellings)s::text[]) AS pairs (key, spelling)
    ) spelled
    WHERE numnode(query) > 0 GROUP BY key
)
SELECT phrases.key, {_AGE} AS age_days, count(*)::int AS posts, count(DISTINCT {_VOICE})::int AS authors
FROM phrases JOIN {{posts}} e ON e.words @@ phrases.query
WHERE {{window}} AND e.published_at IS NOT NULL
GROUP BY 1, 2
"""  # noqa: S608  made of constants
