"""How an attempt ends. Every ending checks the lease's token in the transaction that writes it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kairo.core.text import cut
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero.enums import GenerationErrorCode, JobStatus
from kairo.hero.jobs.error_board import create_error_board
from kairo.hero.jobs.lease import Ending, Lease
from kairo.observability import metrics
from kairo.observability.logs import bound

logger = logging.getLogger(__name__)

DETAIL_LENGTH = 2000  # characters of an error kept with its job


def complete(
    *,
    ends: Mapping[Lease, JobStatus],
    store: Callable[[Sequence[Lease]], object],
    details: Mapping[Lease, str] | None = None,
) -> dict[Lease, Ending]:
    """Ends each job in its status and with its board, which `store` writes, in one transaction.

    `store` is told which jobs it is to write boards for: none for a job that was lost (FENCED), or that somebody
    cancelled first (CANCELLED). One whose row somebody else has locked is not waited for by the others: it is ended
    by itself afterwards. `details` are for the jobs' history.
    """
    details = details or {}
    params = {
        "jobs": [lease.job_id for lease in ends],
        "tokens": [lease.token for lease in ends],
        "details": [cut(details.get(lease, ""), max_length=DETAIL_LENGTH) for lease in ends],
        "statuses": [status.value for status in ends.values()],
    }

    def work() -> list[Lease]:
        with transaction.atomic():
            ended = {row["id"] for row in fetch(_COMPLETE if len(ends) == 1 else _COMPLETE_TOGETHER, params)}
            taken = [lease for lease in ends if lease.job_id in ended]
            if taken:
                store(taken)
        return taken

    endings = dict.fromkeys(retry_on_serialization_failure(work), Ending.STORED)
    for lease, status in ends.items():
        if lease in endings:
            continue
        if len(ends) == 1:
            endings[lease] = _refused(lease, unless=(status.value,))
        else:
            endings |= complete(ends={lease: status}, store=store, details=details)
    return endings


def fail(*, lease: Lease, error_code: GenerationErrorCode, detail: str, retry: bool = True) -> Ending:
    """Ends the attempt: RETRIED after a back-off while attempts are left and `retry`, else FAILED, with its board."""
    params = {
        **_fence(lease),
        "error_code": error_code.value,
        "detail": cut(detail, max_length=DETAIL_LENGTH),
        "retry": retry,
        "retry_base_s": settings.JOB_RETRY_BASE_S,
        "ceiling_s": settings.JOB_CEILING_S,
    }

    def work() -> Ending | None:
        with transaction.atomic():
            rows = fetch(_FAIL, params)
            if not rows:
                return None
            if rows[0]["status"] == JobStatus.PENDING:
                return Ending.RETRIED
            create_error_board(
                brand_id=lease.brand_id,
                job_id=lease.job_id,
                attempts=lease.attempt,
                error_code=error_code,
                last_worker=lease.worker_id,
                detail=cut(detail, max_length=DETAIL_LENGTH),
            )
        return Ending.FAILED

    return retry_on_serialization_failure(work) or _refused(
        lease, unless=("retried", "failed", "succeeded", "insufficient_evidence")
    )


def stop_cancelled(*, lease: Lease) -> Ending:
    """Ends a running job whose cancellation was asked for; FENCED, and noted, when the lease is lost."""
    return _refused(lease, unless=("cancelled",))


def note_fenced(*, lease: Lease, unless: Iterable[str] = ()) -> None:
    """Tells of an attempt that was refused, unless it ended itself in one of these ways: then only the answer to
    its commit was lost."""
    if retry_on_serialization_failure(lambda: fetch(_FENCED, {**_fence(lease), "unless": list(unless)})):
        with bound(**lease.log_ids()):
            metrics.count("job_attempt_fenced")
            logger.warning("the lease was lost: this attempt writes nothing")


def _refused(lease: Lease, *, unless: Iterable[str]) -> Ending:
    """Why the row did not take an ending: it is to be cancelled, or it is not this attempt's any more."""
    if retry_on_serialization_failure(lambda: fetch(_STOP_CANCELLED, _fence(lease))):
        return Ending.CANCELLED
    note_fenced(lease=lease, unless=unless)
    return Ending.FENCED


class Cancelling(Enum):
    """What a request to cancel came to."""

    CANCELLED = "cancelled"  # nobody had started it
    REQUESTED = "requested"  # its worker will stop before it stores anything
    TOO_LATE = "too_late"  # it has ended, or there is no such job


def cancel(*, job_id: UUID, by: str) -> Cancelling:
    """Asks for the end of a job, without a board. `by` is who asks, for the job's history."""
    rows = retry_on_serialization_failure(lambda: fetch(_CANCEL, {"job_id": job_id, "by": by}), reconnect=False)
    if not rows:
        return Cancelling.TOO_LATE
    if rows[0]["status"] == JobStatus.CANCELLED:
        return Cancelling.CANCELLED
    return Cancelling.REQUESTED


