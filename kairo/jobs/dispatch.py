"""The wake-up for workers, sent after the commit.

A wake-up is not one job's: a worker that receives one runs what is due (JobRunner.run_due). So a backlog needs enough
messages to wake every idle thread, not one a job.

A message may be lost, with the process or with the broker. The row says whether it was sent (`dispatched_at`), and the
reaper sends what the row does not say.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs import broker
from kairo.jobs.kind import JobKind

logger = logging.getLogger(__name__)

# The threads of eight processes of the default size. More messages would not start a job sooner, and each costs a
# worker two looks for due jobs once the backlog is done.
MAX_PENDING_WAKEUPS = 64


def dispatch_on_commit(kind: JobKind[Any], *, job_id: UUID, priority: int) -> None:
    """Sends a wake-up once the caller's transaction is committed, if the job is due then.

    Robust: the row is committed by then, so a broker that fails must not look like a request that failed.
    """

    def dispatch() -> None:  # a function: Django's report on a failed robust hook takes its name
        try:
            _dispatch(kind, job_id=job_id, priority=priority)
        except broker.Unreachable as error:
            logger.warning("the wake-up waits for the broker, and the job for a poll: %s", error)

    transaction.on_commit(dispatch, robust=True)


def send_wakeup(kind: JobKind[Any], *, job_id: UUID, priority: int) -> None:
    """Sends a message with the id of a committed job, unless MAX_PENDING_WAKEUPS are queued already.

    Those are counted after the commit and received after the count: their receivers find this job among the due ones.

    Raises:
        Unreachable: the broker does not answer, or does not take the message.
    """
    queue = kind.queue_for(priority=priority)
    if broker.queue_depth(queue=queue) < MAX_PENDING_WAKEUPS:
        broker.send(actor=kind.actor, queue=queue, args=(str(job_id),))


def redispatch(kind: JobKind[Any], *, job_id: UUID) -> None:
    """Sends the wake-up that names `job_id` again if any job is due. For a worker that received it and stops here.

    Raises:
        Unreachable: as `send_wakeup`.
    """
    for first in fetch(kind.sql(_FIRST_DUE), {}):
        send_wakeup(kind, job_id=job_id, priority=first["priority"])


def mark_undispatched(kind: JobKind[Any], job_ids: Collection[UUID]) -> None:
    """Clears `dispatched_at`, because the broker did not take the messages: the next reaper sends them."""
    retry_on_serialization_failure(
        lambda: fetch(kind.sql(_MARK_UNDISPATCHED), {"jobs": list(job_ids)}), reconnect=False
    )


def _dispatch(kind: JobKind[Any], *, job_id: UUID, priority: int) -> None:
    # The row's last write comes before the message: a claim skips a row that is being written.
    marked = retry_on_serialization_failure(
        lambda: fetch(kind.sql(_MARK_DISPATCHED), {"job_id": job_id}), reconnect=False
    )
    if not marked:
        return  # claimed or ended meanwhile, or not due yet
    try:
        send_wakeup(kind, job_id=job_id, priority=priority)
    except broker.Unreachable:
        mark_undispatched(kind, [job_id])
        raise


# A row that is found by its id is described by `lease_token` and `finished_at`, which say the same as the status: by
# the status the planner may choose to look for the id among all pending jobs.
_MARK_DISPATCHED = """
UPDATE {jobs} SET dispatched_at = clock_timestamp()
WHERE id = %(job_id)s AND lease_token IS NULL AND finished_at IS NULL AND available_at <= clock_timestamp()
RETURNING id
"""

_MARK_UNDISPATCHED = "UPDATE {jobs} SET dispatched_at = NULL WHERE id = ANY (%(jobs)s::uuid[])"

_FIRST_DUE = """
SELECT priority FROM {jobs}
WHERE status = 'pending' AND available_at <= (SELECT clock_timestamp())
ORDER BY turn_at, priority DESC, id LIMIT 1
"""
