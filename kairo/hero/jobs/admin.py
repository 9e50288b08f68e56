"""What an operator asks of the queue, and two verbs of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairo.core.enums import JobTrigger
from kairo.core.errors import Conflict, NotFound
from kairo.db.sql import fetch
from kairo.hero.enums import JobStatus
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob
from kairo.jobs.kind import USER_PRIORITY


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """The queue at one moment of the database's clock. Rows are dicts, newest trouble first."""

    at: datetime
    counts: dict[str, int]
    oldest_pending: dict[str, Any] | None
    running: list[dict[str, Any]]
    last_failures: list[dict[str, Any]]


def overview(*, rows: int = 10) -> Overview:
    """`rows` is how many running jobs and failures are listed at most."""
    counts = {status.value: 0 for status in JobStatus}
    counts |= {row["status"]: row["count"] for row in fetch(_COUNTS, {})}
    oldest = fetch(_OLDEST_PENDING, {})
    return Overview(
        at=fetch("SELECT clock_timestamp() AS at", {})[0]["at"],
        counts=counts,
        oldest_pending=oldest[0] if oldest else None,
        running=fetch(_RUNNING, {"rows": rows}),
        last_failures=fetch(_LAST_FAILURES, {"rows": rows}),
    )


def history(*, job_id: UUID) -> list[dict[str, Any]]:
    """A job's events, in order: at, kind, attempt, worker_id, detail."""
    return fetch(_HISTORY, {"job_id": job_id})


def retry(*, job_id: UUID) -> tuple[OpportunitiesJob, bool]:
    """The job that will now be run, and whether it is a new one.

    A pending job becomes due at once. One that has ended stays as it is, and its brand gets a new job; or the
    active one it has by now.

    Raises:
        NotFound: there is no such job.
        Conflict: it is running.
    """
    job = OpportunitiesJob.objects.filter(id=job_id).first()
    if job is None:
        raise NotFound(noun="Job")
    if job.status == JobStatus.RUNNING:
        raise Conflict("The job is running.")
    if job.status != JobStatus.PENDING:
        return queue.enqueue(brand_id=job.brand_id, trigger=JobTrigger.OPERATOR, priority=USER_PRIORITY)
    if fetch(_DUE_NOW, {"job_id": job_id}):
        queue.dispatch_on_commit(job_id=job.id, priority=job.priority)
    job.refresh_from_db()
    return job, False


_COUNTS = "SELECT status, count(*) AS count FROM hero_opportunitiesjob GROUP BY status"

_OLDEST_PENDING = """
SELECT id, created_at, available_at, attempts, clock_timestamp() - created_at AS age
FROM hero_opportunitiesjob WHERE status = 'pending' ORDER BY created_at LIMIT 1
"""

_RUNNING = """
SELECT j.id, b.slug AS brand, j.attempts, j.max_attempts, j.stage, j.percent, j.locked_by,
       clock_timestamp() - j.locked_at AS running_for, j.lease_expires_at - clock_timestamp() AS lease_left
FROM hero_opportunitiesjob j JOIN core_brand b ON b.id = j.brand_id
WHERE j.status = 'running' ORDER BY j.lease_expires_at LIMIT %(rows)s
"""

_LAST_FAILURES = """
SELECT j.id, b.slug AS brand, j.finished_at, j.attempts, j.error_code, j.error_detail
FROM hero_opportunitiesjob j JOIN core_brand b ON b.id = j.brand_id
WHERE j.status = 'failed' ORDER BY j.finished_at DESC LIMIT %(rows)s
"""

_HISTORY = """
SELECT at, kind, attempt, worker_id, detail FROM hero_opportunitiesjobevent WHERE job_id = %(job_id)s ORDER BY id
"""

_DUE_NOW = """
UPDATE hero_opportunitiesjob
SET available_at = clock_timestamp(), turn_at = least(turn_at, clock_timestamp()), dispatched_at = NULL,
    updated_at = clock_timestamp()
WHERE id = %(job_id)s AND status = 'pending' RETURNING id
"""
