"""Takes jobs from workers that are gone, and sends wake-ups that were lost.

Safe to run from many places at once, and to be killed anywhere: rows are picked and changed in one statement that
skips rows that another reaper, or an ending attempt, has locked.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from kairo.db.sql import fetch, run_in_batches
from kairo.jobs import broker, dispatch
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import EndedJob
from kairo.observability import metrics
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

BATCH = 100  # rows a transaction: locks stay short
CERTAINLY_LOST_AFTER_S = 60.0


def reap_stale_jobs(kind: JobKind[Any]) -> int:
    """One pass. The number of jobs it took from workers that were gone, stuck or asked to stop.

    A job with attempts left goes back to pending, due at once; one without fails. A pending job past its deadline
    fails too if it was tried before, or if the deadline is that of the whole job. Then lost wake-ups are sent, as far
    as the broker answers.
    """
    taken = 0
    for step in (_stop_cancelled, _rescue, _fail_stuck, _end_overdue):
        taken += run_in_batches(partial(step, kind), size=BATCH)
    _resend_lost_wakeups(kind)
    return taken


def _stop_cancelled(kind: JobKind[Any]) -> int:
    with transaction.atomic():
        rows = fetch(kind.sql(_STALE_CANCELLED), kind.params(limit=BATCH))
        for row in rows:
            kind.on_end(EndedJob(**row))
    return len(rows)


def _rescue(kind: JobKind[Any]) -> int:
    rows = fetch(kind.sql(_STALE_WITH_ATTEMPTS_LEFT), kind.params(limit=BATCH))
    for row in rows:
        with bound(job_id=row["id"], brand_id=row["brand_id"], worker_id=row["locked_by"], attempt=row["attempts"]):
            metrics.count(kind.metric("rescued"))
            logger.warning("its worker is gone: due again")
    _send_wakeups(kind, rows)
    return len(rows)


def _fail_stuck(kind: JobKind[Any]) -> int:
    return _give_up(kind, _STALE_OUT_OF_ATTEMPTS)


def _end_overdue(kind: JobKind[Any]) -> int:
    return _give_up(kind, _OVERDUE_PENDING)


def _give_up(kind: JobKind[Any], sql: str) -> int:
    with transaction.atomic():
        ended = [EndedJob(**row) for row in fetch(kind.sql(sql), kind.params(limit=BATCH))]
        for job in ended:
            kind.on_end(job)
    for job in ended:
        with bound(job_id=job.job_id, brand_id=job.brand_id, worker_id=job.worker_id, attempt=job.attempts):
            metrics.count(kind.metric("given_up"))
            logger.error("given up: %s", job.error_code)
    return len(ended)


def _resend_lost_wakeups(kind: JobKind[Any]) -> None:
    """Wakes workers for due jobs whose wake-up was lost.

    The broker has a message until its receiver has run what was due. While it has as many as there are jobs to run, or
    enough to wake every thread, none is lost, and a long queue is not sent again and again.
    """
    (to_run,) = fetch(kind.sql(_TO_RUN), {})
    if not broker.is_configured() or not to_run["due"]:
        return
    try:
        in_flight = broker.in_flight_count(queues=kind.queues)
    except broker.Unreachable as error:
        logger.warning("wake-ups wait for Redis: %s", error)
        return
    enough = in_flight >= min(to_run["due"] + to_run["running"], dispatch.MAX_PENDING_WAKEUPS)
    lost_after_s = CERTAINLY_LOST_AFTER_S if enough else settings.JOB_REDISPATCH_S
    unsent = fetch(kind.sql(_TAKE_UNSENT), {"lost_after_s": lost_after_s, "limit": dispatch.MAX_PENDING_WAKEUPS})
    if sent := _send_wakeups(kind, unsent):
        logger.info("%d wake-ups sent again", sent)


def _send_wakeups(kind: JobKind[Any], jobs: list[dict[str, Any]]) -> int:
    """Sends the wake-ups of jobs that are marked as dispatched; clears the mark of those that the broker refuses."""
    for number, job in enumerate(jobs):
        try:
            dispatch.send_wakeup(kind, job_id=job["id"], priority=job["priority"])
        except broker.Unreachable as error:
            logger.warning("wake-ups wait for Redis: %s", error)
            dispatch.mark_undispatched(kind, [job["id"] for job in jobs[number:]])
            return number
    return len(jobs)


# A lease never reaches past the deadline. So one that still ran when the deadline came belongs to a worker that lives
# and hangs, and one that ended before it to a worker that died. Rows written by hand may say it otherwise: locked
# longer than the deadline allows is stuck, whatever the lease says.
_STALE = """
    SELECT id, clock_timestamp() AS at,
           lease_expires_at < least(deadline_at, locked_at + make_interval(secs => %(deadline_s)s)) AS died
    FROM {jobs}
    WHERE status = 'running' AND /*which*/
      AND (lease_expires_at < (SELECT clock_timestamp())
           OR deadline_at < (SELECT clock_timestamp())
           OR locked_at < (SELECT clock_timestamp()) - make_interval(secs => %(deadline_s)s))
    ORDER BY lease_expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""