def _fence(lease: Lease) -> dict[str, object]:
    return {
        "job_id": lease.job_id,
        "token": lease.token,
        "attempt": lease.attempt,
        "worker_id": lease.worker_id,
    }


# A lease token is there exactly while the job runs: the table's check sees to it.
_COMPLETE = """
WITH held AS MATERIALIZED (
    SELECT job.id, done.status, done.detail
    FROM unnest(%(jobs)s::uuid[], %(tokens)s::uuid[], %(statuses)s::text[], %(details)s::text[])
        AS done (job_id, token, status, detail)
    JOIN hero_opportunitiesjob job ON job.id = done.job_id AND job.lease_token = done.token
    WHERE job.cancel_requested_at IS NULL
    ORDER BY job.id FOR NO KEY UPDATE OF job
), ended AS (
    UPDATE hero_opportunitiesjob j
    SET status = held.status, lease_token = NULL, lease_expires_at = NULL, stage = 'storing', percent = 100,
        finished_at = clock_timestamp(), updated_at = clock_timestamp()
    FROM held WHERE j.id = held.id
    RETURNING j.id, j.status, j.attempts, j.locked_by, j.finished_at, held.detail
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, status, attempts, locked_by, detail, finished_at FROM ended
)
SELECT id FROM ended
"""

_COMPLETE_TOGETHER = _COMPLETE.replace("UPDATE OF job", "UPDATE OF job SKIP LOCKED")

_FAIL = """
WITH held AS MATERIALIZED (
    SELECT id, clock_timestamp() AS at, attempts < max_attempts AND %(retry)s AS again,
           clock_timestamp()
               + make_interval(secs => %(retry_base_s)s * 2 ^ (attempts - 1) * (1 + random() / 5)) AS due_at
    FROM hero_opportunitiesjob
    WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NULL
    FOR UPDATE
), ended AS (
    UPDATE hero_opportunitiesjob j
    SET status = CASE WHEN again THEN 'pending' ELSE 'failed' END,
        stage = CASE WHEN again THEN 'queued' ELSE stage END,
        available_at = CASE WHEN again THEN due_at ELSE available_at END,
        turn_at = CASE WHEN again THEN due_at ELSE turn_at END,
        deadline_at = CASE WHEN again THEN due_at + make_interval(secs => %(ceiling_s)s) ELSE deadline_at END,
        dispatched_at = CASE WHEN again THEN NULL ELSE dispatched_at END,
        finished_at = CASE WHEN again THEN NULL ELSE at END,
        error_code = CASE WHEN again THEN error_code ELSE %(error_code)s END,
        error_detail = CASE WHEN again THEN error_detail ELSE %(detail)s END,
        lease_token = NULL, lease_expires_at = NULL, updated_at = at
    FROM held WHERE j.id = held.id
    RETURNING j.id, j.status, j.attempts, j.locked_by, held.at
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, CASE status WHEN 'pending' THEN 'retried' ELSE 'failed' END, attempts, locked_by,
           %(error_code)s || ': ' || %(detail)s, at FROM ended
)
SELECT status FROM ended
"""

_STOP_CANCELLED = """
WITH ended AS (
    UPDATE hero_opportunitiesjob
    SET status = 'cancelled', error_code = 'cancelled', lease_token = NULL, lease_expires_at = NULL,
        finished_at = clock_timestamp(), updated_at = clock_timestamp()
    WHERE id = %(job_id)s AND lease_token = %(token)s AND cancel_requested_at IS NOT NULL
    RETURNING id, attempts, locked_by, finished_at
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, at)
    SELECT id, 'cancelled', attempts, locked_by, finished_at FROM ended
)
SELECT id FROM ended
"""

_FENCED = """
INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, at)
SELECT j.id, 'fenced', %(attempt)s::int, %(worker_id)s::text, clock_timestamp() FROM hero_opportunitiesjob j
WHERE j.id = %(job_id)s AND NOT EXISTS (
    SELECT 1 FROM hero_opportunitiesjobevent e
    WHERE e.job_id = j.id AND e.attempt = %(attempt)s::int AND e.worker_id = %(worker_id)s::text
      AND e.kind = ANY (%(unless)s::text[]))
RETURNING id
"""

_CANCEL = """
WITH asked AS (
    UPDATE hero_opportunitiesjob
    SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
        error_code = CASE status WHEN 'pending' THEN 'cancelled' ELSE error_code END,
        finished_at = CASE status WHEN 'pending' THEN clock_timestamp() END,
        cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()), updated_at = clock_timestamp()
    WHERE id = %(job_id)s AND status IN ('pending', 'running')
    RETURNING id, status, attempts, locked_by
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt, worker_id, detail, at)
    SELECT id, CASE status WHEN 'cancelled' THEN 'cancelled' ELSE 'cancel_requested' END, attempts, '',
           %(by)s, clock_timestamp() FROM asked
)
SELECT status FROM asked
"""
