"""What follows a commit: the wake-up for workers.

A wake-up is not one job's: whoever hears it runs whatever is due (JobRunner.run_due). So a backlog needs no message a
job, only enough of them to wake every idle thread.

It may be lost, with the process or with Redis. The row says whether it was sent (`dispatched_at`); the sweep sends
again what the row does not say.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs import broker

ACTOR = "generate_board"
USER_QUEUE = "boards"
SCHEDULED_QUEUE = "boards.scheduled"
# So many threads are woken already: those of eight processes of the default size. More would not start a job sooner,
# and each costs a worker two looks for nothing once the backlog is done.
MAX_PENDING_WAKEUPS = 64


def queue_for(*, priority: int) -> str:
    """A person waits for what has a priority above 0; nobody for the rest."""
    return USER_QUEUE if priority > 0 else SCHEDULED_QUEUE


def dispatch_on_commit(*, job_id: UUID, priority: int) -> None:
    """Wakes a worker once the caller's transaction is committed.

    Robust: the row is committed by then, so a Redis that fails must not look like a request that failed.
    """

    def announce() -> None:  # a function: Django's report on a failed robust hook asks for its name
        _announce(job_id=job_id, priority=priority)

    transaction.on_commit(announce, robust=True)


def send_wakeup(*, job_id: UUID, priority: int) -> None:
    """Sees to it that a wake-up waits for workers, now that the job is committed: one that carries its id and nothing
    else, unless enough of others' wait unheard.

    Those that wait were counted after the commit, and are heard after they were counted. So whoever hears one looks
    for due jobs after the commit, and finds this one.

    Raises whatever the broker raises when it does not answer, or does not take the message.
    """
    queue = queue_for(priority=priority)
    if broker.queue_depth(queue=queue) < MAX_PENDING_WAKEUPS:
        broker.send(actor=ACTOR, queue=queue, args=(str(job_id),))


def redispatch(*, job_id: UUID) -> None:
    """Sees to it that somebody is woken again if any job is due, for whoever heard the wake-up that names `job_id`,
    and goes no further.

    Raises what `send_wakeup` raises.
    """
    for first in fetch(_FIRST_DUE, {}):
        send_wakeup(job_id=job_id, priority=first["priority"])


def mark_undispatched(job_ids: Collection[UUID]) -> None:
    """Takes back the note that workers were told of these jobs, because the broker did not take the word."""
    retry_on_serialization_failure(lambda: fetch(_UNTOLD, {"jobs": list(job_ids)}), reconnect=False)


def _announce(*, job_id: UUID, priority: int) -> None:
    # Noted first: a row that is being noted is locked, and whoever looks for due jobs at that moment passes it over.
    noted = retry_on_serialization_failure(lambda: fetch(_TOLD, {"job_id": job_id}), reconnect=False)
    if not any(job["waits"] for job in noted):
        return  # somebody has taken it already
    try:
        send_wakeup(job_id=job_id, priority=priority)
    except broker.Unreachable:
        mark_undispatched([job_id])
        raise


_TOLD = """
UPDATE hero_opportunitiesjob
SET dispatched_at = clock_timestamp()
WHERE id = %(job_id)s AND finished_at IS NULL
RETURNING lease_token IS NULL AS waits
"""

_UNTOLD = "UPDATE hero_opportunitiesjob SET dispatched_at = NULL WHERE id = ANY (%(jobs)s::uuid[])"

_FIRST_DUE = """
SELECT priority FROM hero_opportunitiesjob
WHERE status = 'pending' AND available_at <= (SELECT clock_timestamp())
ORDER BY priority DESC, turn_at, id LIMIT 1
"""