_STALE_CANCELLED = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", "cancel_requested_at IS NOT NULL")}), ended AS (
    UPDATE {{jobs}} j
    SET status = 'cancelled', error_code = 'cancelled', stage = coalesce(%(ended_stage)s::text, stage),
        lease_token = NULL, lease_expires_at = NULL, finished_at = at, updated_at = at
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.status, j.attempts, j.locked_by, j.error_code, stale.at
), logged AS (
    INSERT INTO {{events}} (job_id, kind, attempt, worker_id, at)
    SELECT id, 'cancelled', attempts, locked_by, at FROM ended
)
SELECT id AS job_id, brand_id, status, attempts, locked_by AS worker_id, error_code FROM ended
"""  # noqa: S608  made of constants

# A job whose own deadline has passed is not due again.
_ATTEMPTS_LEFT = """cancel_requested_at IS NULL AND attempts < max_attempts
      AND (%(deadline_per_attempt)s OR deadline_at > (SELECT clock_timestamp()))"""
_NO_ATTEMPTS_LEFT = """cancel_requested_at IS NULL
      AND (attempts >= max_attempts OR NOT %(deadline_per_attempt)s AND deadline_at < (SELECT clock_timestamp()))"""

_STALE_WITH_ATTEMPTS_LEFT = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", _ATTEMPTS_LEFT)}), rescued AS (
    UPDATE {{jobs}} j
    SET status = 'pending', stage = 'queued', lease_token = NULL, lease_expires_at = NULL,
        death_count = death_count + died::int, available_at = at, updated_at = at, dispatched_at = at,
        deadline_at = CASE WHEN %(deadline_per_attempt)s
            THEN at + make_interval(secs => %(deadline_s)s) ELSE deadline_at END
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.priority, j.attempts, j.locked_by, stale.at, died
), logged AS (
    INSERT INTO {{events}} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, 'rescued', attempts, locked_by,
           CASE WHEN died THEN 'worker_died' ELSE 'stuck_job_timeout' END, at FROM rescued
)
SELECT id, brand_id, priority, attempts, locked_by FROM rescued
"""  # noqa: S608  made of constants

# A turn that was not used is given up: the order of later jobs does not count it.
_GIVE_UP = """
), ended AS (
    UPDATE {jobs} j
    SET status = CASE WHEN cancel_requested_at IS NULL THEN 'failed' ELSE 'cancelled' END,
        stage = coalesce(%(ended_stage)s::text, stage),
        turn_at = CASE status WHEN 'pending' THEN 'epoch' ELSE turn_at END,
        lease_token = NULL, lease_expires_at = NULL, finished_at = at, updated_at = at,
        death_count = death_count + died::int,
        error_code = CASE WHEN cancel_requested_at IS NOT NULL THEN 'cancelled'
                          WHEN died AND death_count + 1 >= max_attempts THEN 'worker_died'
                          ELSE 'stuck_job_timeout' END,
        error_detail = 'not finished in time'
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.status, j.attempts, j.locked_by, j.error_code, stale.at
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, status, attempts, locked_by, error_code, at FROM ended
)
SELECT id AS job_id, brand_id, status, attempts, locked_by AS worker_id, error_code FROM ended
"""

_STALE_OUT_OF_ATTEMPTS = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", _NO_ATTEMPTS_LEFT)}
{_GIVE_UP}"""

# A job that was never started stays where the deadline is that of an attempt: its claim gives it a new one.
_OVERDUE_PENDING = f"""
WITH stale AS MATERIALIZED (
    SELECT id, clock_timestamp() AS at, FALSE AS died FROM {{jobs}}
    WHERE status = 'pending' AND (attempts > 0 OR NOT %(deadline_per_attempt)s)
      AND deadline_at < (SELECT clock_timestamp())
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
{_GIVE_UP}"""  # noqa: S608  made of constants

_TO_RUN = """
SELECT count(*) FILTER (WHERE status = 'pending' AND available_at <= clock_timestamp()) AS due,
       count(*) FILTER (WHERE status = 'running') AS running
FROM {jobs} WHERE status IN ('pending', 'running')
"""

_TAKE_UNSENT = """
WITH unsent AS MATERIALIZED (
    SELECT id FROM {jobs}
    WHERE status = 'pending' AND available_at <= clock_timestamp()
      AND (dispatched_at < clock_timestamp() - make_interval(secs => %(lost_after_s)s)
           -- Not marked as sent: lost, unless it is being sent at this moment.
           OR dispatched_at IS NULL AND updated_at < clock_timestamp() - interval '1 second')
    ORDER BY turn_at, priority DESC, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE {jobs} j SET dispatched_at = clock_timestamp() FROM unsent WHERE j.id = unsent.id
RETURNING j.id, j.priority
"""
