"""A limit in seconds that pure code checks between its steps."""

from __future__ import annotations

import time


class DeadlineExceeded(Exception):
    """A computation was not done within its limit."""


class Deadline:
    """Raises once `limit_s` seconds have passed since it was made.

    Reads the monotonic clock, so the limit decides whether there is a result and never what the result is.
    """

    def __init__(self, limit_s: float) -> None:
        self.limit_s = limit_s
        self._ends_at = time.monotonic() + limit_s

    def check(self) -> None:
        """
        Raises:
            DeadlineExceeded: the limit has passed.
        """
        if time.monotonic() >= self._ends_at:
            raise DeadlineExceeded(f"It was not done within {self.limit_s:g} s.")
