from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import dramatiq

from kairo.evidence.ingestion.runner import process_runner
from kairo.evidence.jobs.dispatch import ACTOR, QUEUE
from kairo.jobs import broker

logger = logging.getLogger(__name__)


@dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=broker.broker, notify_shutdown=False)
def ingest_evidence(job_id: str, *_: Any, **__: Any) -> None:
    """Takes the job a step further. Never raises: the outcome goes to the job's row.

    A message is a wake-up; one for a job that is not due does nothing. Further arguments, of another release, are
    ignored.
    """
    try:
        process_runner().run(job_id=UUID(job_id))
    except BaseException:
        logger.exception("the message for ingestion job %s failed; the sweep will wake somebody again", job_id)
