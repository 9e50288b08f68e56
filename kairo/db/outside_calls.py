"""The guard around calls to other parties' servers: sources, vendors and engines outside of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from django.db import connections

from kairo.db.backend.base import DatabaseWrapper


@contextmanager
def outside_call() -> Iterator[None]:
    """Returns this thread's pooled connections to their pool for the time of the call; the next statement takes one.

    A server that answers slowly would otherwise keep the pool's connections from other requests.

    Raises:
        RuntimeError: an atomic block is open: its locks would be held for as long as the other server takes.
    """
    for wrapper in connections.all(initialized_only=True):
        cast(DatabaseWrapper, wrapper).release()
    yield
