"""How a job ends. Every ending of a step checks its token in the transaction that writes it.

Whoever waits for the job is told in that transaction too, so that nobody waits for a job that has ended.
"""

from __future__ import annotations

import logging
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kairo.core.signals import ingestion_ended
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.evidence.enums import IngestionErrorCode, IngestionStatus
from kairo.evidence.jobs.lease import Ending, Lease
from kairo.evidence.models import IngestionJob
from kairo.observability import metrics

logger = logging.getLogger(__name__)

DETAIL_LENGTH = 2000  # characters of an error kept with its job


def succeed(*, lease: Lease, stopped_early: bool = False) -> Ending:
    """Ends the job well; `stopped_early` says that not everything was read, since the evidence was enough."""
    return _end(lease, IngestionStatus.SUCCEEDED, Ending.SUCCEEDED, stopped_early=stopped_early)


def fail(
    *, lease: Lease, code: IngestionErrorCode, detail: str, retry: bool = True, retry_after_s: float | None = None
) -> Ending:
    """Ends the step: RETRIED after a back-off, and not before `retry_after_s`, while attempts and time are left and
    `retry`; else FAILED."""
    if retry:
        params = {
            "job_id": lease.job_id,
            "token": lease.token,
            "retry_base_s": settings.JOB_RETRY_BASE_S,
            "retry_after_s": retry_after_s or 0,
        }
        if retry_on_serialization_failure(lambda: fetch(_RETRY, params)):
            return Ending.RETRIED
    return _end(lease, IngestionStatus.FAILED, Ending.FAILED, code=code, detail=detail)


def stop_cancelled(*, lease: Lease) -> Ending:
    """Ends a running job whose cancellation was asked for."""
    return _end(lease, IngestionStatus.CANCELLED, Ending.CANCELLED, code=IngestionErrorCode.CANCELLED)


class Cancelling(Enum):
    """What a request to cancel came to."""

    CANCELLED = "cancelled"  # nobody was at it
    REQUESTED = "requested"  # its worker will stop before the next call
    TOO_LATE = "too_late"  # it has ended, or there is no such job


def cancel(*, job_id: UUID) -> Cancelling:
    """Asks for the end of a job. A run elsewhere is ended soon after."""

    def work() -> Cancelling:
        with transaction.atomic():
            rows = fetch(_CANCEL, {"job_id": job_id})
            if not rows:
                return Cancelling.TOO_LATE
            if rows[0]["status"] != IngestionStatus.CANCELLED:
                return Cancelling.REQUESTED
            tell(rows[0])
            return Cancelling.CANCELLED

    return retry_on_serialization_failure(work, reconnect=False)


def tell(ended: dict[str, Any]) -> None:
    """Says of a job's row (brand_id, awaited_by) that it has ended, in the transaction that ends it."""
    ingestion_ended.send(sender=IngestionJob, brand_id=ended["brand_id"], awaited_by=ended["awaited_by"])


def _end(
    lease: Lease,
    status: IngestionStatus,
    ending: Ending,
    *,
    code: IngestionErrorCode | None = None,
    detail: str = "",
    stopped_early: bool = False,
) -> Ending:
    params = {
        "job_id": lease.job_id,
        "token": lease.token,
        "status": status.value,
        "error_code": code.value if code else None,
        "detail": detail[:DETAIL_LENGTH],
        "stopped_early": stopped_early,
    }

    def work() -> Ending:
        with transaction.atomic():
            rows = fetch(_END, params)
            if not rows:
                metrics.count("ingestion_step_fenced")
                return Ending.FENCED
            tell(rows[0])
            return ending

    return retry_on_serialization_failure(work)


_END = """
UPDATE evidence_ingestionjob
SET status = %(status)s::varchar, error_code = %(error_code)s, error_detail = %(detail)s,
    stopped_early = %(stopped_early)s, stage = 'done',
    percent = CASE WHEN %(status)s::varchar = 'succeeded' THEN 100 ELSE percent END,
    lease_token = NULL, lease_expires_at = NULL, finished_at = clock_timestamp(), updated_at = clock_timestamp()
WHERE id = %(job_id)s AND lease_token = %(token)s
RETURNING brand_id, awaited_by
"""

_RETRY = """
WITH held AS MATERIALIZED (
    SELECT id, deadline_at, clock_timestamp() + make_interval(secs => greatest(
               %(retry_after_s)s, %(retry_base_s)s * 2 ^ (attempts - 1) * (1 + random() / 5))) AS due_at
    FROM evidence_ingestionjob
    WHERE id = %(job_id)s AND lease_token = %(token)s AND attempts < max_attempts AND cancel_requested_at IS NULL
    FOR UPDATE
)
UPDATE evidence_ingestionjob j
SET status = 'pending', stage = 'queued', available_at = held.due_at, dispatched_at = NULL,
    lease_token = NULL, lease_expires_at = NULL, updated_at = clock_timestamp()
FROM held WHERE j.id = held.id AND held.due_at < held.deadline_at
RETURNING j.id
"""

_CANCEL = """
UPDATE evidence_ingestionjob
SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
    error_code = CASE status WHEN 'pending' THEN 'cancelled' ELSE error_code END,
    finished_at = CASE status WHEN 'pending' THEN clock_timestamp() END,
    cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()), updated_at = clock_timestamp()
WHERE id = %(job_id)s AND status IN ('pending', 'running')
RETURNING status, brand_id, awaited_by
"""
