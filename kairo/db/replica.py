"""Reads that tolerate replication lag, from the replica that KAIRO_DATABASE_READ_URL names."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import Model

logger = logging.getLogger("kairo.db")

REPLICA = "replica"
_RETRY_AFTER_S = 5.0  # after a failed attempt
_CHECK_S = 5.0  # what a read may lag, or up to twice as much

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


def replica_failure() -> str | None:
    """Why nothing is read from the replica now; None if it is used. It is asked once in `_CHECK_S`.

    Raises:
        DatabaseError: the replica, or the primary, does not answer.
    """
    return "behind" if _is_behind() else None


def _is_available() -> bool:
    global _unavailable_until  # noqa: PLW0603  one failed attempt counts for the whole process
    if monotonic() < _unavailable_until:
        return False
    try:
        connections[REPLICA].ensure_connection()
        reason = f"it is more than {_CHECK_S:g} s behind" if _is_behind() else ""
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
    if not reason:
        return True
    _unavailable_until = monotonic() + _RETRY_AFTER_S
    logger.warning("the replica cannot be used; reads go to the primary: %s", reason)
    return False


def _is_behind() -> bool:
    """Whether the replica lacks what the primary had written at the last check, `_CHECK_S` ago or a little more.

    A clock would not tell: the time of the last replayed transaction grows old with an idle primary too, and a replica
    that has lost its primary has replayed all it got. One that is no streaming replica has no such position.
    """
    global _check  # noqa: PLW0603  one check counts for the whole process
    age_s = monotonic() - _check.at
    if age_s < _CHECK_S:
        return _check.is_behind
    written = _fetch("default", "SELECT pg_current_wal_lsn()::text")
    # A position from long ago says nothing about now.
    wanted = _check.written if age_s < 2 * _CHECK_S and _check.written else written
    replayed = _fetch(REPLICA, "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() < %s::pg_lsn", wanted)
    _check = _Check(at=monotonic(), written=written, is_behind=bool(replayed))
    return _check.is_behind


def _fetch(alias: str, sql: str, *params: str) -> Any:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


class _Check(NamedTuple):
    at: float
    written: str
    is_behind: bool


_check = _Check(at=float("-inf"), written="", is_behind=False)
