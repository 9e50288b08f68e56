from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kairo.core.enums import JobTrigger
from kairo.evidence.jobs import queue
from kairo.evidence.models import SourceConnection
from kairo.jobs import daily
from kairo.jobs.kind import SCHEDULED_PRIORITY


def enqueue_due_readings(*, at: datetime | None = None) -> int:
    """Enqueues one job per brand for its connections that are due today; returns the number of brands.

    A brand with an active job is left for the next pass.
    """
    return daily.enqueue_due(
        SourceConnection,
        enqueue=_enqueue,
        which=_IS_READABLE,
        order_by="s.last_read_at NULLS FIRST, s.id",
        at=at,
    )


def _enqueue(brand_id: UUID, connection_ids: list[UUID]) -> None:
    _, created = queue.enqueue(
        brand_id=brand_id,
        connection_ids=connection_ids,
        trigger=JobTrigger.SCHEDULE,
        priority=SCHEDULED_PRIORITY,
        stop_when_enough=False,
    )
    if not created:  # another job was committed since the connections were read, and may not read them
        SourceConnection.objects.filter(id__in=connection_ids).update(scheduled_on=None)


_IS_READABLE = """s.enabled AND NOT EXISTS (
    SELECT 1 FROM evidence_ingestionjob j WHERE j.brand_id = s.brand_id AND j.status IN ('pending', 'running'))"""
