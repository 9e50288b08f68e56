"""Daily refreshes: at its hour a brand's board is made again from stored evidence, once a day."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import DataError, transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, Invalid
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero.jobs import queue
from kairo.hero.models import RefreshSchedule, RefreshSlot
from kairo.jobs.kind import SCHEDULED_PRIORITY

_BATCH = 50


def refresh_daily(*, brand_id: UUID, hour: int, time_zone: str) -> None:
    """From the next time that it is `hour` o'clock in `time_zone`; replaces what was set before.

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
    """Whether there was a schedule to stop."""
    return RefreshSchedule.objects.filter(brand_id=brand_id).delete()[0] > 0


def enqueue_due_refreshes(*, at: datetime | None = None) -> int:
    """Enqueues the refreshes that are due and not yet made; how many. `at` is now by the database's clock.

    A day's refresh is due from its hour to the end of that day, by the clock on the wall there. An hour that a
    change of clocks skips is due when the clock is past it; one that comes twice, the first time. The slot's row
    and the job are one transaction: whoever inserts the row enqueues, and nobody else does.
    """
    made = 0
    while found := retry_on_serialization_failure(lambda: _enqueue_batch(at)):
        made += found
        if found < _BATCH:
            break
    return made


def _enqueue_batch(at: datetime | None) -> int:
    with transaction.atomic():
        slots = fetch(_TAKE_SLOTS, {"at": at, "limit": _BATCH})
        for slot in slots:
            with suppress(BrandArchived):  # since the slots were taken
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
SELECT s.brand_id, wall.clock::date
FROM hero_refreshschedule s
JOIN core_brand b ON b.id = s.brand_id AND b.archived_at IS NULL
CROSS JOIN LATERAL (
    SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE s.time_zone AS clock
) wall
WHERE extract(hour FROM wall.clock) >= s.hour
  AND s.updated_at AT TIME ZONE s.time_zone <= wall.clock::date + make_interval(hours => s.hour)
  AND NOT EXISTS (
      SELECT 1 FROM hero_refreshslot taken WHERE taken.brand_id = s.brand_id AND taken.day = wall.clock::date)
LIMIT %(limit)s
ON CONFLICT (brand_id, day) DO NOTHING
RETURNING id, brand_id
"""
