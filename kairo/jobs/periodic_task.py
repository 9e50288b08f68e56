from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from django.db import close_old_connections

from kairo.jobs.failure_log import log_failure

logger = logging.getLogger(__name__)


class PeriodicTask:
    """Calls `task` in a thread of its own, every `interval_s` seconds or a little sooner.

    Every worker process has one for each kind of job, and none leads: jitter keeps them from running at once.
    """

    def __init__(self, task: Callable[[], None], *, interval_s: float) -> None:
        self._task = task
        self._interval_s = interval_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="periodic-task", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        pause_s = random.uniform(0, self._interval_s / 5)  # noqa: S311  spreads the passes, guards nothing
        while not self._stopped.wait(pause_s):
            try:
                self._task()
            except Exception as error:
                log_failure(logger, error, "a periodic task failed; its next run repeats it")
            finally:
                close_old_connections()
            pause_s = self._interval_s * random.uniform(0.6, 1.0)  # noqa: S311  as above
