"""Reads that tolerate replication lag, from the replica that KAIRO_DATABASE_READ_URL names."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import OperationalError, connections
from django.db.models import Model

logger = logging.getLogger("kairo.db")

REPLICA = "replica"
_RETRY_AFTER_S = 5.0  # after a failed connection attempt

_may_lag: ContextVar[bool] = ContextVar("reads_may_lag", default=False)
_unavailable_until = 0.0


@contextmanager
def reads_may_lag() -> Iterator[None]:
    """Reads rows from the replica, where one is configured and reachable; a context manager and a decorator.

    Use only for display queries that tolerate replication lag; authentication, todayBoard, jobs, tokens and mutations
    always use the primary.
    """
    token = _may_lag.set(REPLICA in settings.DATABASES and _is_available())
    try:
        yield
    finally:
        _may_lag.reset(token)


class ReplicaRouter:
    """Django's database router: reads inside `reads_may_lag` go to the replica, everything else to the primary."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return REPLICA if _may_lag.get() else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # both databases have the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != REPLICA


def _is_available() -> bool:
    global _unavailable_until  # noqa: PLW0603  one failed attempt counts for the whole process
    if monotonic() < _unavailable_until:
        return False
    try:
        connections[REPLICA].ensure_connection()
    except OperationalError as error:
        _unavailable_until = monotonic() + _RETRY_AFTER_S
        reason = str(error).strip().splitlines()[0]
        logger.warning("the replica is not reachable; reads go to the primary: %s", reason)
        return False
    return True
