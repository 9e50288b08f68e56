from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import dramatiq

from kairo.hero.generation.job_runner import process_runner
from kairo.hero.jobs.dispatch import ACTOR, USER_QUEUE
from kairo.jobs import broker

logger = logging.getLogger(__name__)


# Not interrupted at SIGTERM: a job may finish within the grace, and the keeper gives back what does not.
@dramatiq.actor(actor_name=ACTOR, queue_name=USER_QUEUE, broker=broker.broker, notify_shutdown=False)
def generate_board(job_id: str, *_: Any, **__: Any) -> None:
    """Gathers, gates, synthesises and stores. Never raises: the outcome goes to the jobs' rows.

    A message is a wake-up: whatever is due is run, by priority and turn, the job that it names among the rest.
    Further arguments, of another release, are ignored.
    """
    try:
        process_runner().run_due(named=UUID(job_id))
    except BaseException:
        logger.exception("the message for job %s failed; the sweep will wake somebody again", job_id)
