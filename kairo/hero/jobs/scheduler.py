"""Regenerates a brand's board from stored evidence once a day, at the hour of its schedule."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import DataError, transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, Invalid
from kairo.db.sql import fetch, run_in_batches
from kairo.hero.jobs import queue
from kairo.hero.models import RefreshSchedule, RefreshSlot
from kairo.jobs.kind import SCHEDULED_PRIORITY

_BATCH = 50


def refresh_daily(*, brand_id: UUID, hour: int, time_zone: str) -> None:
    """Sets the brand's schedule: daily at `hour` o'clock in `time_zone`, from the next such time on.

    Raises:
        Invalid: there is no such hour or time zone.
    """
    if not 0 <= hour <= 23:
        raise Invalid(f"An hour is 0 to 23, not {hour}.", field="hour")
    try:
        with transaction.atomic():
            fetch(_SET, {"brand_id": brand_id, "hour": hour, "time_zone": time_zone})
    except DataError as error:
        raise Invalid(f"{time_zone!r} is not a time zone that the database knows.", field="time_zone") from error


def stop_refreshing(*, brand_id: UUID) -> bool:
    """Deletes the brand's schedule; returns whether there was one."""
    return RefreshSchedule.objects.filter(brand_id=brand_id).delete()[0] > 0


def enqueue_due_refreshes(*, at: datetime | None = None) -> int:
    """Enqueues the due refreshes and returns their number. `at` defaults to now by the database's clock.

    A day's refresh is due from its hour to the end of that day, by local time. An hour that a change of clocks skips
    is due once local time is past it; an hour that comes twice, the first time. The slot's unique row and the job are
    written in one transaction, so that each slot is enqueued once.
    """
    return run_in_batches(lambda: _enqueue_batch(at), size=_BATCH)


def _enqueue_batch(at: datetime | None) -> int:
    with transaction.atomic():
        slots = fetch(_TAKE_SLOTS, {"at": at, "limit": _BATCH})
        for slot in slots:
            with suppress(BrandArchived):  # it was archived after its slot was taken
                job, _ = queue.enqueue(
                    brand_id=slot["brand_id"], trigger=JobTrigger.SCHEDULE, priority=SCHEDULED_PRIORITY
                )
                RefreshSlot.objects.filter(id=slot["id"]).update(job=job)
    return len(slots)


_SET = """
INSERT INTO hero_refreshschedule (id, brand_id, hour, time_zone)
VALUES (gen_random_uuid(), %(brand_id)s, %(hour)s, %(time_zone)s)
ON CONFLICT (brand_id) DO UPDATE
SET hour = EXCLUDED.hour, time_zone = EXCLUDED.time_zone, updated_at = clock_timestamp()
WHERE (hero_refreshschedule.hour, hero_refreshschedule.time_zone) <> (EXCLUDED.hour, EXCLUDED.time_zone)
"""

# A schedule that was set after today's hour begins tomorrow. Archived brands are left alone.
_TAKE_SLOTS = """
INSERT INTO hero_refreshslot (brand_id, day)
SELECT s.brand_id, local.time::date
FROM hero_refreshschedule s
JOIN core_brand b ON b.id = s.brand_id AND b.archived_at IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE s.time_zone AS time
) local
WHERE extract(hour FROM local.time) >= s.hour
  AND s.updated_at AT TIME ZONE s.time_zone <= local.time::date + make_interval(hours => s.hour)
  AND NOT EXISTS (
      SELECT 1 FROM hero_refreshslot taken WHERE taken.brand_id = s.brand_id AND taken.day = local.time::date)
LIMIT %(limit)s
ON CONFLICT (brand_id, day) DO NOTHING
RETURNING id, brand_id
"""
