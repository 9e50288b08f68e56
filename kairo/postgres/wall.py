from __future__ import annotations

from contextlib import AbstractContextManager
from typing import cast
from uuid import UUID

from django.db import connections

from kairo.postgres.base import DatabaseWrapper, Wall


def walled(tenant_id: UUID | None = None) -> AbstractContextManager[Wall]:
    """The second wall of tenancy around whatever this thread asks of the database: see `DatabaseWrapper.walled`."""
    return cast(DatabaseWrapper, connections["default"]).walled(tenant_id)
