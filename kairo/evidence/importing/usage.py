"""Counts a tenant's stored posts and ingested bytes, and holds them to its quotas.

The tenant's row is the last that a transaction locks: after jobs, the revision, brands and evidence items.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.core.services.quotas import INGESTED_BYTES, STORED_POSTS, QuotaExceeded
from kairo.db.sql import fetch


def is_counted() -> bool:
    """Whether there is a quota of posts or bytes. Without one nothing is counted."""
    return bool(STORED_POSTS.limit or INGESTED_BYTES.limit)


def charge(*, brand_id: UUID, created: int, size_bytes: int) -> None:
    """Adds to the usage of the brand's tenant, at the end of the transaction that stores the posts.

    One SQL statement; for the first time of a tenant another one, which counts all of its posts.

    Raises:
        QuotaExceeded: more than the tenant may have. The transaction must be rolled back.
    """
    if not is_counted():
        return
    for row in fetch(_CHARGE, {"brand_id": brand_id, "created": created, "bytes": size_bytes}):
        posts = _counted(row["tenant_id"]) if row["posts"] is None else row["posts"]
        if created and 0 < STORED_POSTS.limit < posts:
            raise QuotaExceeded(STORED_POSTS, used=posts)
        if 0 < INGESTED_BYTES.limit < row["day_bytes"]:
            raise QuotaExceeded(INGESTED_BYTES, used=row["day_bytes"])


def release(*, brand_id: UUID, deleted: int) -> None:
    """Subtracts deleted posts, at the end of the transaction that deletes them."""
    if is_counted() and deleted:
        fetch(_RELEASE, {"brand_id": brand_id, "deleted": deleted})


def is_full(*, brand_id: UUID) -> bool:
    """Whether the tenant may store no new post now: what would cost money need not be begun."""
    if not is_counted():
        return False
    (row,) = fetch(_IS_FULL, {"brand_id": brand_id, "posts": STORED_POSTS.limit, "bytes": INGESTED_BYTES.limit})
    return bool(row["full"])


def recount() -> int:
    """Counts the posts of every tenant anew, each in its own transaction; returns the number of tenants.

    It corrects what did not pass here: brands deleted with their posts, rows written by SQL or by an older release. The
    lock comes before the count: a transaction that waits for it is not counted and adds its posts afterwards.
    """
    tenants = fetch("SELECT tenant_id FROM evidence_evidenceusage ORDER BY tenant_id", {}) if is_counted() else []
    for tenant in tenants:
        with transaction.atomic():
            fetch("SELECT 1 FROM evidence_evidenceusage WHERE tenant_id = %(tenant_id)s FOR UPDATE", tenant)
            _counted(tenant["tenant_id"])
    return len(tenants)


def _counted(tenant_id: UUID) -> int:
    """Counts the posts of a tenant whose row is locked."""
    (row,) = fetch(_COUNT, {"tenant_id": tenant_id}) or ({"posts": 0},)
    return int(row["posts"])


_CHARGE = """
INSERT INTO evidence_evidenceusage AS used (tenant_id, posts, day, day_bytes)
SELECT tenant_id, NULL, (clock_timestamp() AT TIME ZONE 'UTC')::date, %(bytes)s FROM core_brand WHERE id = %(brand_id)s
ON CONFLICT (tenant_id) DO UPDATE
SET posts = used.posts + %(created)s, day = EXCLUDED.day,
    day_bytes = EXCLUDED.day_bytes + CASE WHEN used.day = EXCLUDED.day THEN used.day_bytes ELSE 0 END
RETURNING tenant_id, posts, day_bytes
"""

_RELEASE = """
UPDATE evidence_evidenceusage SET posts = greatest(posts - %(deleted)s, 0)
WHERE tenant_id = (SELECT tenant_id FROM core_brand WHERE id = %(brand_id)s)
"""

_IS_FULL = """
SELECT coalesce(bool_or(%(posts)s > 0 AND used.posts >= %(posts)s
                        OR %(bytes)s > 0 AND used.day_bytes >= %(bytes)s
                           AND used.day = (clock_timestamp() AT TIME ZONE 'UTC')::date), FALSE) AS full
FROM evidence_evidenceusage used JOIN core_brand b ON b.tenant_id = used.tenant_id WHERE b.id = %(brand_id)s
"""

_COUNT = """
UPDATE evidence_evidenceusage
SET posts = (SELECT count(*) FROM evidence_normalizedevidenceitem e JOIN core_brand b ON b.id = e.brand_id
             WHERE b.tenant_id = %(tenant_id)s)
WHERE tenant_id = %(tenant_id)s RETURNING posts
"""
