"""Checks the linearizability of one value: whether a response can be true of it."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass
class Version:
    """One value and the kind of change that set it. It is not valid before `begins`; a request sent after `stands` must
    not get an older one."""

    kind: str
    value: object
    begins: float
    stands: float


class History:
    """The values of one thing in order, by this process's clock. One thread changes it; any thread may check."""

    def __init__(self, value: object) -> None:
        self._versions = [Version("beginning", value, -math.inf, -math.inf)]
        self._lock = threading.Lock()
        self.seen: Counter[str] = Counter()  # responses by kind of change

    def change(self, kind: str, value: object, write: Callable[[], object], *, later_by: float = 0) -> None:
        """Calls `write`, which commits the value, or a time after which it applies, `later_by` seconds from now."""
        change_together([(self, value)], kind=kind, write=write, later_by=later_by)

    def begin(self, version: Version) -> None:
        with self._lock:
            self._versions.append(version)

    def end(self, version: Version, *, at: float) -> None:
        with self._lock:
            version.stands = min(version.stands, at)

    def is_valid(self, value: object, *, sent: float, received: float) -> bool:
        """Returns whether the value can have been current between the two times, given all writes and responses."""
        with self._lock:
            found = None
            for version in reversed(self._versions):
                if version.value == value and version.begins <= received:
                    found = version  # the oldest possible one: this response proves nothing about newer ones
                if version.stands < sent:
                    break  # an older value would be stale
            if found is None:
                return False
            found.stands = min(found.stands, received)  # a later request must not get an older value
            self.seen[found.kind] += 1
            return True


def change_together(
    values: Iterable[tuple[History, object]], *, kind: str, write: Callable[[], object], later_by: float = 0
) -> None:
    """Changes several histories with one write."""
    begins = time.monotonic() + later_by
    changed = [(history, Version(kind, value, begins, math.inf)) for history, value in values]
    for history, version in changed:
        history.begin(version)
    write()
    stands = time.monotonic() + later_by
    for history, version in changed:
        history.end(version, at=stands)
