from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import dramatiq

from kairo import broker
from kairo.hero.jobs.doorbell import ACTOR, USER_QUEUE
from kairo.hero.services.job_runner import process_runner

logger = logging.getLogger(__name__)


# Not interrupted at SIGTERM: a job may finish within the grace, and the keeper gives back what does not.
@dramatiq.actor(actor_name=ACTOR, queue_name=USER_QUEUE, broker=broker.broker, notify_shutdown=False)
def generate_board(job_id: str, *_: Any, **__: Any) -> None:
    """Gathers, gates, synthesises and stores. Never raises: the outcome goes to the job's row.

    A message is a wake-up. The job that comes first is run, by priority and turn, and then the one that the
    message names, if that is another. Further arguments, of another release, are ignored.
    """
    try:
        named = UUID(job_id)
        runner = process_runner()
        if runner.run_next(hint=named) != named:
            runner.run(job_id=named)
    except BaseException:
        logger.exception("the message for job %s failed; the sweep will wake somebody again", job_id)
