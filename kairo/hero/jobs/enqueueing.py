from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import OperationalError

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.ids import new_id
from kairo.core.models import Brand
from kairo.db.sql import fetch
from kairo.hero.jobs.dispatch import dispatch_on_commit
from kairo.hero.models import OpportunitiesJob

FAIR_SHARE_STEP_S = 1.0  # how much later a tenant's next job comes for each one it has pending
_TRIES = 5


def enqueue(
    *,
    brand_id: UUID,
    trigger: JobTrigger,
    priority: int,
    idempotency_key: str | None = None,
    request_id: str = "",
    wait_s: float = 0,
) -> tuple[OpportunitiesJob, bool]:
    """One pending job for the brand, in the caller's transaction, and whether this call made it.

    A brand has at most one active job: while there is one, it is the answer. So is the job, finished or not,
    that the same idempotency key made before. Higher priorities go first; above 0 means that a person waits.
    Workers are woken after commit. A new job is due after `wait_s`, or at `wait_is_over`, if that comes first.

    Raises:
        NotFound: there is no such brand.
        BrandArchived: the brand is archived, and no job is the answer.
    """
    asked = {
        "brand_id": brand_id,
        "trigger": trigger.value,
        "priority": priority,
        "idempotency_key": idempotency_key,
        "request_id": request_id,
        "max_attempts": settings.JOB_MAX_ATTEMPTS,
        "ceiling_s": settings.JOB_CEILING_S,
        "turn_s": FAIR_SHARE_STEP_S,
        "wait_s": wait_s,
    }
    for _ in range(_TRIES):
        if (made := _insert(asked)) is not None:
            dispatch_on_commit(job_id=made.id, priority=priority)
            return made, True
        if (known := _existing(asked)) is not None:
            if hurried := fetch(_HURRY, {**asked, "job_id": known.id}):
                dispatch_on_commit(job_id=known.id, priority=hurried[0]["priority"])
                known.refresh_from_db()
            return known, False
        brand = Brand.objects.filter(id=brand_id).first()
        if brand is None:
            raise NotFound(noun="Brand")
        if brand.archived_at is not None:
            raise BrandArchived
        # Else the job that stood in the way has ended between the two statements.
    raise OperationalError(f"The brand's active job changed {_TRIES} times while a new one was asked for.")


def wait_is_over(*, job_id: UUID) -> None:
    """Makes a job that waits due, in the caller's transaction; one that does not, or has ended, stays as it is."""
    params = {"job_id": job_id, "ceiling_s": settings.JOB_CEILING_S}
    for job in fetch(_WAIT_IS_OVER, params):
        dispatch_on_commit(job_id=job["id"], priority=job["priority"])


def _insert(asked: dict[str, Any]) -> OpportunitiesJob | None:
    return next(iter(OpportunitiesJob.objects.raw(_INSERT, {**asked, "id": new_id()})), None)


def _existing(asked: dict[str, Any]) -> OpportunitiesJob | None:
    return next(iter(OpportunitiesJob.objects.raw(_EXISTING, asked)), None)


_INSERT = """
WITH inserted AS (
    INSERT INTO hero_opportunitiesjob
        (id, brand_id, tenant_id, status, trigger, priority, idempotency_key, request_id, max_attempts,
         created_at, updated_at, available_at, deadline_at, turn_at)
    SELECT %(id)s, b.id, b.tenant_id, 'pending', %(trigger)s, %(priority)s, %(idempotency_key)s, %(request_id)s,
           %(max_attempts)s, now.at, now.at, now.at + make_interval(secs => %(wait_s)s),
           now.at + make_interval(secs => %(wait_s)s + %(ceiling_s)s),
           greatest(now.at, (
               SELECT max(theirs.turn_at) + make_interval(secs => %(turn_s)s) FROM hero_opportunitiesjob theirs
               WHERE theirs.tenant_id = b.tenant_id AND theirs.priority = %(priority)s AND theirs.status = 'pending'))
    FROM core_brand b, (SELECT clock_timestamp() AS at) now
    WHERE b.id = %(brand_id)s AND b.archived_at IS NULL
    ON CONFLICT DO NOTHING
    RETURNING *
), logged AS (
    INSERT INTO hero_opportunitiesjobevent (job_id, kind, detail, at)
    SELECT id, 'enqueued', trigger, created_at FROM inserted
)
SELECT * FROM inserted
"""

# The same key means the same request, whatever became of its job; else the brand's active job stands in the way.
_EXISTING = """
SELECT * FROM hero_opportunitiesjob
WHERE brand_id = %(brand_id)s
  AND (idempotency_key = %(idempotency_key)s OR status IN ('pending', 'running'))
ORDER BY (idempotency_key = %(idempotency_key)s) IS TRUE DESC LIMIT 1
"""

# Asked for again: a pending job takes the higher priority, and one that nobody started in time gets new time.
_HURRY = """
UPDATE hero_opportunitiesjob
SET priority = greatest(priority, %(priority)s), dispatched_at = NULL, updated_at = clock_timestamp(),
    deadline_at = greatest(deadline_at, clock_timestamp() + make_interval(secs => %(ceiling_s)s))
WHERE id = %(job_id)s AND status = 'pending'
  AND (priority < %(priority)s OR deadline_at <= clock_timestamp())
RETURNING priority
"""

_WAIT_IS_OVER = """
UPDATE hero_opportunitiesjob
SET available_at = clock_timestamp(), dispatched_at = NULL, updated_at = clock_timestamp(),
    deadline_at = clock_timestamp() + make_interval(secs => %(ceiling_s)s)
WHERE id = %(job_id)s AND status = 'pending' AND attempts = 0 AND available_at > clock_timestamp()
RETURNING id, brand_id, priority
"""
