from __future__ import annotations

import logging
import threading
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections

from kairo.jobs import broker

logger = logging.getLogger(__name__)


class RunsNext(Protocol):
    """Whoever does a due piece of work and returns its id, or None when none is due."""

    def run_next(self) -> UUID | None: ...


class FallbackPoller:
    """Runs due jobs without a wake-up, in a thread of its own, for as long as Redis does not answer.

    Workers that listen to Redis would be deaf then, and Postgres knows what is to be done.
    """

    def __init__(self, *, runner: RunsNext) -> None:
        self._runner = runner
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fallback-poller", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(settings.JOB_POLL_INTERVAL_S):
            try:
                while not broker.answers() and self._runner.run_next() is not None:
                    logger.warning("Redis does not answer: a job was found by polling")
            except Exception:
                logger.exception("a look for jobs failed; the next one repeats it")
            finally:
                close_old_connections()
