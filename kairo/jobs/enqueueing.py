from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import OperationalError, connection

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.ids import new_id
from kairo.core.models import Brand
from kairo.core.services import quotas
from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs.dispatch import dispatch_on_commit
from kairo.jobs.kind import J, JobKind

_TRIES = 5


def enqueue(
    kind: JobKind[J],
    *,
    brand_id: UUID,
    trigger: JobTrigger,
    priority: int,
    idempotency_key: str | None = None,
    request_id: str = "",
    delay_s: float = 0,
    **own: Any,
) -> tuple[J, bool]:
    """A pending job for the brand, in the caller's transaction, and whether this call made it.

    The active job that stands in its way is returned instead, and so is the job, finished or not, that was returned
    for the same idempotency key before. `priority` is above 0 where a person waits. A new job is due after `delay_s`,
    or at `make_due`; `own` are the kind's `own_fields`. Workers are woken after commit.

    One statement for a new job, two for one that exists; with a key one more, and another to remember it.

    Raises:
        NotFound: there is no such brand.
        BrandArchived: the brand is archived, and no job exists to be returned.
        QuotaExceeded: a user's job would be one more than may wait of the tenant's.
    """
    params = kind.params(
        brand_id=brand_id,
        trigger=trigger.value,
        priority=priority,
        key=idempotency_key,
        request_id=request_id,
        delay_s=delay_s,
        **{name: own.pop(name, field.get_default()) for name, field in kind.own_columns().items()},
    )
    if own:
        raise TypeError(f"{kind.name} jobs have no {', '.join(own)}")
    if idempotency_key is not None:  # requests with one key are answered one after the other
        fetch(_LOCK_KEY, {"name": f"{kind.table} {brand_id} {idempotency_key}"})
    is_counted = trigger == JobTrigger.USER and quotas.WAITING_JOBS.limit > 0
    if is_counted:
        _lock_quota(brand_id=brand_id)
    for _ in range(_TRIES):
        for job in kind.model._default_manager.raw(_insert_sql(kind), {**params, "id": new_id()}):
            if is_counted:
                _check_quota(kind, job)
            dispatch_on_commit(kind, job_id=job.id, priority=priority)
            return job, True
        for job in kind.model._default_manager.raw(_existing_sql(kind), params):
            return _joined(kind, job, params), False
        brand = Brand.objects.filter(id=brand_id).first()
        if brand is None:
            raise NotFound(noun="Brand")
        if brand.archived_at is not None:
            raise BrandArchived
        # Else the job that stood in the way has ended between the two statements.
    raise OperationalError(f"The brand's active job changed {_TRIES} times during one enqueue.")


def make_due(kind: JobKind[Any], *, job_id: UUID, unless_retried: bool = False) -> bool:
    """Makes a pending job that waits due, in the caller's transaction; whether there was one. Workers are woken.

    With `unless_retried` a job that has failed before waits for the end of its back-off.
    """
    rows = retry_on_serialization_failure(
        lambda: fetch(kind.sql(_MAKE_DUE), kind.params(job_id=job_id, unless_retried=unless_retried)), reconnect=False
    )
    for row in rows:
        dispatch_on_commit(kind, job_id=row["id"], priority=row["priority"])
    return bool(rows)


def _lock_quota(*, brand_id: UUID) -> None:
    tenant_id = Brand.objects.filter(id=brand_id).values_list("tenant_id", flat=True).first()
    if tenant_id is not None:
        quotas.lock(quotas.WAITING_JOBS, tenant_id=tenant_id)


def _check_quota(kind: JobKind[J], job: J) -> None:
    """
    Raises:
        QuotaExceeded: too many of the tenant's jobs wait, this new one among them.
    """
    limit = quotas.WAITING_JOBS.limit
    pending = kind.model._default_manager.filter(tenant_id=job.tenant_id, status="pending")
    if (used := pending[: limit + 1].count()) > limit:
        raise quotas.QuotaExceeded(quotas.WAITING_JOBS, used=used)


def _joined(kind: JobKind[J], job: J, params: dict[str, Any]) -> J:
    """The existing job, with this request's key, priority and deadline taken into account."""
    if params["key"] is not None and job.idempotency_key != params["key"]:
        fetch(kind.sql(_REMEMBER_KEY), {**params, "job_id": job.id})
    if hurried := fetch(kind.sql(_HURRY), {**params, "job_id": job.id}):
        dispatch_on_commit(kind, job_id=job.id, priority=hurried[0]["priority"])
        job.refresh_from_db()
    return job


