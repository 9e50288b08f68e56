"""Rescues jobs whose worker is gone, and repeats what was lost after a commit.

Safe to run from many places at once, and to be killed anywhere: rows are picked and changed in one statement that
skips what another sweep, or an ending attempt, has locked.
"""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero.enums import GenerationErrorCode
from kairo.hero.jobs import dispatch
from kairo.hero.jobs.error_board import create_error_board
from kairo.hero.models import OpportunitiesBoard
from kairo.jobs import broker
from kairo.observability import metrics
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

BATCH = 100  # rows a transaction: locks stay short
CERTAINLY_LOST_AFTER_S = 60.0


def release_stale_jobs() -> int:
    """One sweep. The number of jobs it took from workers that were gone, stuck or asked to stop.

    A job with attempts left goes back to pending, due at once; one without is failed, with its error board.
    Pending jobs that were tried, and that nobody finished in time, are failed too. Then the wake-ups that
    were lost are sent again, as far as Redis answers.
    """
    taken = 0
    for step in (_stop_cancelled, _rescue, _fail_stuck, _fail_overdue):
        while found := retry_on_serialization_failure(step):
            taken += found
            if found < BATCH:
                break
    _resend_lost_wake_ups()
    return taken


def _stop_cancelled() -> int:
    return len(fetch(_STALE_CANCELLED, _params()))


def _rescue() -> int:
    rows = fetch(_STALE_WITH_ATTEMPTS_LEFT, _params())
    for row in rows:
        with bound(job_id=row["id"], brand_id=row["brand_id"], worker_id=row["locked_by"], attempt=row["attempts"]):
            metrics.count("job_rescued")
            logger.warning("its worker is gone: due again")
    _wake(rows)
    return len(rows)


def _fail_stuck() -> int:
    return _give_up(_STALE_OUT_OF_ATTEMPTS)


def _fail_overdue() -> int:
    return _give_up(_OVERDUE_PENDING)


def _give_up(sql: str) -> int:
    with transaction.atomic():
        rows = fetch(sql, _params())
        for row in rows:
            _create_error_board_for_stuck_job(row)
    for row in rows:
        with bound(job_id=row["id"], brand_id=row["brand_id"], worker_id=row["locked_by"], attempt=row["attempts"]):
            metrics.count("job_given_up")
            logger.error("given up: %s", row["error_code"])
    return len(rows)


def _create_error_board_for_stuck_job(failed: dict[str, Any]) -> OpportunitiesBoard:
    """The board of a job that the sweep has just failed, in the same transaction."""
    return create_error_board(
        brand_id=failed["brand_id"],
        job_id=failed["id"],
        attempts=failed["attempts"],
        error_code=GenerationErrorCode(failed["error_code"]),
        last_worker=failed["locked_by"],
    )


def _resend_lost_wake_ups() -> None:
    """Wakes workers for due jobs whose wake-up was lost.

    The broker holds a message until whoever heard it has done what was due. As long as it holds as many as there are
    jobs to run, or enough to wake everybody, none is lost, and a long queue is not sent again and again.
    """
    (to_run,) = fetch(_TO_RUN, {})
    if not broker.is_there() or not to_run["due"]:
        return
    try:
        held = broker.held(queues=(dispatch.USER_QUEUE, dispatch.SCHEDULED_QUEUE))
    except broker.Unreachable as error:
        logger.warning("wake-ups wait for Redis: %s", error)
        return
    enough = held >= min(to_run["due"] + to_run["running"], dispatch.MAX_PENDING_WAKEUPS)
    lost_after_s = CERTAINLY_LOST_AFTER_S if enough else settings.JOB_REDISPATCH_S
    if sent := _wake(fetch(_TAKE_UNSENT, {"lost_after_s": lost_after_s, "limit": dispatch.MAX_PENDING_WAKEUPS})):
        logger.info("%d wake-ups sent again", sent)


def _wake(jobs: list[dict[str, Any]]) -> int:
    """Sends the wake-ups of jobs that are noted as sent already; takes the note back where Redis fails."""
    for number, job in enumerate(jobs):
        try:
            dispatch.send_wakeup(job_id=job["id"], priority=job["priority"])
        except broker.Unreachable as error:
            logger.warning("wake-ups wait for Redis: %s", error)
            dispatch.mark_undispatched([job["id"] for job in jobs[number:]])
            return number
    return len(jobs)


def _params() -> dict[str, Any]:
    return {"limit": BATCH, "ceiling_s": settings.JOB_CEILING_S}


