"""Upserts evidence items: one statement per batch and kind of key, which skips rows that would not change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection

from kairo.core.ids import evidence_id
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.normalizing.normalize import NormalizedEvidence


class Change(StrEnum):
    """What an upsert did to an item's row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def identity(*, brand_id: UUID, item: NormalizedEvidence) -> UUID:
    """Returns the id of an item in a brand. Two records with the same id are the same post."""
    if item.external_id:
        return evidence_id(brand_id=brand_id, platform=item.platform, reference=item.external_id)
    # Without the platform: sources disagree about a URL's platform. An external id always has a platform, so it cannot
    # collide with a URL.
    return evidence_id(brand_id=brand_id, platform="", reference=item.canonical_url)


def upsert(*, brand_id: UUID, items: Mapping[UUID, NormalizedEvidence], now: datetime) -> list[tuple[UUID, Change]]:
    """Stores items by their ids in the caller's transaction; returns ids and changes in the order of `items`.

    `stored_at` becomes `now` where a row is created or its content changes. An advisory lock serializes the writers of
    a brand until their transactions end: two concurrent inserts of the same post would violate the primary key, which
    ON CONFLICT on the natural key does not cover.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evidence of {brand_id}"])
    results: dict[tuple[str, str], tuple[UUID, Change]] = {}
    for target, key, group in (
        ("(brand_id, platform, external_id) WHERE NOT (external_id = '')", _EXTERNAL_KEY, _with_external_id(items)),
        ("(brand_id, canonical_url) WHERE external_id = ''", _URL_KEY, _without_external_id(items)),
    ):
        if group:
            results |= _upsert_group(brand_id=brand_id, group=group, target=target, key=key, now=now)
    unchanged = [item for item in items.values() if _key(item) not in results]
    results |= _ids_of(brand_id=brand_id, items=unchanged)
    return [results[_key(item)] for item in items.values()]


# `raw` differs in every run, so a different `raw` alone is no change.
_CONTENT = tuple(field.name for field in fields(NormalizedEvidence) if field.name not in {"notes", "raw"})
_COLUMNS = (*_CONTENT, "raw")
_COLUMN_TYPES = {
    "published_at": "timestamptz",
    "has_transcript": "boolean",
    "hashtags": "text[]",
    "views": "bigint",
    "likes": "bigint",
    "comments": "bigint",
    "shares": "bigint",
    "synthetic": "boolean",
    "raw": "jsonb",
}
_EXTERNAL_KEY = "stored.platform, stored.external_id"
_URL_KEY = "'', stored.canonical_url"

_UPSERT = """
INSERT INTO {table} AS stored (id, brand_id, stored_at, {columns})
  SELECT id, %(brand_id)s, %(now)s, {columns}
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS item(id uuid, {typed_columns})
  ORDER BY id
ON CONFLICT {target} DO UPDATE
  SET ({columns}, stored_at, updated_at) = ROW({excluded}, EXCLUDED.raw, EXCLUDED.stored_at, CURRENT_TIMESTAMP)
  WHERE ({stored}) IS DISTINCT FROM ({excluded})
RETURNING {key}, stored.id, (xmax = 0)  -- xmax is 0 in a newly inserted row
"""


def _upsert_group(
    *, brand_id: UUID, group: dict[UUID, NormalizedEvidence], target: str, key: str, now: datetime
) -> dict[tuple[str, str], tuple[UUID, Change]]:
    statement = _UPSERT.format(
        table=NormalizedEvidenceItem._meta.db_table,
        columns=", ".join(_COLUMNS),
        typed_columns=", ".join(f"{name} {_COLUMN_TYPES.get(name, 'text')}" for name in _COLUMNS),
        stored=", ".join(f"stored.{name}" for name in _CONTENT),
        excluded=", ".join(f"EXCLUDED.{name}" for name in _CONTENT),
        target=target,
        key=key,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"brand_id": brand_id, "now": now, "rows": _rows(group)})
        return {
            (kind, reference): (row_id, Change.CREATED if created else Change.UPDATED)
            for kind, reference, row_id, created in cursor.fetchall()
        }


def _rows(group: dict[UUID, NormalizedEvidence]) -> str:
    return json.dumps(
        [
            {"id": str(row_id), **{name: getattr(item, name) for name in _COLUMNS}, "published_at": _iso(item)}
            for row_id, item in group.items()
        ],
        ensure_ascii=False,
    )


def _iso(item: NormalizedEvidence) -> str | None:
    return item.published_at.isoformat() if item.published_at else None


def _key(item: NormalizedEvidence) -> tuple[str, str]:
    return (item.platform.value, item.external_id) if item.external_id else ("", item.canonical_url)


def _ids_of(*, brand_id: UUID, items: Iterable[NormalizedEvidence]) -> dict[tuple[str, str], tuple[UUID, Change]]:
    """Returns the ids of rows that the upsert left unchanged."""
    keys = {_key(item) for item in items}
    if not keys:
        return {}
    rows = NormalizedEvidenceItem.objects.filter(brand_id=brand_id)
    # The conditions of the two partial unique indexes: otherwise the planner reads every item of the brand.
    by_id = rows.exclude(external_id="").filter(
        platform__in={kind for kind, _ in keys if kind}, external_id__in={reference for kind, reference in keys if kind}
    )
    by_url = rows.filter(external_id="", canonical_url__in={reference for kind, reference in keys if not kind})
    keys_and_ids = [
        ((platform, reference), row_id)
        for platform, reference, row_id in by_id.values_list("platform", "external_id", "id")
    ]
    keys_and_ids += [(("", url), row_id) for url, row_id in by_url.values_list("canonical_url", "id")]
    return {key: (row_id, Change.UNCHANGED) for key, row_id in keys_and_ids if key in keys}


def _with_external_id(items: Mapping[UUID, NormalizedEvidence]) -> dict[UUID, NormalizedEvidence]:
    return {row_id: item for row_id, item in items.items() if item.external_id}


def _without_external_id(items: Mapping[UUID, NormalizedEvidence]) -> dict[UUID, NormalizedEvidence]:
    return {row_id: item for row_id, item in items.items() if not item.external_id}
