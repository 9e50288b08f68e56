"""Taking a job, keeping it, and giving it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero.enums import JobStage
from kairo.hero.jobs.dispatch import dispatch_on_commit
from kairo.hero.jobs.lease import Ending, Lease

SLACK_S = 10.0  # how much later than the first one's the hinted job's turn may be, and be as good


def claim_next(*, worker_id: str, hint: UUID | None = None) -> Lease | None:
    """The job that comes first, now running under a fresh lease; None when none is due.

    First come running jobs whose lease ran out, then due ones by priority and turn. Among those that come about
    equally early, `hint` is taken, so that many workers with a message each do not all reach for the same job.
    """
    return claim_together(worker_id=worker_id, hints=[hint])[0]


def claim_together(*, worker_id: str, hints: Sequence[UUID | None]) -> list[Lease | None]:
    """What as many calls of `claim_next` would claim, in one statement: one for each hint, in their order.

    A hint that is claimed is the answer to itself, and one without a job of its own gets None when none is left.
    """
    leases = _claim(
        _CLAIM_NEXT,
        worker_id=worker_id,
        wanted=len(hints),
        hints=[hint for hint in hints if hint is not None],
        slack_s=SLACK_S,
    )
    own = {lease.job_id: lease for lease in leases if lease.job_id in hints}
    others = iter([lease for lease in leases if lease.job_id not in own])
    return [own.pop(hint, None) if hint in own else next(others, None) for hint in hints]


def claim(*, job_id: UUID, worker_id: str) -> Lease | None:
    """This job, now running under a fresh lease; None when it is not due, or not this worker's to take.

    Waits for whoever has the row locked for a moment, so that the wake-up for it is not wasted.
    """
    return next(iter(_claim(_CLAIM_ONE, worker_id=worker_id, job_id=job_id)), None)


class LeaseState(Enum):
    """What a heartbeat learns about a lease."""

    HELD = "held"
    CANCEL_REQUESTED = "cancel_requested"
    LOST = "lost"


@dataclass(frozen=True, kw_only=True, slots=True)
class Heartbeat:
    """A sign of life of one attempt, and how far it is: percent 0 to 100."""

    lease: Lease
    stage: JobStage
    percent: int


def heartbeat(beats: Iterable[Heartbeat]) -> dict[UUID, LeaseState]:
    """Renews leases up to their jobs' deadlines, in one statement. By token: what became of each."""
    sent = list(beats)
    rows = retry_on_serialization_failure(
        lambda: fetch(
            _HEARTBEAT,
            {
                "tokens": [beat.lease.token for beat in sent],
                "jobs": [beat.lease.job_id for beat in sent],
                "stages": [beat.stage.value for beat in sent],
                "percents": [beat.percent for beat in sent],
                "lease_s": settings.JOB_LEASE_S,
            },
        )
    )
    held = {row["token"]: LeaseState.CANCEL_REQUESTED if row["cancel_requested"] else LeaseState.HELD for row in rows}
    return {beat.lease.token: held.get(beat.lease.token, LeaseState.LOST) for beat in sent}


def release(*, lease: Lease, announce: bool = True) -> Ending:
    """Gives the job back, as if this attempt had not been: it costs none, and the job is due at once.

    Without `announce` nobody is told before the next sweep.
    """
    rows = retry_on_serialization_failure(
        lambda: fetch(
            _RELEASE,
            {
                "job_id": lease.job_id,
                "token": lease.token,
                "attempt": lease.attempt,
                "ceiling_s": settings.JOB_CEILING_S,
                "worker_id": lease.worker_id,
            },
        )
    )
    if not rows:
        return Ending.FENCED
    if announce:
        dispatch_on_commit(job_id=lease.job_id, priority=lease.priority)
    return Ending.RELEASED


def _claim(sql: str, **params: Any) -> list[Lease]:
    lengths = {"lease_s": settings.JOB_LEASE_S, "ceiling_s": settings.JOB_CEILING_S}
    return [Lease(**row) for row in retry_on_serialization_failure(lambda: fetch(sql, {**params, **lengths}))]