# A lease never reaches past the deadline. So one that still ran when the deadline came belongs to a worker that
# lives and hangs, and one that ended before it to a worker that died. Rows written by hand may say it otherwise:
# locked longer than the ceiling is stuck, whatever the lease says.
_STALE = """
    SELECT id, status, clock_timestamp() AS at,
           lease_expires_at < least(deadline_at, locked_at + make_interval(secs => %(ceiling_s)s)) AS died
    FROM hero_opportunitiesjob
    WHERE status = 'running' AND /*which*/
      AND (lease_expires_at < (SELECT clock_timestamp())
           OR deadline_at < (SELECT clock_timestamp())
           OR locked_at < (SELECT clock_timestamp()) - make_interval(secs => %(ceiling_s)s))
    ORDER BY lease_expires_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
"""

_STALE_CANCELLED = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", "cancel_requested_at IS NOT NULL")}), ended AS (
    UPDATE hero_opportunitiesjob j
    SET status = 'cancelled', error_code = 'cancelled', lease_token = NULL, lease_expires_at = NULL,
        finished_at = at, updated_at = at
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.attempts, j.locked_by, stale.at
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, at)
    SELECT id, 'cancelled', attempts, locked_by, at FROM ended
)
SELECT id FROM ended
"""  # noqa: S608  made of constants

_STALE_WITH_ATTEMPTS_LEFT = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", "cancel_requested_at IS NULL AND attempts < max_attempts")}
), rescued AS (
    UPDATE hero_opportunitiesjob j
    SET status = 'pending', stage = 'queued', lease_token = NULL, lease_expires_at = NULL,
        death_count = death_count + died::int, available_at = at, updated_at = at, dispatched_at = at,
        deadline_at = at + make_interval(secs => %(ceiling_s)s)
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.priority, j.attempts, j.locked_by, stale.at, died
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, 'rescued', attempts, locked_by,
           CASE WHEN died THEN 'worker_died' ELSE 'stuck_job_timeout' END, at FROM rescued
)
SELECT id, brand_id, priority, attempts, locked_by FROM rescued
"""  # noqa: S608  made of constants

_GIVE_UP = """
), failed AS (
    UPDATE hero_opportunitiesjob j
    SET status = 'failed', lease_token = NULL, lease_expires_at = NULL, finished_at = at, updated_at = at,
        death_count = death_count + died::int,
        error_code = CASE WHEN died AND death_count + 1 >= max_attempts THEN 'worker_died'
                          ELSE 'stuck_job_timeout' END,
        error_detail = 'nobody finished it in time'
    FROM stale WHERE j.id = stale.id
    RETURNING j.id, j.brand_id, j.attempts, j.locked_by, j.error_code, stale.at
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, 'failed', attempts, locked_by, error_code, at FROM failed
)
SELECT id, brand_id, attempts, locked_by, error_code FROM failed
"""

_STALE_OUT_OF_ATTEMPTS = f"""
WITH stale AS MATERIALIZED ({_STALE.replace("/*which*/", "cancel_requested_at IS NULL AND attempts >= max_attempts")}
{_GIVE_UP}"""

# Never started ones stay: no attempt of theirs was wasted, and whoever starts them gives them a new deadline.
_OVERDUE_PENDING = f"""
WITH stale AS MATERIALIZED (
    SELECT id, clock_timestamp() AS at, FALSE AS died FROM hero_opportunitiesjob
    WHERE status = 'pending' AND attempts > 0 AND deadline_at < (SELECT clock_timestamp())
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
{_GIVE_UP}"""  # noqa: S608  made of constants

_TO_RUN = """
SELECT count(*) FILTER (WHERE status = 'pending' AND available_at <= clock_timestamp()) AS due,
       count(*) FILTER (WHERE status = 'running') AS running
FROM hero_opportunitiesjob WHERE status IN ('pending', 'running')
"""

_TAKE_UNSENT = """
WITH unsent AS MATERIALIZED (
    SELECT id FROM hero_opportunitiesjob
    WHERE status = 'pending' AND available_at <= clock_timestamp()
      AND (dispatched_at < clock_timestamp() - make_interval(secs => %(lost_after_s)s)
           -- Not noted as sent: lost, unless it is being sent at this moment.
           OR dispatched_at IS NULL AND updated_at < clock_timestamp() - interval '1 second')
    ORDER BY priority DESC, turn_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE hero_opportunitiesjob j SET dispatched_at = clock_timestamp() FROM unsent WHERE j.id = unsent.id
RETURNING j.id, j.priority
"""
