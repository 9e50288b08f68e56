"""The wake-up for workers, after the commit. It may be lost: the row says whether it was sent, the sweep repeats it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from kairo import broker
from kairo.core.statements import fetch

ACTOR = "ingest_evidence"
QUEUE = "evidence"


def announce_after_commit(*, job_id: UUID) -> None:
    """Robust: the row is committed by then, so a Redis that fails must not look like a request that failed."""

    def announce() -> None:  # a function: Django's report on a failed robust hook asks for its name
        knock(job_id=job_id)
        fetch(_SENT, {"job_id": job_id})

    transaction.on_commit(announce, robust=True)


def knock(*, job_id: UUID) -> None:
    """Sends the wake-up message, which carries the job's id and nothing else.

    Raises whatever the broker raises when Redis does not take it.
    """
    broker.send(actor=ACTOR, queue=QUEUE, args=(str(job_id),))


_SENT = """
UPDATE evidence_ingestionjob SET dispatched_at = clock_timestamp()
WHERE id = %(job_id)s AND status = 'pending' AND available_at <= clock_timestamp()
"""
