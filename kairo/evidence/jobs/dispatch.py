"""The wake-up for workers, after the commit. It may be lost: the row says whether it was sent, the sweep repeats it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo.db.sql import fetch, retry_on_serialization_failure
from kairo.jobs import broker

ACTOR = "ingest_evidence"
QUEUE = "evidence"


def dispatch_on_commit(*, job_id: UUID) -> None:
    """Robust: the row is committed by then, so a Redis that fails must not look like a request that failed."""

    def announce() -> None:  # a function: Django's report on a failed robust hook asks for its name
        # The row's last write comes before the message: a claim of any due job skips a row that is being written.
        if not retry_on_serialization_failure(lambda: fetch(_DISPATCHED, {"job_id": job_id}), reconnect=False):
            return  # it was claimed or ended meanwhile
        try:
            send_wakeup(job_id=job_id)
        except broker.Unreachable:
            mark_undispatched(job_id=job_id)
            raise

    transaction.on_commit(announce, robust=True)


def send_wakeup(*, job_id: UUID) -> None:
    """Sends the wake-up message, which carries the job's id and nothing else.

    Raises whatever the broker raises when Redis does not take it.
    """
    broker.send(actor=ACTOR, queue=QUEUE, args=(str(job_id),))


def mark_undispatched(*, job_id: UUID) -> None:
    """Records that the job's wake-up was not sent, so that the next sweep sends it."""
    retry_on_serialization_failure(lambda: fetch(_UNDISPATCHED, {"job_id": job_id}), reconnect=False)


_DISPATCHED = """
UPDATE evidence_ingestionjob SET dispatched_at = clock_timestamp()
WHERE id = %(job_id)s AND status = 'pending' AND available_at <= clock_timestamp()
RETURNING id
"""

_UNDISPATCHED = "UPDATE evidence_ingestionjob SET dispatched_at = NULL WHERE id = %(job_id)s"
