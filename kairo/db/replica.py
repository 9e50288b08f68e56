"""Reads that may be a moment old, from a replica where KAIRO_DATABASE_READ_URL names one."""

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
_LEFT_ALONE_S = 5.0  # after it did not answer

_may_lag: ContextVar[bool] = ContextVar("reads_may_lag", default=False)
_left_alone_until = 0.0


@contextmanager
def reads_may_lag() -> Iterator[None]:
    """Within the block, or the function that it decorates, rows are read from the replica, if one is there and answers.

    For what is only shown, and for nothing that is asked again because of a write: who calls, today's board, jobs and
    tokens are read where they are written, and so is everything in a mutation.
    """
    before = _may_lag.set(REPLICA in settings.DATABASES and _answers())
    try:
        yield
    finally:
        _may_lag.reset(before)


class ReplicaRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        return REPLICA if _may_lag.get() else None

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return "default"

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True  # both hold the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != REPLICA


def _answers() -> bool:
    global _left_alone_until  # noqa: PLW0603  what one request finds out, all of the process know
    if monotonic() < _left_alone_until:
        return False
    try:
        connections[REPLICA].ensure_connection()
    except OperationalError as error:
        _left_alone_until = monotonic() + _LEFT_ALONE_S
        logger.warning("the replica does not answer, so the database is read: %s", str(error).strip().splitlines()[0])
        return False
    return True
