from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import connections

from kairo.db.backend.base import DatabaseWrapper, TenantScope


@contextmanager
def tenant_scope(tenant_id: UUID | None = None) -> Iterator[TenantScope]:
    """The second wall of tenancy around whatever this thread asks of the database, and of its replica: see
    `DatabaseWrapper.tenant_scope`."""
    wall = TenantScope(tenant_id=tenant_id)
    with ExitStack() as stack:
        for alias in settings.DATABASES:
            stack.enter_context(cast(DatabaseWrapper, connections[alias]).tenant_scope(wall))
        yield wall


def new_snapshot() -> None:
    """What is read from now on is what has been committed by now: behind the wall, the reads of a request see the rows
    of one moment, that of the first of them."""
    for alias in settings.DATABASES:
        cast(DatabaseWrapper, connections[alias]).new_snapshot()
