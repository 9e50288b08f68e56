"""What a worker process does besides the jobs of the top floor. A lower floor puts its work here; workers ask.

So a worker need not know the floors, and a floor need not import what it may not know.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol
from uuid import UUID

from django.utils.module_loading import import_string


class BackgroundWorker(Protocol):
    """One kind of work, as one process does it. Safe to call from many threads."""

    def load(self) -> None:
        """Imports what the work needs: at the process's start, when that keeps no other work waiting."""
        ...

    def run_next(self) -> UUID | None:
        """Does a due piece of work and returns its id; None when none is due, or the process is stopping."""
        ...

    def sweep(self) -> None:
        """Rescues what others left behind, and starts what is due by the clock."""
        ...

    def stop(self) -> None:
        """No new work from now on. For signal handlers: it waits for nothing."""
        ...

    def drain(self) -> None:
        """Waits, after `stop`, until nothing runs here any more."""
        ...


_paths: list[str] = []


def register(path: str) -> None:
    """Adds the process's one `BackgroundWorker`, which the function at `path` returns. For `AppConfig.ready`."""
    if path not in _paths:
        _paths.append(path)


def registered() -> tuple[BackgroundWorker, ...]:
    """The work of every floor that has some, in the order of the floors."""
    makers: list[Callable[[], BackgroundWorker]] = [import_string(path) for path in _paths]
    return tuple(make() for make in makers)
