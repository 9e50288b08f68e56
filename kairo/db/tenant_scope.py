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
    """Runs this thread's statements, on every configured database, in the web role and for one tenant.

    `DatabaseWrapper.tenant_scope` describes the transactions. The tenant of the yielded scope may be set later.
    """
    scope = TenantScope(tenant_id=tenant_id)
    with ExitStack() as stack:
        for alias in settings.DATABASES:
            stack.enter_context(cast(DatabaseWrapper, connections[alias]).tenant_scope(scope))
        yield scope


def new_snapshot() -> None:
    """Ends the request's repeatable-read snapshot; the next query sees everything committed so far."""
    for alias in settings.DATABASES:
        cast(DatabaseWrapper, connections[alias]).new_snapshot()
