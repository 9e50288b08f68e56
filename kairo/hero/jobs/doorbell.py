"""What follows a commit: the wake-up for workers, and the end of the cached board.

Both may be lost, with the process or with Redis. The row says whether they happened (`dispatched_at`,
`cache_dropped_at`); the sweep repeats what the row does not say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction

from kairo import broker
from kairo.core.statements import fetch
from kairo.hero import cache

ACTOR = "generate_board"
USER_QUEUE = "boards"
SCHEDULED_QUEUE = "boards.scheduled"


def queue_for(*, priority: int) -> str:
    """A person waits for what has a priority above 0; nobody for the rest."""
    return USER_QUEUE if priority > 0 else SCHEDULED_QUEUE


def announce_after_commit(*, job_id: UUID, brand_id: UUID, priority: int) -> None:
    """Wakes a worker and drops the cached board once the caller's transaction is committed.

    Robust: the row is committed by then, so a Redis that fails must not look like a request that failed.
    """

    def announce() -> None:  # a function: Django's report on a failed robust hook asks for its name
        _announce(job_id=job_id, brand_id=brand_id, priority=priority)

    transaction.on_commit(announce, robust=True)


def drop_cache_after_commit(jobs: Sequence[tuple[UUID, UUID]]) -> None:
    """Drops the cached boards of (job id, brand id) once the ends of the jobs are committed."""

    def drop() -> None:
        drop_cached_boards([(job_id, brand_id, True) for job_id, brand_id in jobs])

    transaction.on_commit(drop, robust=True)


def knock(*, job_id: UUID, priority: int) -> None:
    """Sends the wake-up message, which carries the job's id and nothing else.

    Raises whatever `broker.send` raises when the message is not taken.
    """
    broker.send(actor=ACTOR, queue=queue_for(priority=priority), args=(str(job_id),))


def drop_cached_boards(jobs: Collection[tuple[UUID, UUID, bool]]) -> None:
    """Drops the boards of (job id, brand id, finished), and notes it on the jobs where Redis has done it.

    A job that has finished since keeps its note to be made: the drop that counts is the one after its last change.
    """
    if jobs and cache.drop(*(brand_id for _, brand_id, _ in jobs)):
        fetch(_DROPPED, {"jobs": [job[0] for job in jobs], "finished": [job[2] for job in jobs]})


def _announce(*, job_id: UUID, brand_id: UUID, priority: int) -> None:
    # A broker of its own fails by itself; one that is the cache's Redis is waited for once, not twice.
    dropped = bool(settings.BROKER_URL) and cache.drop(brand_id)
    knock(job_id=job_id, priority=priority)
    dropped = dropped or cache.drop(brand_id)
    fetch(
        """
        UPDATE hero_opportunitiesjob
        SET dispatched_at = clock_timestamp(),
            cache_dropped_at = CASE WHEN %(dropped)s THEN clock_timestamp() ELSE cache_dropped_at END
        WHERE id = %(job_id)s AND finished_at IS NULL
        """,
        {"job_id": job_id, "dropped": dropped},
    )


_DROPPED = """
UPDATE hero_opportunitiesjob j SET cache_dropped_at = clock_timestamp()
FROM unnest(%(jobs)s::uuid[], %(finished)s::bool[]) AS dropped (job_id, finished)
WHERE j.id = dropped.job_id AND (j.finished_at IS NOT NULL) = dropped.finished
"""
