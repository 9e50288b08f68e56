from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.core.models import Tenant
from kairo.core.paging import Page
from kairo.evidence.services.evidence_search import EvidenceFilter
from kairo.hero.dto import EvidencePreviewDTO
from kairo.hero.services import evidence_service
from tests.factories import make_brand, make_caller, make_tenant

pytestmark = pytest.mark.django_db

# Ten brands share them.
_FILL = """
INSERT INTO evidence_normalizedevidenceitem
  (id, brand_id, platform, content_type, external_id, author_ref, published_at, stored_at)
SELECT gen_random_uuid(), (%(brands)s::uuid[])[1 + n %% 10], 'tiktok', 'short_video', n::text,
       'author-' || n / 10 %% 5, now() - n * interval '5 seconds', now() - n %% 2000 * interval '20 minutes'
FROM generate_series(1, %(rows)s) n
"""


def filled(tenant: Tenant, rows: int) -> list[UUID]:
    """The brands."""
    brands = [make_brand(tenant, context=False).id for _ in range(10)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(_FILL, {"brands": brands, "rows": rows})
        cursor.execute("ANALYZE evidence_normalizedevidenceitem")
    return brands


def plan_of(read: Callable[[], object]) -> dict[str, Any]:
    """How Postgres carries out the last statement of a read."""
    with CaptureQueriesContext(connection) as captured:
        read()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {captured[-1]['sql']}")
        ((found,),) = cursor.fetchall()
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def assert_one_index_scan(plan: dict[str, Any]) -> dict[str, Any]:
    """The scan below the limit, which has nothing beside or below it."""
    scan: dict[str, Any] = plan["Plans"][0]
    assert (plan["Node Type"], scan["Node Type"]) == ("Limit", "Index Scan")
    assert scan["Index Name"] == "evidence_brand_newest_stored"
    assert len(plan["Plans"]) == 1
    assert "Plans" not in scan
    return scan


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"platforms": [Platform.TIKTOK, Platform.X]},
        {"published_to": timezone.now() - timedelta(hours=4)},
        {"published_from": timezone.now() - timedelta(days=1)},
    ],
    ids=["all", "platforms", "published to", "published from"],
)
def test_page_of_evidence_is_one_index_scan(conditions: dict[str, Any]) -> None:
    tenant = make_tenant()
    caller, brand_id = make_caller(tenant), filled(tenant, 12_000)[3]

    def page(after: str | None) -> Page[EvidencePreviewDTO]:
        filter_ = EvidenceFilter(**conditions)
        return evidence_service.list_evidence(caller=caller, brand_id=brand_id, first=20, after=after, filter_=filter_)

    first = page(None)
    assert len(first.items) == 20
    for after in (None, first.items[-1][0]):
        assert_one_index_scan(plan_of(partial(page, after)))
