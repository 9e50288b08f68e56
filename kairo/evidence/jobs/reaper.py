"""Rescues ingestion jobs whose worker is gone, ends those past their deadline, and repeats lost wake-ups.

Safe to run from many places at once, and to be killed anywhere: rows are picked and changed in one statement that
skips what another sweep, or an ending step, has locked.
"""

from __future__ import annotations

import logging

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.evidence.jobs import dispatch
from kairo.evidence.jobs.finishing import tell
from kairo.jobs import broker
from kairo.observability import metrics

logger = logging.getLogger(__name__)

BATCH = 100  # rows a transaction: locks stay short
LOST_AFTER_S = 60.0  # a wake-up that was sent and led to nothing


def release_stale_ingestions() -> int:
    """One sweep. The number of jobs it took from workers that were gone, or ended since nobody finished them."""
    taken = 0
    for step in (_rescue, _end):
        while found := retry_on_serialization_failure(step):
            taken += found
            if found < BATCH:
                break
    _resend_lost_wake_ups()
    return taken


def _rescue() -> int:
    rows = fetch(_RESCUE, {"limit": BATCH})
    for row in rows:
        metrics.count("ingestion_rescued")
        logger.warning("ingestion job %s: its worker %s is gone, due again", row["id"], row["locked_by"])
    return len(rows)


def _end() -> int:
    with transaction.atomic():
        rows = fetch(_END, {"limit": BATCH})
        for row in rows:
            tell(row)
    for row in rows:
        metrics.count("ingestion_given_up")
        logger.error("ingestion job %s given up: %s", row["id"], row["error_code"])
    return len(rows)


def _resend_lost_wake_ups() -> None:
    if not broker.is_there():
        return
    for row in fetch(_TAKE_UNSENT, {"lost_after_s": LOST_AFTER_S, "limit": BATCH}):
        try:
            dispatch.send_wakeup(job_id=row["id"])
        except broker.Unreachable as error:
            logger.warning("wake-ups wait for Redis: %s", error)
            dispatch.mark_undispatched(job_id=row["id"])


_RESCUE = """
WITH stale AS MATERIALIZED (
    SELECT id FROM evidence_ingestionjob
    WHERE status = 'running' AND lease_expires_at < (SELECT clock_timestamp())
      AND deadline_at > (SELECT clock_timestamp()) AND attempts < max_attempts AND cancel_requested_at IS NULL
    ORDER BY lease_expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE evidence_ingestionjob j
SET status = 'pending', stage = 'queued', lease_token = NULL, lease_expires_at = NULL, dispatched_at = NULL,
    death_count = death_count + 1, available_at = clock_timestamp(), updated_at = clock_timestamp()
FROM stale WHERE j.id = stale.id
RETURNING j.id, j.locked_by
"""

_END = """
WITH stale AS MATERIALIZED (
    SELECT id, clock_timestamp() AS at FROM evidence_ingestionjob
    WHERE status IN ('pending', 'running')
      AND (deadline_at < (SELECT clock_timestamp())
           OR lease_expires_at < (SELECT clock_timestamp())
              AND (attempts >= max_attempts OR cancel_requested_at IS NOT NULL))
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE evidence_ingestionjob j
SET status = CASE WHEN cancel_requested_at IS NULL THEN 'failed' ELSE 'cancelled' END,
    error_code = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
                      WHEN deadline_at < at THEN 'stuck_job_timeout' ELSE 'worker_died' END,
    error_detail = 'nobody finished it in time', stage = 'done',
    death_count = death_count + (lease_token IS NOT NULL)::int,
    lease_token = NULL, lease_expires_at = NULL, finished_at = at, updated_at = at
FROM stale WHERE j.id = stale.id
RETURNING j.id, j.brand_id, j.awaited_by, j.error_code
"""

_TAKE_UNSENT = """
WITH unsent AS MATERIALIZED (
    SELECT id FROM evidence_ingestionjob
    WHERE status = 'pending' AND available_at <= clock_timestamp()
      AND (dispatched_at < clock_timestamp() - make_interval(secs => %(lost_after_s)s)
           -- Not noted as sent: lost, unless it is being sent at this moment.
           OR dispatched_at IS NULL AND updated_at < clock_timestamp() - interval '1 second')
    ORDER BY available_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE evidence_ingestionjob j SET dispatched_at = clock_timestamp() FROM unsent WHERE j.id = unsent.id
RETURNING j.id
"""