# Rows that are named by their id are described by `lease_token` and `finished_at`, which say the same as the status
# (the table's checks see to it): by the status the planner may choose to look for the id among all pending jobs.
#
# One statement, so that picking, taking and telling are one. The locked row is re-read after the lock is got:
# a competitor's claim, committed a moment earlier, makes it fall out. A lease that still ran when the deadline
# came belongs to a worker that hangs; one that ended before belongs to a worker that died.
#
# Rows are named in an array, and brands are looked up one by one: a plan that is made once for all numbers wanted
# takes a tenth of all pending jobs for them, and would read the tables whole.
_TAKE = """
claimed AS (
    UPDATE hero_opportunitiesjob j
    SET status = 'running', attempts = j.attempts + 1, lease_token = gen_random_uuid(),
        lease_expires_at = now.at + make_interval(secs => least(%(lease_s)s, %(ceiling_s)s)),
        deadline_at = now.at + make_interval(secs => %(ceiling_s)s),
        death_count = j.death_count
            + CASE WHEN j.id = ANY (picked.lost) AND j.lease_expires_at < j.deadline_at THEN 1 ELSE 0 END,
        locked_by = %(worker_id)s, locked_at = now.at, started_at = coalesce(j.started_at, now.at),
        stage = 'gathering', updated_at = now.at
    FROM (SELECT array_agg(id) AS ids, array_agg(id) FILTER (WHERE taken_over) AS lost FROM picked) picked,
         (SELECT clock_timestamp() AS at) now
    WHERE j.id = ANY (picked.ids)
    RETURNING j.*, j.id = ANY (picked.lost) AS taken_over
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, at)
    SELECT id, CASE WHEN taken_over THEN 'taken_over' ELSE 'claimed' END, attempts, locked_by, locked_at FROM claimed
)
SELECT id AS job_id, brand_id, (SELECT b.tenant_id FROM core_brand b WHERE b.id = brand_id), lease_token AS token,
       attempts AS attempt, max_attempts, locked_by AS worker_id, trigger, priority, request_id,
       locked_at AS claimed_at, deadline_at
FROM claimed ORDER BY taken_over DESC NULLS LAST, priority DESC, turn_at, id
"""

_CLAIM_NEXT = f"""
WITH lost AS MATERIALIZED (
    SELECT id FROM hero_opportunitiesjob
    WHERE status = 'running' AND lease_expires_at < (SELECT clock_timestamp())
      AND attempts < max_attempts AND cancel_requested_at IS NULL
    ORDER BY lease_expires_at LIMIT %(wanted)s FOR UPDATE SKIP LOCKED
),
hinted AS MATERIALIZED (
    SELECT h.id
    FROM hero_opportunitiesjob h CROSS JOIN LATERAL (
        SELECT first.priority, first.turn_at FROM hero_opportunitiesjob first
        WHERE first.status = 'pending' AND first.available_at <= (SELECT clock_timestamp())
        ORDER BY first.priority DESC, first.turn_at, first.id LIMIT 1
    ) first
    WHERE h.id = ANY (%(hints)s::uuid[]) AND h.lease_token IS NULL AND h.finished_at IS NULL
      AND h.available_at <= (SELECT clock_timestamp())
      AND h.priority >= first.priority AND h.turn_at <= first.turn_at + make_interval(secs => %(slack_s)s)
    LIMIT %(wanted)s - (SELECT count(*) FROM lost) FOR UPDATE OF h SKIP LOCKED
),
due AS MATERIALIZED (
    SELECT id FROM hero_opportunitiesjob
    WHERE status = 'pending' AND available_at <= (SELECT clock_timestamp())
      AND NOT EXISTS (SELECT 1 FROM hinted WHERE hinted.id = hero_opportunitiesjob.id)
    ORDER BY priority DESC, turn_at, id
    LIMIT %(wanted)s - (SELECT count(*) FROM lost) - (SELECT count(*) FROM hinted) FOR UPDATE SKIP LOCKED
),
picked AS (
    SELECT id, TRUE AS taken_over FROM lost
    UNION ALL SELECT id, FALSE FROM hinted
    UNION ALL SELECT id, FALSE FROM due
), {_TAKE}"""  # noqa: S608  made of constants

_CLAIM_ONE = f"""
WITH picked AS MATERIALIZED (
    SELECT id, lease_token IS NOT NULL AS taken_over FROM hero_opportunitiesjob
    WHERE id = %(job_id)s AND finished_at IS NULL
      AND CASE WHEN lease_token IS NULL THEN available_at <= (SELECT clock_timestamp())
               ELSE lease_expires_at < (SELECT clock_timestamp())
                    AND attempts < max_attempts AND cancel_requested_at IS NULL END
    FOR UPDATE
), {_TAKE}"""  # noqa: S608  made of constants

_HEARTBEAT = """
UPDATE hero_opportunitiesjob j
SET lease_expires_at = least(clock_timestamp() + make_interval(secs => %(lease_s)s), j.deadline_at),
    stage = beat.stage, percent = greatest(j.percent, beat.percent), updated_at = clock_timestamp()
FROM unnest(%(jobs)s::uuid[], %(tokens)s::uuid[], %(stages)s::text[], %(percents)s::int[])
     AS beat(job_id, token, stage, percent)
WHERE j.id = beat.job_id AND j.lease_token = beat.token
  AND j.deadline_at > clock_timestamp()
RETURNING beat.token, j.cancel_requested_at IS NOT NULL AS cancel_requested
"""

_RELEASE = """
WITH released AS (
    UPDATE hero_opportunitiesjob
    SET status = 'pending', attempts = greatest(attempts - 1, 0), stage = 'queued',
        lease_token = NULL, lease_expires_at = NULL,
        available_at = clock_timestamp(), deadline_at = clock_timestamp() + make_interval(secs => %(ceiling_s)s),
        dispatched_at = NULL, updated_at = clock_timestamp()
    WHERE id = %(job_id)s AND lease_token = %(token)s
    RETURNING id
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, at)
    SELECT id, 'released', %(attempt)s, %(worker_id)s, clock_timestamp() FROM released
)
SELECT id FROM released
"""
