"""Many stored posts at once, and how Postgres reads them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

_BATCH = 20_000
_COLUMNS = "id, brand_id, platform, content_type, external_id, canonical_url, author_ref, published_at, stored_at, "
_COLUMNS += "text_primary, hashtags"


def fill(brand_id: UUID, select: str, *, rows: int, name: str = "") -> None:
    """Stores `rows` posts. `select` gives platform, author, published_at, stored_at, text and hashtags of the n-th.

    The same name, brand and number give the same ids.
    """
    select = select.replace("%", "%%")  # an operator, not a parameter
    with connection.cursor() as cursor:
        for first in range(1, rows + 1, _BATCH):
            cursor.execute(
                f"INSERT INTO evidence_normalizedevidenceitem ({_COLUMNS}) "
                "SELECT md5(%(brand)s::text || %(name)s || n)::uuid, %(brand)s::uuid, platform, 'post', "
                "  %(name)s || n, 'https://post.example/' || %(name)s || n, author, published_at, stored_at, body, tags"
                " FROM generate_series(%(first)s::int, %(last)s::int) n "
                f"CROSS JOIN LATERAL (SELECT {select}) AS made (platform, author, published_at, stored_at, body, tags)",
                {"brand": str(brand_id), "name": name, "first": first, "last": min(first + _BATCH - 1, rows)},
            )


def analyze() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE evidence_normalizedevidenceitem")


def plans_of(read: Callable[[], object]) -> list[dict[str, Any]]:
    """How Postgres carries out each statement of a read, in their order."""
    with CaptureQueriesContext(connection) as captured:
        read()
    return [_explained(query["sql"]) for query in captured.captured_queries]


def _explained(sql: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
        ((found,),) = cursor.fetchall()
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def scans(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each access to the posts: the node, and the index it is by; "" for the whole table."""
    for below in plan.get("Plans", []):
        yield from scans(below)
    if plan.get("Relation Name") == "evidence_normalizedevidenceitem" and plan["Node Type"] != "Bitmap Heap Scan":
        yield plan["Node Type"], plan.get("Index Name", "")
    elif plan["Node Type"] == "Bitmap Index Scan":
        yield plan["Node Type"], plan["Index Name"]
