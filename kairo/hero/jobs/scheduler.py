"""Regenerates a brand's board from stored evidence once a day, at the hour of its schedule."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from kairo.core.enums import JobTrigger
from kairo.hero.jobs import queue
from kairo.hero.models import RefreshSchedule
from kairo.jobs import daily
from kairo.jobs.kind import SCHEDULED_PRIORITY


def refresh_daily(*, brand_id: UUID, hour: int, time_zone: str) -> None:
    """Sets the brand's schedule: daily at `hour` o'clock in `time_zone`, from the next such time on.

    Raises:
        Invalid: there is no such hour or time zone.
    """
    with daily.valid_schedule(hour=hour, time_zone=time_zone):
        RefreshSchedule.objects.bulk_create(
            [RefreshSchedule(brand_id=brand_id, hour=hour, time_zone=time_zone)],
            update_conflicts=True,
            unique_fields=["brand"],
            update_fields=["hour", "time_zone", "updated_at"],
        )


def stop_refreshing(*, brand_id: UUID) -> bool:
    """Deletes the brand's schedule; returns whether there was one."""
    return RefreshSchedule.objects.filter(brand_id=brand_id).delete()[0] > 0


def enqueue_due_refreshes(*, at: datetime | None = None) -> int:
    """Enqueues the due refreshes and returns their number. A brand's active job, if there is one, is the refresh."""
    return daily.enqueue_due(RefreshSchedule, enqueue=_enqueue, at=at)


def _enqueue(brand_id: UUID, _schedule_ids: list[UUID]) -> None:
    queue.enqueue(brand_id=brand_id, trigger=JobTrigger.SCHEDULE, priority=SCHEDULED_PRIORITY)
