from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import dramatiq

from kairo.hero.generation.job_runner import process_runner
from kairo.hero.jobs.queue import KIND
from kairo.jobs import broker
from kairo.jobs.failure_log import log_failure

logger = logging.getLogger(__name__)


# Not interrupted at SIGTERM: a job may finish within the grace, and the lease renewer gives back one that does not.
@dramatiq.actor(actor_name=KIND.actor, queue_name=KIND.queue, broker=broker.broker, notify_shutdown=False)
def generate_board(job_id: str, *_: Any, **__: Any) -> None:
    """Runs due generation jobs, the one with this id among them. Never raises: the outcome goes to the jobs' rows.

    Further arguments, of another release, are ignored.
    """
    try:
        process_runner().run_due(named=UUID(job_id))
    except BaseException as error:
        log_failure(logger, error, f"the message for job {job_id} failed; the reaper will send another")
