"""Taking a job for a step, keeping it from call to call, and putting it down until there is more to do."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.evidence.enums import IngestionStage
from kairo.evidence.jobs.lease import Ending, JobCancelled, Lease, LeaseLost


def claim(*, worker_id: str, job_id: UUID | None = None) -> Lease | None:
    """A due job, or that one if it is due, now running under a fresh lease; None when there is none.

    A running job whose lease ran out is due. One past its deadline is not: the sweep ends it. A job that is claimed
    by its id is waited for while another transaction has its row locked, so that its wake-up is not wasted; without
    an id, locked rows are skipped.
    """
    params = {"worker_id": worker_id, "job_id": job_id, "lease_s": settings.INGEST_LEASE_S}
    rows = retry_on_serialization_failure(lambda: fetch(_CLAIM_NEXT if job_id is None else _CLAIM_ONE, params))
    if not rows:
        return None
    row = rows[0]
    return Lease(**{**row, "connection_ids": tuple(row["connection_ids"])})


def beat(*, lease: Lease, stage: IngestionStage, percent: int) -> None:
    """Renews the lease before a call that may take a while, and says how far the job is: percent 0 to 100.

    Raises:
        LeaseLost, JobCancelled: go no further.
    """
    params = {
        "job_id": lease.job_id,
        "token": lease.token,
        "lease_s": settings.INGEST_LEASE_S,
        "stage": stage.value,
        "percent": percent,
    }
    rows = retry_on_serialization_failure(lambda: fetch(_BEAT, params))
    if not rows:
        raise LeaseLost
    if rows[0]["cancel_requested"]:
        raise JobCancelled


def fence(*, lease: Lease) -> None:
    """Keeps the job this step's own until the caller's transaction ends: what that writes is this step's, or nothing.

    Raises:
        LeaseLost
    """
    if not fetch(_FENCE, {"job_id": lease.job_id, "token": lease.token}):
        raise LeaseLost


def park(*, lease: Lease, due_in_s: float, stage: IngestionStage) -> Ending:
    """Puts the job down, to go on in a while. It costs no attempt, and no worker holds it meanwhile."""
    params = {"job_id": lease.job_id, "token": lease.token, "due_in_s": due_in_s, "stage": stage.value}
    return Ending.PARKED if retry_on_serialization_failure(lambda: fetch(_PARK, params)) else Ending.FENCED


def due_now(*, job_id: UUID) -> bool:
    """Makes a job that was put down due; whether there was one."""
    return bool(retry_on_serialization_failure(lambda: fetch(_DUE_NOW, {"job_id": job_id}), reconnect=False))


_DUE = """
    SELECT id, lease_token IS NOT NULL AS taken_over FROM evidence_ingestionjob
    WHERE deadline_at > (SELECT clock_timestamp())
      AND (status = 'pending' AND available_at <= (SELECT clock_timestamp())
           OR status = 'running' AND lease_expires_at < (SELECT clock_timestamp())
              AND attempts < max_attempts AND cancel_requested_at IS NULL)
"""

_TAKE = """
claimed AS (
    UPDATE evidence_ingestionjob j
    SET status = 'running', attempts = j.attempts + 1, lease_token = gen_random_uuid(),
        lease_expires_at = now.at + make_interval(secs => %(lease_s)s),
        death_count = j.death_count + picked.taken_over::int,
        locked_by = %(worker_id)s, started_at = coalesce(j.started_at, now.at), updated_at = now.at
    FROM picked, (SELECT clock_timestamp() AS at) now
    WHERE j.id = picked.id
    RETURNING j.*, now.at AS claimed_at
)
SELECT claimed.id AS job_id, brand_id, b.tenant_id, lease_token AS token, attempts AS attempt, max_attempts,
       locked_by AS worker_id, trigger, connection_ids, stop_when_enough, request_id, claimed_at, deadline_at
FROM claimed JOIN core_brand b ON b.id = claimed.brand_id
"""

_CLAIM_NEXT = f"""
WITH picked AS MATERIALIZED ({_DUE} ORDER BY available_at, id LIMIT 1 FOR UPDATE SKIP LOCKED),
{_TAKE}"""

_CLAIM_ONE = f"""
WITH picked AS MATERIALIZED ({_DUE} AND id = %(job_id)s FOR UPDATE),
{_TAKE}"""

_BEAT = """
UPDATE evidence_ingestionjob
SET lease_expires_at = clock_timestamp() + make_interval(secs => %(lease_s)s), stage = %(stage)s,
    percent = greatest(percent, %(percent)s), updated_at = clock_timestamp()
WHERE id = %(job_id)s AND lease_token = %(token)s AND deadline_at > clock_timestamp()
RETURNING cancel_requested_at IS NOT NULL AS cancel_requested
"""

_FENCE = "SELECT id FROM evidence_ingestionjob WHERE id = %(job_id)s AND lease_token = %(token)s FOR NO KEY UPDATE"

_PARK = """
UPDATE evidence_ingestionjob
SET status = 'pending', attempts = greatest(attempts - 1, 0), stage = %(stage)s,
    lease_token = NULL, lease_expires_at = NULL, dispatched_at = NULL, updated_at = clock_timestamp(),
    available_at = clock_timestamp() + make_interval(secs => %(due_in_s)s)
WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NULL
RETURNING id
"""

_DUE_NOW = """
UPDATE evidence_ingestionjob
SET available_at = clock_timestamp(), dispatched_at = NULL, updated_at = clock_timestamp()
WHERE id = %(job_id)s AND status = 'pending' AND available_at > clock_timestamp()
RETURNING id
"""
