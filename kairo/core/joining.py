from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from django.db import connection

Q = TypeVar("Q")
A = TypeVar("A")


class Joined(Generic[Q, A]):
    """What many threads want of the database at the same moment, done in one go by one of them.

    Nobody waits for company: the first one asks at once, and those that come meanwhile are asked for together next.
    `ask` gets what is wanted, and returns as many answers in the same order. Where it fails for several, each tries by
    itself, so that nobody suffers for another's sake. Within a transaction of the caller's, it asks for itself alone.
    """

    def __init__(self, ask: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._ask = ask
        self._waiting: deque[_Call[Q, A]] = deque()
        self._turn = threading.Lock()

    def __call__(self, wanted: Q) -> A:
        if connection.in_atomic_block:
            return self._ask([wanted])[0]
        call: _Call[Q, A] = _Call(wanted)
        self._waiting.append(call)
        with self._turn:
            if not call.taken:
                self._serve()
        return call.answers[0] if call.answers else self._ask([wanted])[0]

    def _serve(self) -> None:
        """Asks for all that wait, this thread among them. Whoever has no answer after it asks by itself."""
        calls = []
        while self._waiting:
            calls.append(self._waiting.popleft())
            calls[-1].taken = True
        try:
            answers = self._ask([call.wanted for call in calls])
        except Exception:
            if len(calls) == 1:
                raise
            return
        for call, answer in zip(calls, answers, strict=True):
            call.answers.append(answer)


class _Call(Generic[Q, A]):
    def __init__(self, wanted: Q) -> None:
        self.wanted = wanted
        self.taken = False
        self.answers: list[A] = []  # one, or none yet
