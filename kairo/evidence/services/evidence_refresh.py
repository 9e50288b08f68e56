"""Enqueues ingestion jobs on request. Only this module and the connections' schedules start one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F

from kairo.core.enums import JobTrigger
from kairo.core.errors import NotFound, NothingToRead
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.db.sql import retry_transaction
from kairo.evidence.enums import IngestionStatus
from kairo.evidence.jobs import queue
from kairo.evidence.models import IngestionJob, SourceConnection
from kairo.jobs.kind import USER_PRIORITY


@retry_transaction
def refresh_evidence(
    *,
    caller: Caller,
    brand_id: UUID,
    connection_ids: Collection[UUID] | None = None,
    stop_when_enough: bool = True,
    parent_job_id: UUID | None = None,
    idempotency_key: str | None = None,
    request_id: str = "",
) -> tuple[IngestionJob, bool]:
    """Returns the job that reads these connections, by default all enabled ones, and whether this call created it.

    The connections that were read longest ago come first: with `stop_when_enough` the others would never be read. A
    brand has one active job; while there is one, it is returned.

    Raises:
        NotFound: the brand or one of the connections does not exist for this caller.
        NothingToRead: no connection is enabled.
        BrandArchived
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = SourceConnection.objects.filter(brand=brand).order_by(F("last_read_at").asc(nulls_first=True), "id")
    if connection_ids is not None:
        rows = rows.filter(id__in=connection_ids)
        if len(rows) < len(set(connection_ids)):
            raise NotFound(noun="EvidenceSource")
    enabled = [row.id for row in rows if row.enabled]
    if not enabled:
        raise NothingToRead
    with transaction.atomic():
        return queue.enqueue(
            brand_id=brand.id,
            connection_ids=enabled,
            trigger=JobTrigger.USER,
            priority=USER_PRIORITY,
            stop_when_enough=stop_when_enough,
            parent_job_id=parent_job_id,
            idempotency_key=idempotency_key,
            request_id=request_id,
        )


def await_refresh(*, ingestion_id: UUID, parent_job_id: UUID) -> bool:
    """Makes this job of an upper layer due at the end of an active ingestion; False when that has ended before."""
    rows = IngestionJob.objects.filter(id=ingestion_id, status__in=IngestionStatus.active())
    return rows.update(parent_job_id=parent_job_id) > 0
