from __future__ import annotations

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connections

from kairo.jobs import broker
from kairo.jobs.failure_log import log_failure
from kairo.jobs.lease import Lease
from kairo.jobs.runner import JobRunner

logger = logging.getLogger(__name__)


class FallbackPoller:
    """Runs due jobs without a wake-up: while the broker takes no messages, or the process is idle.

    A message that a dead or frozen worker has fetched comes back after half a minute; an idle process does not wait
    for it. It costs one claim each JOB_POLL_INTERVAL_S. Each job runs in a thread of its own, at most `threads` at
    once, so that a long one does not keep the next from starting.
    """

    def __init__(self, *, runner: JobRunner[Any], threads: int) -> None:
        self._runner = runner
        self._free = threading.BoundedSemaphore(threads)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fallback-poller", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(settings.JOB_POLL_INTERVAL_S):
            try:
                while self._begin_next():
                    logger.warning("a job was found by polling: its wake-up was lost, or waits elsewhere")
            except Exception as error:
                log_failure(logger, error, "a look for jobs failed; the next one repeats it")
            finally:
                close_old_connections()

    def _begin_next(self) -> bool:
        """Begins the job that comes first; whether there was one, and a thread for it."""
        if (self._runner.is_busy and broker.failure() is None) or not self._free.acquire(blocking=False):
            return False
        lease = None
        try:
            lease = self._runner.claim_next()
        finally:
            if lease is None:
                self._free.release()
        if lease is None:
            return False
        threading.Thread(target=self._run_job, args=(lease,), name="polled-job", daemon=True).start()
        return True

    def _run_job(self, lease: Lease) -> None:
        try:
            self._runner.run_claimed(lease)
        except Exception as error:
            log_failure(logger, error, "a job that was found by polling failed")
        finally:
            connections.close_all()
            self._free.release()
