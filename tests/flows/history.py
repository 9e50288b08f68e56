"""What a thing was, and whether an answer about it can be true: linearizability of one thing."""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass
class Version:
    """One value, and what made it. It was not before `begins`; from `stands` on no answer may tell an older one."""

    kind: str
    value: object
    begins: float
    stands: float


class History:
    """Values one after the other, all times by this process's clock. One thread changes it, any may ask."""

    def __init__(self, value: object) -> None:
        self._versions = [Version("beginning", value, -math.inf, -math.inf)]
        self._lock = threading.Lock()
        self.told: Counter[str] = Counter()  # by kind, how many answers told what it made

    def change(self, kind: str, value: object, write: Callable[[], object], *, later_by: float = 0) -> None:
        """`write` commits the value, or that it will be there so many seconds later by time alone."""
        change_together([(self, value)], kind=kind, write=write, later_by=later_by)

    def begin(self, version: Version) -> None:
        with self._lock:
            self._versions.append(version)

    def end(self, version: Version, *, at: float) -> None:
        with self._lock:
            version.stands = min(version.stands, at)

    def can_tell(self, value: object, *, asked: float, answered: float) -> bool:
        """Whether it had the value at a moment between, as far as the writer and all answers so far know."""
        with self._lock:
            found = None
            for version in reversed(self._versions):
                if version.value == value and version.begins <= answered:
                    found = version  # the oldest it can be: of the newer ones nothing is proven by this answer
                if version.stands < asked:
                    break  # and nothing older may be told
            if found is None:
                return False
            found.stands = min(found.stands, answered)  # whoever asks from now on must not be told less
            self.told[found.kind] += 1
            return True


def change_together(
    values: Iterable[tuple[History, object]], *, kind: str, write: Callable[[], object], later_by: float = 0
) -> None:
    """`History.change` for several at once."""
    begins = time.monotonic() + later_by
    changed = [(history, Version(kind, value, begins, math.inf)) for history, value in values]
    for history, version in changed:
        history.begin(version)
    write()
    stands = time.monotonic() + later_by
    for history, version in changed:
        history.end(version, at=stands)
