from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import connection

Q = TypeVar("Q")
A = TypeVar("A")


class Batcher(Generic[Q, A]):
    """What many threads want of the database at the same moment, done in one go by one of them.

    Nobody waits for company: the first one asks at once, and those that come meanwhile are asked for together next.
    `ask` gets what is wanted, and returns as many answers in the same order. Where it fails for several, each tries by
    itself, so that nobody suffers for another's sake. Within a transaction of the caller's, it asks for itself alone.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._ask = ask
        self._waiting: list[_Call[Q, A]] = []
        self._asking = False
        self._lock = threading.Lock()

    def __call__(self, wanted: Q) -> A:
        if connection.in_atomic_block:
            return self._ask([wanted])[0]
        call: _Call[Q, A] = _Call(wanted)
        with self._lock:
            self._waiting.append(call)
            if not self._asking:
                self._asking = call.asks = True
        try:
            if not call.asks:
                call.told.acquire()
            if call.asks:
                self._serve()
        finally:
            if call.asks:
                self._hand_on()
        return call.answers[0] if call.answers else self._ask([wanted])[0]

    def _serve(self) -> None:
        """Asks for all that wait, this thread among them. Whoever has no answer after it asks by itself."""
        with self._lock:
            calls, self._waiting = self._waiting, []
        try:
            answers = self._ask([call.wanted for call in calls])
            for call, answer in zip(calls, answers, strict=True):
                call.answers.append(answer)
        except Exception:
            if len(calls) == 1:
                raise
        finally:
            # Each by itself: by a lock that all share they would wait for the next to ask, their answers in hand.
            for call in calls:
                if not call.asks:
                    call.told.release()

    def _hand_on(self) -> None:
        """The first of those that came meanwhile asks next."""
        with self._lock:
            self._asking = bool(self._waiting)
            if self._waiting:
                self._waiting[0].asks = True
                self._waiting[0].told.release()


class _Call(Generic[Q, A]):
    def __init__(self, wanted: Q) -> None:
        self.wanted = wanted
        self.asks = False  # this thread is the one that asks, for all
        self.told = threading.Lock()  # held until there is an answer, or it is to ask
        self.told.acquire()
        self.answers: list[A] = []  # one, or none yet
