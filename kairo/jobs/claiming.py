"""Taking a job, keeping its lease, and giving the job back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs.dispatch import dispatch_on_commit
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Ending, Heartbeat, Lease, LeaseLost, LeaseState


def claim_next(kind: JobKind[Any], *, worker_id: str) -> Lease | None:
    """The job that comes first, now running under a fresh lease; None when none is due."""
    return next(iter(claim_together(kind, worker_id=worker_id, wanted=1)), None)


def claim_together(kind: JobKind[Any], *, worker_id: str, wanted: int) -> list[Lease]:
    """At most `wanted` jobs, in the order that as many calls of `claim_next` would claim them, in one statement.

    First come running jobs whose lease ran out, then due ones in the order of run_order.py. Locked rows are skipped.
    """
    return _claim(kind, _CLAIM_NEXT, worker_id=worker_id, wanted=wanted)


def claim(kind: JobKind[Any], *, job_id: UUID, worker_id: str) -> Lease | None:
    """This job, now running under a fresh lease; None when it is not due, or is running.

    Waits while another transaction has the row locked, so that the wake-up for it is not wasted.
    """
    return next(iter(_claim(kind, _CLAIM_ONE, worker_id=worker_id, job_id=job_id)), None)


def heartbeat(kind: JobKind[Any], beats: Iterable[Heartbeat]) -> dict[UUID, LeaseState]:
    """Renews leases up to their jobs' deadlines, in one statement. The state of each, by token."""
    sent = list(beats)
    params = kind.params(
        tokens=[beat.lease.token for beat in sent],
        jobs=[beat.lease.job_id for beat in sent],
        stages=[beat.stage for beat in sent],
        percents=[beat.percent for beat in sent],
    )
    rows = retry_on_serialization_failure(lambda: fetch(kind.sql(_HEARTBEAT), params))
    renewed = {
        row["token"]: LeaseState.CANCEL_REQUESTED if row["cancel_requested"] else LeaseState.HELD for row in rows
    }
    return {beat.lease.token: renewed.get(beat.lease.token, LeaseState.LOST) for beat in sent}


def fence(kind: JobKind[Any], *, lease: Lease) -> None:
    """Locks the job's row until the caller's transaction ends: it commits as the lease's holder, or not at all.

    Raises:
        LeaseLost
    """
    if not fetch(kind.sql(_FENCE), {"job_id": lease.job_id, "token": lease.token}):
        raise LeaseLost


def release(kind: JobKind[Any], *, lease: Lease, dispatch: bool = True) -> Ending:
    """Gives the job back as if this attempt had not been: it costs none, and the job is due at once.

    Without `dispatch` no wake-up is sent before the next reaper.
    """
    params = kind.params(job_id=lease.job_id, token=lease.token, attempt=lease.attempt, worker_id=lease.worker_id)
    if not retry_on_serialization_failure(lambda: fetch(kind.sql(_RELEASE), params)):
        return Ending.FENCED
    if dispatch:
        dispatch_on_commit(kind, job_id=lease.job_id, priority=lease.priority)
    return Ending.RELEASED


def reschedule(kind: JobKind[Any], *, lease: Lease, delay_s: float, stage: str) -> Ending:
    """Gives the job back to go on after `delay_s`, or at `make_due`. It costs no attempt, and takes a new turn.

    FENCED also when the job's cancellation was requested: `stop_cancelled` ends it then.
    """
    params = kind.params(
        job_id=lease.job_id,
        token=lease.token,
        tenant_id=lease.tenant_id,
        attempt=lease.attempt,
        worker_id=lease.worker_id,
        delay_s=delay_s,
        stage=stage,
    )
    if not retry_on_serialization_failure(lambda: fetch(kind.sql(_RESCHEDULE), params)):
        return Ending.FENCED
    if delay_s <= 0:
        dispatch_on_commit(kind, job_id=lease.job_id, priority=lease.priority)
    return Ending.RESCHEDULED


def _claim(kind: JobKind[Any], sql: str, **values: Any) -> list[Lease]:
    params = kind.params(**values)
    return [Lease(**row) for row in retry_on_serialization_failure(lambda: fetch(kind.sql(sql), params))]


