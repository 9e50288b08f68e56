"""How an attempt ends. Every ending checks the lease's token in the transaction that writes it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from kairo.core.text import cut
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs.kind import JobKind
from kairo.jobs.lease import Cancelling, EndedJob, Ending, Lease
from kairo.observability import metrics
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

DETAIL_LENGTH = 2000  # characters of an error kept with its job


def complete(
    kind: JobKind[Any],
    *,
    ends: Mapping[Lease, str],
    store: Callable[[Sequence[Lease]], object],
    details: Mapping[Lease, str] | None = None,
) -> dict[Lease, Ending]:
    """Ends each job in its status, and calls `store` in the same transaction to write what the jobs have made.

    `store` gets the leases that may write: none of a lost job (FENCED) or of one whose cancellation was requested
    (CANCELLED). A row that another transaction has locked does not delay the others: it is ended by itself afterwards.
    `details` are for the jobs' events.
    """
    details = details or {}
    params = kind.params(
        jobs=[lease.job_id for lease in ends],
        tokens=[lease.token for lease in ends],
        details=[cut(details.get(lease, ""), max_length=DETAIL_LENGTH) for lease in ends],
        statuses=list(ends.values()),
    )
    sql = kind.sql(_COMPLETE if len(ends) == 1 else _COMPLETE_TOGETHER)

    def work() -> list[Lease]:
        with transaction.atomic():
            ended = {row["id"] for row in fetch(sql, params)}
            completed = [lease for lease in ends if lease.job_id in ended]
            if completed:
                store(completed)
        return completed

    endings = dict.fromkeys(retry_on_serialization_failure(work), Ending.COMPLETED)
    for lease, status in ends.items():
        if lease in endings:
            continue
        if len(ends) == 1:
            endings[lease] = _refused(kind, lease, unless=(status,))
        else:
            endings |= complete(kind, ends={lease: status}, store=store, details=details)
    return endings


def fail(
    kind: JobKind[Any],
    *,
    lease: Lease,
    error_code: str,
    detail: str,
    retry: bool = True,
    retry_after_s: float = 0,
) -> Ending:
    """Ends the attempt: RETRIED while attempts are left and `retry`, else FAILED.

    The back-off doubles with each attempt, and is at least `retry_after_s`. A kind with one deadline for all attempts
    fails a job whose next attempt would come after it.
    """
    detail = cut(detail, max_length=DETAIL_LENGTH)
    params = kind.params(
        **_identity(lease),
        tenant_id=lease.tenant_id,
        error_code=error_code,
        detail=detail,
        retry=retry,
        retry_after_s=retry_after_s,
    )

    def work() -> Ending | None:
        with transaction.atomic():
            rows = fetch(kind.sql(_FAIL), params)
            if not rows:
                return None
            if rows[0]["status"] == "pending":
                return Ending.RETRIED
            kind.on_end(EndedJob(**rows[0], detail=detail))
        return Ending.FAILED

    return retry_on_serialization_failure(work) or _refused(
        kind, lease, unless=("retried", "failed", "succeeded", "insufficient_evidence")
    )


def stop_cancelled(kind: JobKind[Any], *, lease: Lease) -> Ending:
    """Ends a running job whose cancellation was requested; FENCED, and logged, when the lease is lost."""
    return _refused(kind, lease, unless=("cancelled",))


def note_fenced(kind: JobKind[Any], *, lease: Lease, unless: Iterable[str] = ()) -> None:
    """Logs a refused attempt, unless it ended itself with one of these events: its commit's answer was lost."""
    params = {**_identity(lease), "unless": list(unless)}
    if retry_on_serialization_failure(lambda: fetch(kind.sql(_FENCED), params)):
        with bound(**lease.log_ids()):
            metrics.count(kind.metric("fenced"))
            logger.warning("the lease was lost: this attempt writes nothing")


def cancel(kind: JobKind[Any], *, job_id: UUID, by: str) -> Cancelling:
    """Requests the end of a job. `by` names who requests it, for the job's events."""

    def work() -> Cancelling:
        with transaction.atomic():
            rows = fetch(kind.sql(_CANCEL), {"job_id": job_id, "by": by})
            if not rows:
                return Cancelling.TOO_LATE
            if rows[0]["status"] != "cancelled":
                return Cancelling.REQUESTED
            kind.on_end(EndedJob(**rows[0]))
            return Cancelling.CANCELLED

    return retry_on_serialization_failure(work, reconnect=False)


def _refused(kind: JobKind[Any], lease: Lease, *, unless: Iterable[str]) -> Ending:
    """Why the row did not take an ending: its cancellation was requested, or the lease is lost."""

    def work() -> bool:
        with transaction.atomic():
            rows = fetch(kind.sql(_STOP_CANCELLED), kind.params(**_identity(lease)))
            for row in rows:
                kind.on_end(EndedJob(**row))
        return bool(rows)

    if retry_on_serialization_failure(work):
        return Ending.CANCELLED
    note_fenced(kind, lease=lease, unless=unless)
    return Ending.FENCED


def _identity(lease: Lease) -> dict[str, object]:
    return {
        "job_id": lease.job_id,
        "token": lease.token,
        "attempt": lease.attempt,
        "worker_id": lease.worker_id,
    }


