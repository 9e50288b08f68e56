from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import dramatiq

from kairo.evidence.ingestion.runner import process_runner
from kairo.evidence.jobs.queue import KIND
from kairo.jobs import broker
from kairo.jobs.failure_log import log_failure

logger = logging.getLogger(__name__)


@dramatiq.actor(actor_name=KIND.actor, queue_name=KIND.queue, broker=broker.broker, notify_shutdown=False)
def ingest_evidence(job_id: str, *_: Any, **__: Any) -> None:
    """Runs a step of due ingestion jobs, the one with this id among them. Never raises: the outcome goes to the rows.

    Further arguments, of another release, are ignored.
    """
    try:
        process_runner().run_due(named=UUID(job_id))
    except BaseException as error:
        log_failure(logger, error, f"the message for ingestion job {job_id} failed; the reaper will send another")