# One statement, so that picking, taking and logging are one. The locked row is read again after the lock was got: a
# competitor's claim, committed a moment earlier, makes it fall out. A lease that still ran when the deadline came
# belongs to a worker that hangs; one that ended before belongs to a worker that died.
#
# Rows are named in an array, and brands are looked up one by one: the plan, made once for any number wanted, expects a
# tenth of all pending jobs, and would read the tables whole.
_TAKE = """
claimed AS (
    UPDATE {jobs} j
    SET status = 'running', attempts = j.attempts + 1, lease_token = gen_random_uuid(),
        deadline_at = CASE WHEN %(deadline_per_attempt)s
            THEN now.at + make_interval(secs => %(deadline_s)s) ELSE j.deadline_at END,
        lease_expires_at = least(
            now.at + make_interval(secs => %(lease_s)s),
            CASE WHEN %(deadline_per_attempt)s
                THEN now.at + make_interval(secs => %(deadline_s)s) ELSE j.deadline_at END),
        death_count = j.death_count
            + CASE WHEN j.id = ANY (picked.lost) AND j.lease_expires_at < j.deadline_at THEN 1 ELSE 0 END,
        locked_by = %(worker_id)s, locked_at = now.at, started_at = coalesce(j.started_at, now.at),
        turn_at = coalesce((SELECT p.turn_at FROM picked p WHERE p.id = j.id), j.turn_at),
        stage = coalesce(%(first_stage)s::text, j.stage), updated_at = now.at
    FROM (SELECT array_agg(id) AS ids, array_agg(id) FILTER (WHERE taken_over) AS lost FROM picked) picked,
         (SELECT clock_timestamp() AS at) now
    WHERE j.id = ANY (picked.ids)
    RETURNING j.*, j.id = ANY (picked.lost) AS taken_over
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, at)
    SELECT id, CASE WHEN taken_over THEN 'taken_over' ELSE 'claimed' END, attempts, locked_by, locked_at FROM claimed
)
SELECT id AS job_id, brand_id, (SELECT b.tenant_id FROM core_brand b WHERE b.id = brand_id), lease_token AS token,
       attempts AS attempt, max_attempts, locked_by AS worker_id, trigger, priority, request_id,
       locked_at AS claimed_at, deadline_at
FROM claimed ORDER BY taken_over DESC NULLS LAST, turn_at, priority DESC, id
"""

# `turns` are the earliest due ones, `best` the jobs that use them: as many of each tenant as it has turns, by priority.
# Nearly always these are the same rows; where not, the ones that are passed over get the turns of the others.
# A job without a tenant was written by a release that knew none: it uses its own turn.
_CLAIM_NEXT = f"""
WITH lost AS MATERIALIZED (
    SELECT id FROM {{jobs}}
    WHERE status = 'running' AND lease_expires_at < (SELECT clock_timestamp())
      AND attempts < max_attempts AND cancel_requested_at IS NULL
      AND (%(deadline_per_attempt)s OR deadline_at > (SELECT clock_timestamp()))
    ORDER BY lease_expires_at LIMIT %(wanted)s FOR UPDATE SKIP LOCKED
),
turns AS MATERIALIZED (
    SELECT id, tenant_id, turn_at FROM {{jobs}}
    WHERE status = 'pending' AND available_at <= (SELECT clock_timestamp())
      AND (%(deadline_per_attempt)s OR deadline_at > (SELECT clock_timestamp()))
    ORDER BY turn_at, priority DESC, id
    LIMIT %(wanted)s - (SELECT count(*) FROM lost) FOR UPDATE SKIP LOCKED
),
best AS MATERIALIZED (
    SELECT first.id, first.turn_at, share.tenant_id, row_number() OVER (PARTITION BY share.tenant_id) AS number
    FROM (SELECT tenant_id, count(*) AS turns FROM turns WHERE tenant_id IS NOT NULL GROUP BY tenant_id) share
    CROSS JOIN LATERAL (
        SELECT id, turn_at FROM {{jobs}}
        WHERE status = 'pending' AND tenant_id = share.tenant_id AND available_at <= (SELECT clock_timestamp())
          AND (%(deadline_per_attempt)s OR deadline_at > (SELECT clock_timestamp()))
        ORDER BY priority DESC, id LIMIT share.turns FOR UPDATE SKIP LOCKED
    ) first
),
numbered AS (
    SELECT id, turn_at, tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY turn_at, id) AS number FROM turns
),
passed_over AS (
    SELECT unused.id, freed.turn_at
    FROM (SELECT id, tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY turn_at, id) AS number FROM turns
          WHERE tenant_id IS NOT NULL AND id NOT IN (SELECT id FROM best)) unused
    JOIN (SELECT turn_at, tenant_id, row_number() OVER (PARTITION BY tenant_id ORDER BY turn_at, id) AS number FROM best
          WHERE id NOT IN (SELECT id FROM turns)) freed USING (tenant_id, number)
),
moved AS (
    UPDATE {{jobs}} j SET turn_at = (SELECT p.turn_at FROM passed_over p WHERE p.id = j.id)
    WHERE j.id = ANY (ARRAY(SELECT id FROM passed_over))
),
picked AS (
    SELECT id, TRUE AS taken_over, NULL::timestamptz AS turn_at FROM lost
    UNION ALL SELECT best.id, FALSE, numbered.turn_at FROM best JOIN numbered USING (tenant_id, number)
    UNION ALL SELECT id, FALSE, turn_at FROM turns WHERE tenant_id IS NULL
), {_TAKE}"""  # noqa: S608  made of constants

