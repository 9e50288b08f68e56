"""Joins what many threads want of the database at the same moment into one run. No thread waits for company."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from queue import Queue
from typing import Generic, TypeVar

from django.db import close_old_connections, connection

logger = logging.getLogger(__name__)

V = TypeVar("V")
R = TypeVar("R")


class Batcher(Generic[V, R]):
    """Calls `run` with the values of all threads that call at the same moment, in one of these threads.

    The first caller runs at once; those that come meanwhile are run together next. `run` returns as many results as it
    gets values, in their order. Where it fails for several, each is run by itself, so that one bad value fails alone.
    Within a transaction of the caller's, its value is run by itself.
    """

    def __init__(self, run: Callable[[Sequence[V]], Sequence[R]]) -> None:
        self._run = run
        self._waiting: list[_Call[V, R]] = []
        self._running = False
        self._lock = threading.Lock()

    def __call__(self, value: V) -> R:
        if connection.in_atomic_block:
            return self._run([value])[0]
        call: _Call[V, R] = _Call(value)
        with self._lock:
            self._waiting.append(call)
            if not self._running:
                self._running = call.leads = True
        try:
            if not call.leads:
                call.ready.acquire()
            if call.leads:
                self._run_waiting()
        finally:
            if call.leads:
                self._hand_over()
        return call.results[0] if call.results else self._run([value])[0]

    def _run_waiting(self) -> None:
        """Runs all that wait, this thread's own among them. One that has no result afterwards is run by itself."""
        with self._lock:
            calls, self._waiting = self._waiting, []
        try:
            results = self._run([call.value for call in calls])
            for call, result in zip(calls, results, strict=True):
                call.results.append(result)
        except Exception:
            if len(calls) == 1:
                raise
        finally:
            # A lock each: with one for all, they would wait for the next run, their results in hand.
            for call in calls:
                if not call.leads:
                    call.ready.release()

    def _hand_over(self) -> None:
        """The first of those that came meanwhile runs the next batch."""
        with self._lock:
            self._running = bool(self._waiting)
            if self._waiting:
                self._waiting[0].leads = True
                self._waiting[0].ready.release()


class _Call(Generic[V, R]):
    def __init__(self, value: V) -> None:
        self.value = value
        self.leads = False  # this thread runs the batch
        self.ready = threading.Lock()  # held until there is a result, or the thread is to lead
        self.ready.acquire()
        self.results: list[R] = []  # one, or none yet


class BackgroundBatcher(Generic[V, R]):
    """The same in a thread of its own: `put` does not wait for the result.

    `done` or `failed` is called with each value in that thread. At most `max_size` values wait; a further `put` blocks
    until there is room. A process that dies loses no more than these.
    """

    def __init__(
        self,
        run: Callable[[Sequence[V]], Sequence[R]],
        *,
        done: Callable[[V, R], None],
        failed: Callable[[V, Exception], None],
        max_size: int,
        name: str,
    ) -> None:
        self._run = run
        self._done = done
        self._failed = failed
        self._max_size = max_size
        self._name = name
        self._ready: Queue[list[V] | threading.Event] = Queue(max_size)  # a value is wrapped: it may be an Event itself
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def put(self, value: V) -> None:
        self._ensure_running()
        self._ready.put([value])

    def wait(self) -> None:
        """Returns when each value that was put until now has been done, or has failed."""
        reached = threading.Event()
        self._ensure_running()
        self._ready.put(reached)
        while not reached.wait(1):
            self._ensure_running()

    def _ensure_running(self) -> None:
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._loop, name=self._name, daemon=True)
                self._thread.start()

    def _loop(self) -> None:
        while True:
            ready = [self._ready.get()]
            while len(ready) < self._max_size and not self._ready.empty():  # this thread alone takes from it
                ready.append(self._ready.get())
            try:
                if values := [value for each in ready if isinstance(each, list) for value in each]:
                    self._run_batch(values)
            finally:
                for each in ready:
                    if isinstance(each, threading.Event):
                        each.set()
                close_old_connections()

    def _run_batch(self, values: Sequence[V]) -> None:
        try:
            results = self._run(values)
        except Exception as error:
            if len(values) == 1:
                self._fail(values[0], error)
            else:
                for value in values:
                    self._run_batch([value])
            return
        for value, result in zip(values, results, strict=True):
            self._done(value, result)

    def _fail(self, value: V, error: Exception) -> None:
        try:
            self._failed(value, error)
        except Exception:
            logger.exception("a failure could not be recorded")
