from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, close_old_connections, connection

T = TypeVar("T")

MAX_WAIT_S = 1.5  # for a thread; with the work and the network a client has its response within two seconds
_SPARE = 6  # threads beyond the database's connections: those that parse a document, or call a source


class WorkerThreads:
    """Runs what blocks in a bounded number of threads, which are kept with their place in the connection pool.

    A thread for each request, as Django's handler has, costs 0.1 ms, and more threads than connections only wait.
    """

    def __init__(self) -> None:
        size = int(settings.DATABASE_POOL_MAX_SIZE) or 10
        self._executor = ThreadPoolExecutor(max_workers=size + _SPARE, thread_name_prefix="graphql")

    async def __call__(self, work: Callable[[], T]) -> T:
        """Runs the work in a thread.

        Raises:
            OperationalError: no thread was free in time. Whatever the work raises is raised as well.
        """
        deadline = monotonic() + MAX_WAIT_S
        return await asyncio.get_running_loop().run_in_executor(self._executor, _run, work, deadline)

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)


def _run(work: Callable[[], T], deadline: float) -> T:
    if monotonic() > deadline:
        raise OperationalError("no thread was free in time")
    try:
        return work()
    finally:
        release_connections()


def release_connections() -> None:
    """Returns this thread's connections to the pool; without one it keeps them while they are usable."""
    if not connection.in_atomic_block:
        close_old_connections()
