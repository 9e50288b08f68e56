from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable

from django.db import close_old_connections

from kairo.hero.jobs.queue import release_stale_jobs
from kairo.hero.jobs.scheduler import enqueue_due_refreshes

logger = logging.getLogger(__name__)


def sweep_boards() -> None:
    """Rescues generation jobs, and enqueues the day's refreshes."""
    release_stale_jobs()
    enqueue_due_refreshes()


class PeriodicTask:
    """Sweeps in a thread of its own, every `interval_s` seconds or a little sooner.

    Every worker process has one, and no one leads: jitter keeps them from running at once, and they may.
    """

    def __init__(self, *, interval_s: float, sweep: Callable[[], None] = sweep_boards) -> None:
        self._interval_s = interval_s
        self._sweep = sweep
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()

    def _run(self) -> None:
        pause_s = random.uniform(0, self._interval_s / 5)  # noqa: S311  spreads the sweeps, guards nothing
        while not self._stopped.wait(pause_s):
            try:
                self._sweep()
            except Exception:
                logger.exception("a sweep failed; the next one repeats it")
            finally:
                close_old_connections()
            pause_s = self._interval_s * random.uniform(0.6, 1.0)  # noqa: S311  as above
