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


def prune(*, older_than: timedelta, keep_boards: int, batch: int) -> Pruned:
    """Deletes old boards, and old jobs that have ended, `batch` rows a transaction; how many.

    A brand's newest `keep_boards` boards stay however old, and so does its newest ready one, which is shown while
    a new one is made. A job stays as long as its board does. Opportunities are never deleted: people have decided
    on them, and the same idea keeps its id when it comes back.
    """
    params = {"older_than": older_than, "keep": keep_boards, "batch": batch}
    boards = jobs = 0
    while found := retry_on_serialization_failure(lambda: _delete(OpportunitiesBoard, _OLD_BOARDS, params)):
        boards += found
    while found := retry_on_serialization_failure(lambda: _delete(OpportunitiesJob, _OLD_JOBS, params)):
        jobs += found
    return Pruned(boards=boards, jobs=jobs)


def would_prune(*, older_than: timedelta, keep_boards: int) -> Pruned:
    """What `prune` would delete of boards, and of jobs whose board is gone already."""
    params = {"older_than": older_than, "keep": keep_boards, "batch": None}
    return Pruned(boards=len(fetch(_OLD_BOARDS, params)), jobs=len(fetch(_OLD_JOBS, params)))


def _delete(model: type[OpportunitiesBoard] | type[OpportunitiesJob], sql: str, params: dict[str, object]) -> int:
    with transaction.atomic():
        ids = [row["id"] for row in fetch(sql, params)]
        model._default_manager.filter(id__in=ids).delete()
    return len(ids)


_OLD_BOARDS = """
SELECT id FROM hero_opportunitiesboard WHERE id IN (
    SELECT id FROM (
        SELECT id, created_at, state,
               row_number() OVER (PARTITION BY brand_id ORDER BY created_at DESC, id DESC) AS age,
               row_number() OVER (PARTITION BY brand_id, state ORDER BY created_at DESC, id DESC) AS age_in_state
        FROM hero_opportunitiesboard
    ) ranked
    WHERE age > %(keep)s AND NOT (state = 'ready' AND age_in_state = 1)
      AND created_at < clock_timestamp() - %(older_than)s::interval
)
ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""

_OLD_JOBS = """
SELECT id FROM hero_opportunitiesjob j
WHERE finished_at < clock_timestamp() - %(older_than)s::interval
  AND NOT EXISTS (SELECT 1 FROM hero_opportunitiesboard b WHERE b.job_id = j.id)
ORDER BY id LIMIT %(batch)s FOR UPDATE SKIP LOCKED
"""
