from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.ids import new_id
from kairo.core.models import Brand
from kairo.evidence.jobs.dispatch import dispatch_on_commit
from kairo.evidence.models import IngestionJob

_TRIES = 5


def enqueue(
    *,
    brand_id: UUID,
    connection_ids: Sequence[UUID],
    trigger: JobTrigger,
    stop_when_enough: bool = True,
    awaited_by: UUID | None = None,
    idempotency_key: str | None = None,
    request_id: str = "",
) -> tuple[IngestionJob, bool]:
    """One pending job for the brand, in the caller's transaction, and whether this call made it.

    A brand has at most one active job: while there is one, it is the answer. So is the job, finished or not, that
    the same idempotency key made before. Workers are woken after commit.

    Raises:
        NotFound: there is no such brand.
        BrandArchived: the brand is archived, and no job is the answer.
    """
    asked: dict[str, Any] = {
        "brand_id": brand_id,
        "connection_ids": list(connection_ids),
        "trigger": trigger.value,
        "stop_when_enough": stop_when_enough,
        "awaited_by": awaited_by,
        "idempotency_key": idempotency_key,
        "request_id": request_id,
        "max_attempts": settings.JOB_MAX_ATTEMPTS,
        "ceiling_s": settings.INGEST_CEILING_S,
    }
    for _ in range(_TRIES):
        for made in IngestionJob.objects.raw(_INSERT, {**asked, "id": new_id()}):
            dispatch_on_commit(job_id=made.id)
            return made, True
        for known in IngestionJob.objects.raw(_EXISTING, asked):
            return known, False
        brand = Brand.objects.filter(id=brand_id).first()
        if brand is None:
            raise NotFound(noun="Brand")
        if brand.archived_at is not None:
            raise BrandArchived
        # Else the job that stood in the way has ended between the two statements.
    raise OperationalError(f"The brand's active job changed {_TRIES} times while a new one was asked for.")


_INSERT = """
INSERT INTO evidence_ingestionjob
    (id, brand_id, status, trigger, connection_ids, stop_when_enough, awaited_by, idempotency_key, request_id,
     max_attempts, created_at, updated_at, available_at, deadline_at)
SELECT %(id)s, b.id, 'pending', %(trigger)s, %(connection_ids)s::uuid[], %(stop_when_enough)s, %(awaited_by)s,
       %(idempotency_key)s, %(request_id)s, %(max_attempts)s, now.at, now.at, now.at,
       now.at + make_interval(secs => %(ceiling_s)s)
FROM core_brand b, (SELECT clock_timestamp() AS at) now
WHERE b.id = %(brand_id)s AND b.archived_at IS NULL
ON CONFLICT DO NOTHING
RETURNING *
"""

_EXISTING = """
SELECT * FROM evidence_ingestionjob
WHERE brand_id = %(brand_id)s AND (idempotency_key = %(idempotency_key)s OR status IN ('pending', 'running'))
ORDER BY (idempotency_key = %(idempotency_key)s) DESC NULLS LAST LIMIT 1
"""