def _insert_sql(kind: JobKind[Any]) -> str:
    fields = kind.own_columns().values()
    columns = "".join(f", {field.column}" for field in fields)
    values = "".join(f", %({field.attname})s::{field.db_type(connection)}" for field in fields)
    return kind.sql(_INSERT.replace("/*columns*/", columns).replace("/*values*/", values))


def _existing_sql(kind: JobKind[Any]) -> str:
    same = " AND ".join(f"j.{name} = %({name})s" for name in kind.unique_by) or "FALSE"
    return kind.sql(_EXISTING.replace("/*same*/", same))


# Held until the caller's transaction ends.
_LOCK_KEY = "SELECT pg_advisory_xact_lock(hashtextextended(%(name)s, 0))"

_INSERT = """
WITH inserted AS (
    INSERT INTO {jobs}
        (id, brand_id, tenant_id, status, trigger, priority, idempotency_key, request_id, max_attempts,
         created_at, updated_at, available_at, deadline_at, turn_at/*columns*/)
    SELECT %(id)s, b.id, b.tenant_id, 'pending', %(trigger)s, %(priority)s, %(key)s::varchar, %(request_id)s,
           %(max_attempts)s, now.at, now.at, now.at + make_interval(secs => %(delay_s)s),
           now.at + make_interval(secs => %(delay_s)s + %(deadline_s)s), {run_order}(b.tenant_id)/*values*/
    FROM core_brand b, (SELECT clock_timestamp() AS at) now
    WHERE b.id = %(brand_id)s AND b.archived_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM {keys} k WHERE k.brand_id = %(brand_id)s AND k.key = %(key)s::varchar)
    ON CONFLICT DO NOTHING
    RETURNING *
), logged AS (
    INSERT INTO {events} (job_id, kind, detail, at) SELECT id, 'enqueued', trigger, created_at FROM inserted
)
SELECT * FROM inserted
"""

# The same key means the same request, whatever became of its job; else an active job stands in the way.
_EXISTING = """
SELECT j.* FROM {jobs} j
LEFT JOIN {keys} k ON k.brand_id = %(brand_id)s AND k.key = %(key)s::varchar AND k.job_id = j.id
WHERE j.brand_id = %(brand_id)s
  AND (j.idempotency_key = %(key)s::varchar OR k.id IS NOT NULL
       OR (j.status IN ('pending', 'running') AND /*same*/))
ORDER BY (j.idempotency_key = %(key)s::varchar OR k.id IS NOT NULL) IS TRUE DESC LIMIT 1
"""

_REMEMBER_KEY = """
INSERT INTO {keys} (job_id, brand_id, key) VALUES (%(job_id)s, %(brand_id)s, %(key)s::varchar)
ON CONFLICT (brand_id, key) DO NOTHING
"""

# Requested again: a pending job takes the higher priority, and one that was not started in time gets new time.
_HURRY = """
UPDATE {jobs}
SET priority = greatest(priority, %(priority)s), dispatched_at = NULL, updated_at = clock_timestamp(),
    deadline_at = CASE WHEN %(deadline_per_attempt)s
        THEN greatest(deadline_at, clock_timestamp() + make_interval(secs => %(deadline_s)s)) ELSE deadline_at END
WHERE id = %(job_id)s AND lease_token IS NULL AND finished_at IS NULL
  AND (priority < %(priority)s OR %(deadline_per_attempt)s AND deadline_at <= clock_timestamp())
RETURNING priority
"""

_MAKE_DUE = """
UPDATE {jobs}
SET available_at = clock_timestamp(), dispatched_at = NULL, updated_at = clock_timestamp(),
    deadline_at = CASE WHEN %(deadline_per_attempt)s
        THEN clock_timestamp() + make_interval(secs => %(deadline_s)s) ELSE deadline_at END
WHERE id = %(job_id)s AND lease_token IS NULL AND finished_at IS NULL AND available_at > clock_timestamp()
  AND (attempts = 0 OR NOT %(unless_retried)s)
RETURNING id, priority
"""
