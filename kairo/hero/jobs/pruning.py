from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob


@dataclass(frozen=True, kw_only=True, slots=True)
class Pruned:
    boards: int
    jobs: int


def prune(*, older_than: timedelta, keep_boards: int, batch: int, keep_of_tenant: int = 0) -> Pruned:
    """Deletes old boards, and old jobs that have ended, `batch` rows a transaction; how many.

    A brand's newest `keep_boards` boards stay however old, and so does its newest ready one, which is shown while
    a new one is made. Of a tenant that has more than `keep_of_tenant` boards, the oldest go however young, but never a
    brand's newest; 0 keeps all. A job stays as long as its board does. Opportunities are never deleted: people have
    decided on them, and the same idea keeps its id when it comes back.
    """
    params = {"older_than": older_than, "keep": keep_boards, "batch": batch, "keep_of_tenant": keep_of_tenant}
    boards = jobs = 0
    while found := retry_on_serialization_failure(lambda: _delete(OpportunitiesBoard, _OLD_BOARDS, params)):
        boards += found
    while found := retry_on_serialization_failure(lambda: _delete(OpportunitiesJob, _OLD_JOBS, params)):
        jobs += found
    return Pruned(boards=boards, jobs=jobs)


def would_prune(*, older_than: timedelta, keep_boards: int, keep_of_tenant: int = 0) -> Pruned:
    """What `prune` would delete of boards, and of jobs whose board is gone already."""
    params = {"older_than": older_than, "keep": keep_boards, "batch": None, "keep_of_tenant": keep_of_tenant}
    return Pruned(boards=len(fetch(_OLD_BOARDS, params)), jobs=len(fetch(_OLD_JOBS, params)))


def _delete(model: type[OpportunitiesBoard] | type[OpportunitiesJob], sql: str, params: dict[str, object]) -> int:
    with transaction.atomic():
        ids = [row["id"] for row in fetch(sql, params)]
        model._default_manager.filter(id__in=ids).delete()
    return len(ids)


_OLD_BOARDS = """
SELECT id FROM hero_opportunitiesboard WHERE id IN (
    SELECT id FROM (
        SELECT b.id, b.created_at, b.state,
               row_number() OVER (PARTITION BY brand_id ORDER BY b.created_at DESC, b.id DESC) AS age,
               row_number() OVER (PARTITION BY brand_id, state ORDER BY b.created_at DESC, b.id DESC) AS age_in_state,
               row_number() OVER (PARTITION BY tenant_id ORDER BY b.created_at DESC, b.id DESC) AS age_in_tenant
        FROM hero_opportunitiesboard b JOIN core_brand brand ON brand.id = b.brand_id
    ) ranked
    WHERE NOT (state = 'ready' AND age_in_state = 1)
      AND (age > %(keep)s AND created_at < clock_timestamp() - %(older_than)s::interval
           OR %(keep_of_tenant)s > 0 AND age_in_tenant > %(keep_of_tenant)s AND age > 1)
)
ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""

_OLD_JOBS = """
SELECT id FROM hero_opportunitiesjob j
WHERE finished_at < clock_timestamp() - %(older_than)s::interval
  AND NOT EXISTS (SELECT 1 FROM hero_opportunitiesboard b WHERE b.job_id = j.id)
ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""
