from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from kairo.jobs import broker
from kairo.jobs.runner import JobRunner

logger = logging.getLogger(__name__)


class FallbackPoller:
    """Runs due jobs without a wake-up, in a thread: while the broker does not answer, or the process is idle.

    A message that a dead or frozen worker has fetched comes back after half a minute; an idle process does not wait
    for it. It costs one claim each JOB_POLL_INTERVAL_S.
    """

    def __init__(self, *, runner: JobRunner[Any]) -> None:
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
                while (not self._runner.is_busy or not broker.ping()) and self._runner.run_next() is not None:
                    logger.warning("a job was found by polling: its wake-up was lost, or waits elsewhere")
            except Exception:
                logger.exception("a look for jobs failed; the next one repeats it")
            finally:
                close_old_connections()
