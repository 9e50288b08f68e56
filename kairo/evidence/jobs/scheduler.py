from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived
from kairo.db.sql import fetch, run_in_batches
from kairo.evidence.jobs import queue
from kairo.jobs.kind import SCHEDULED_PRIORITY

_BATCH = 50  # brands a transaction


def enqueue_due_readings(*, at: datetime | None = None) -> int:
    """Enqueues one job per brand for its connections whose hour (UTC) has come today; returns the number of jobs.

    `at` defaults to now by the database's clock. A connection's day is written in the transaction that enqueues, so
    that each day is enqueued once. A brand with an active job is left for the next pass.
    """
    return run_in_batches(lambda: _enqueue_batch(at), size=_BATCH)


def _enqueue_batch(at: datetime | None) -> int:
    with transaction.atomic():
        brands = fetch(_TAKE_DUE, {"at": at, "limit": _BATCH})
        for brand in brands:
            with suppress(BrandArchived):  # it was archived after its row was read
                queue.enqueue(
                    brand_id=brand["brand_id"],
                    connection_ids=brand["connection_ids"],
                    trigger=JobTrigger.SCHEDULE,
                    priority=SCHEDULED_PRIORITY,
                    stop_when_enough=False,
                )
    return len(brands)


# A schedule that was set after today's hour begins tomorrow.
_TAKE_DUE = """
WITH clock AS (SELECT coalesce(%(at)s::timestamptz, clock_timestamp()) AT TIME ZONE 'UTC' AS utc),
due AS MATERIALIZED (
    SELECT c.id FROM evidence_sourceconnection c
    JOIN (
        SELECT DISTINCT c.brand_id FROM evidence_sourceconnection c JOIN core_brand b ON b.id = c.brand_id, clock
        WHERE c.enabled AND c.hour <= extract(hour FROM clock.utc) AND b.archived_at IS NULL
          AND (c.scheduled_on IS NULL OR c.scheduled_on < clock.utc::date)
          AND NOT EXISTS (SELECT 1 FROM evidence_ingestionjob j
                          WHERE j.brand_id = c.brand_id AND j.status IN ('pending', 'running'))
        LIMIT %(limit)s
    ) brands ON brands.brand_id = c.brand_id, clock
    WHERE c.enabled AND c.hour <= extract(hour FROM clock.utc)
      AND (c.scheduled_on IS NULL OR c.scheduled_on < clock.utc::date)
    FOR UPDATE OF c SKIP LOCKED
), taken AS (
    UPDATE evidence_sourceconnection c SET scheduled_on = clock.utc::date FROM due, clock WHERE c.id = due.id
    RETURNING c.id, c.brand_id, c.last_read_at
)
SELECT brand_id, array_agg(id ORDER BY last_read_at NULLS FIRST, id) AS connection_ids FROM taken GROUP BY brand_id
"""