# A lease token is there exactly while the job runs: the table's check sees to it.
_COMPLETE = """
WITH fenced AS MATERIALIZED (
    SELECT job.id, done.status, done.detail
    FROM unnest(%(jobs)s::uuid[], %(tokens)s::uuid[], %(statuses)s::text[], %(details)s::text[])
        AS done (job_id, token, status, detail)
    JOIN {jobs} job ON job.id = done.job_id AND job.lease_token = done.token
    WHERE job.cancel_requested_at IS NULL
    ORDER BY job.id FOR NO KEY UPDATE OF job
), ended AS (
    UPDATE {jobs} j
    SET status = fenced.status, lease_token = NULL, lease_expires_at = NULL, stage = %(completed_stage)s,
        percent = 100, finished_at = clock_timestamp(), updated_at = clock_timestamp()
    FROM fenced WHERE j.id = fenced.id
    RETURNING j.id, j.status, j.attempts, j.locked_by, j.finished_at, fenced.detail
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, status, attempts, locked_by, detail, finished_at FROM ended
)
SELECT id FROM ended
"""

_COMPLETE_TOGETHER = _COMPLETE.replace("UPDATE OF job", "UPDATE OF job SKIP LOCKED")

_FAIL = """
WITH fenced AS MATERIALIZED (
    SELECT id, at, due_at,
           attempts < max_attempts AND %(retry)s AND (%(deadline_per_attempt)s OR due_at < deadline_at) AS again
    FROM (
        SELECT id, attempts, max_attempts, deadline_at, clock_timestamp() AS at,
               clock_timestamp() + make_interval(secs => greatest(
                   %(retry_after_s)s, %(retry_base_s)s * 2 ^ (attempts - 1) * (1 + random() / 5))) AS due_at
        FROM {jobs}
        WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NULL
        FOR UPDATE
    ) locked
), ended AS (
    UPDATE {jobs} j
    SET status = CASE WHEN again THEN 'pending' ELSE 'failed' END,
        stage = CASE WHEN again THEN 'queued' ELSE coalesce(%(ended_stage)s::text, stage) END,
        available_at = CASE WHEN again THEN due_at ELSE available_at END,
        turn_at = CASE WHEN again THEN {run_order}(%(tenant_id)s) ELSE turn_at END,
        deadline_at = CASE WHEN again AND %(deadline_per_attempt)s
            THEN due_at + make_interval(secs => %(deadline_s)s) ELSE deadline_at END,
        dispatched_at = CASE WHEN again THEN NULL ELSE dispatched_at END,
        finished_at = CASE WHEN again THEN NULL ELSE at END,
        error_code = CASE WHEN again THEN error_code ELSE %(error_code)s END,
        error_detail = CASE WHEN again THEN error_detail ELSE %(detail)s END,
        lease_token = NULL, lease_expires_at = NULL, updated_at = at
    FROM fenced WHERE j.id = fenced.id
    RETURNING j.id, j.brand_id, j.status, j.attempts, j.locked_by, fenced.at
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, CASE status WHEN 'pending' THEN 'retried' ELSE 'failed' END, attempts, locked_by,
           %(error_code)s || ': ' || %(detail)s, at FROM ended
)
SELECT id AS job_id, brand_id, status, attempts, locked_by AS worker_id, %(error_code)s::text AS error_code FROM ended
"""

_STOP_CANCELLED = """
WITH ended AS (
    UPDATE {jobs}
    SET status = 'cancelled', error_code = 'cancelled', stage = coalesce(%(ended_stage)s::text, stage),
        lease_token = NULL, lease_expires_at = NULL, finished_at = clock_timestamp(), updated_at = clock_timestamp()
    WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NOT NULL
    RETURNING id, brand_id, status, attempts, locked_by, error_code, finished_at
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, at)
    SELECT id, 'cancelled', attempts, locked_by, finished_at FROM ended
)
SELECT id AS job_id, brand_id, status, attempts, locked_by AS worker_id, error_code FROM ended
"""

_FENCED = """
INSERT INTO {events} (job_id, kind, attempt, worker_id, at)
SELECT j.id, 'fenced', %(attempt)s::int, %(worker_id)s::text, clock_timestamp() FROM {jobs} j
WHERE j.id = %(job_id)s AND NOT EXISTS (
    SELECT 1 FROM {events} e
    WHERE e.job_id = j.id AND e.attempt = %(attempt)s::int AND e.worker_id = %(worker_id)s::text
      AND e.kind = ANY (%(unless)s::text[]))
RETURNING id
"""

# A turn that was not used is given up: the order of later jobs does not count it.
_CANCEL = """
WITH requested AS (
    UPDATE {jobs}
    SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
        error_code = CASE status WHEN 'pending' THEN 'cancelled' ELSE error_code END,
        finished_at = CASE status WHEN 'pending' THEN clock_timestamp() END,
        turn_at = CASE status WHEN 'pending' THEN 'epoch' ELSE turn_at END,
        cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()), updated_at = clock_timestamp()
    WHERE id = %(job_id)s AND status IN ('pending', 'running')
    RETURNING id, brand_id, status, attempts, locked_by, error_code
), logged AS (
    INSERT INTO {events} (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, CASE status WHEN 'cancelled' THEN 'cancelled' ELSE 'cancel_requested' END, attempts, '',
           %(by)s, clock_timestamp() FROM requested
)
SELECT id AS job_id, brand_id, status, attempts, locked_by AS worker_id, error_code FROM requested
"""
