"""Writing evidence: one statement a batch, which leaves a row that would not change as it is."""

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
    """What storing a post did to its row."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def identity(*, brand_id: UUID, item: NormalizedEvidence) -> UUID:
    """The id a post gets in a brand; two records with one identity are the same post."""
    if item.external_id:
        return evidence_id(brand_id=brand_id, platform=item.platform, reference=item.external_id)
    # The address alone names the post, whatever platform a source says it is of; and no external id, which always
    # comes with a platform, can be taken for an address.
    return evidence_id(brand_id=brand_id, platform="", reference=item.canonical_url)


def upsert(*, brand_id: UUID, items: Mapping[UUID, NormalizedEvidence], now: datetime) -> list[tuple[UUID, Change]]:
    """Stores posts by their identities, in the caller's transaction; ids and changes in the order given.

    `stored_at` becomes `now` where a row is created or its content changes, and stays where nothing does.
    Writers of one brand take turns, until their transactions end. Without that two who bring the same new post at once
    could collide on its id, where ON CONFLICT only looks at what names the post.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"evidence of {brand_id}"])
    written: dict[tuple[str, str], tuple[UUID, Change]] = {}
    for target, key, group in (
        ("(brand_id, platform, external_id) WHERE NOT (external_id = '')", _EXTERNAL_KEY, _with_external_id(items)),
        ("(brand_id, canonical_url) WHERE external_id = ''", _URL_KEY, _without_external_id(items)),
    ):
        if group:
            written |= _written(brand_id=brand_id, group=group, target=target, key=key, now=now)
    untouched = [item for item in items.values() if _key(item) not in written]
    written |= _ids_of(brand_id=brand_id, items=untouched)
    return [written[_key(item)] for item in items.values()]


# What a scraper said changes with every look at a profile; alone it changes no post.
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
  FROM jsonb_to_recordset(%(rows)s::jsonb) AS given(id uuid, {typed_columns})
  ORDER BY id
ON CONFLICT {target} DO UPDATE
  SET ({columns}, stored_at, updated_at) = ROW({excluded}, EXCLUDED.raw, EXCLUDED.stored_at, CURRENT_TIMESTAMP)
  WHERE ({stored}) IS DISTINCT FROM ({excluded})
RETURNING {key}, stored.id, (xmax = 0)  -- a row nobody has ever locked is a new one
"""


def _written(
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
    """Rows that the upsert found as they should be, with the ids they have."""
    keys = {_key(item) for item in items}
    if not keys:
        return {}
    of_brand = NormalizedEvidenceItem.objects.filter(brand_id=brand_id)
    # Said as the two unique indexes say it, or the planner reads every post of the brand.
    by_id = of_brand.exclude(external_id="").filter(
        platform__in={kind for kind, _ in keys if kind}, external_id__in={reference for kind, reference in keys if kind}
    )
    by_url = of_brand.filter(external_id="", canonical_url__in={reference for kind, reference in keys if not kind})
    found = [
        ((platform, reference), row_id)
        for platform, reference, row_id in by_id.values_list("platform", "external_id", "id")
    ]
    found += [(("", url), row_id) for url, row_id in by_url.values_list("canonical_url", "id")]
    return {key: (row_id, Change.UNCHANGED) for key, row_id in found if key in keys}


def _with_external_id(items: Mapping[UUID, NormalizedEvidence]) -> dict[UUID, NormalizedEvidence]:
    return {row_id: item for row_id, item in items.items() if item.external_id}


def _without_external_id(items: Mapping[UUID, NormalizedEvidence]) -> dict[UUID, NormalizedEvidence]:
    return {row_id: item for row_id, item in items.items() if not item.external_id}