# Claimed out of its order it uses the earliest due turn, so that later jobs are not put behind a turn far ahead.
_CLAIM_ONE = f"""
WITH picked AS MATERIALIZED (
    SELECT id, lease_token IS NOT NULL AS taken_over, least(turn_at, (
               SELECT first.turn_at FROM {{jobs}} first
               WHERE first.status = 'pending' AND first.available_at <= (SELECT clock_timestamp())
               ORDER BY first.turn_at, first.priority DESC, first.id LIMIT 1)) AS turn_at
    FROM {{jobs}}
    WHERE id = %(job_id)s AND finished_at IS NULL
      AND (%(deadline_per_attempt)s OR deadline_at > (SELECT clock_timestamp()))
      AND CASE WHEN lease_token IS NULL THEN available_at <= (SELECT clock_timestamp())
               ELSE lease_expires_at < (SELECT clock_timestamp())
                    AND attempts < max_attempts AND cancel_requested_at IS NULL END
    FOR UPDATE
), {_TAKE}"""  # noqa: S608  made of constants

_HEARTBEAT = """
UPDATE {jobs} j
SET lease_expires_at = least(clock_timestamp() + make_interval(secs => %(lease_s)s), j.deadline_at),
    stage = beat.stage, percent = greatest(j.percent, beat.percent), updated_at = clock_timestamp()
FROM unnest(%(jobs)s::uuid[], %(tokens)s::uuid[], %(stages)s::text[], %(percents)s::int[])
     AS beat(job_id, token, stage, percent)
WHERE j.id = beat.job_id AND j.lease_token = beat.token
  AND j.deadline_at > clock_timestamp()
RETURNING beat.token, j.cancel_requested_at IS NOT NULL AS cancel_requested
"""

_FENCE = "SELECT id FROM {jobs} WHERE id = %(job_id)s AND lease_token = %(token)s FOR NO KEY UPDATE"

_RELEASE = """
WITH released AS (
    UPDATE {jobs}
    SET status = 'pending', attempts = greatest(attempts - 1, 0), stage = 'queued',
        lease_token = NULL, lease_expires_at = NULL, dispatched_at = NULL,
        available_at = clock_timestamp(), updated_at = clock_timestamp(),
        deadline_at = CASE WHEN %(deadline_per_attempt)s
            THEN clock_timestamp() + make_interval(secs => %(deadline_s)s) ELSE deadline_at END
    WHERE id = %(job_id)s AND lease_token = %(token)s
    RETURNING id
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, at)
    SELECT id, 'released', %(attempt)s, %(worker_id)s, clock_timestamp() FROM released
)
SELECT id FROM released
"""

_RESCHEDULE = """
WITH rescheduled AS (
    UPDATE {jobs}
    SET status = 'pending', attempts = greatest(attempts - 1, 0), stage = %(stage)s,
        lease_token = NULL, lease_expires_at = NULL, dispatched_at = NULL, updated_at = clock_timestamp(),
        available_at = clock_timestamp() + make_interval(secs => %(delay_s)s),
        turn_at = {run_order}(%(tenant_id)s),
        deadline_at = CASE WHEN %(deadline_per_attempt)s
            THEN clock_timestamp() + make_interval(secs => %(delay_s)s + %(deadline_s)s) ELSE deadline_at END
    WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NULL
    RETURNING id
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, 'released', %(attempt)s, %(worker_id)s, 'rescheduled', clock_timestamp() FROM rescheduled
)
SELECT id FROM rescheduled
"""
