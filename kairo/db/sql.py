"""How the queues' SQL is run: one statement a verb where it can be, and again when Postgres asks for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

_TRIES = 8
_FIRST_PAUSE_S = 0.01
# serialization_failure and deadlock_detected: nothing was written, and the same again may well succeed.
_REFUSED = {"40001", "40P01"}
_RECONNECTS_S = (0.2, 1.0, 3.0)  # pauses before the same is tried on a new connection


def fetch(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that a statement returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def retry_on_serialization_failure(work: Callable[[], T], *, reconnect: bool = True) -> T:
    """What `work` returns; it is run again when Postgres gave it up for another transaction's sake, and, if
    `reconnect`, on a new connection when the old one was lost.

    So `work` must bear to have been done already, its answer lost: every verb does, because its second run finds
    the row changed. Inside a transaction of the caller's it runs once: only the whole could be run again.
    """
    if connection.in_atomic_block:
        return work()
    refusals, losses = 0, 0
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            if getattr(error.__cause__, "sqlstate", None) in _REFUSED:
                refusals += 1
                if refusals == _TRIES:
                    raise
                pause_s = _FIRST_PAUSE_S * 2**refusals * random.random()  # noqa: S311  spreads competitors
            else:
                if not reconnect or losses == len(_RECONNECTS_S) or not _lost(error):
                    raise
                pause_s = _RECONNECTS_S[losses]
                losses += 1
                connection.close()
        time.sleep(pause_s)


def retried(verb: Callable[P, T]) -> Callable[P, T]:
    """Runs a verb of the API again when Postgres rolled its transaction back: a deadlock, or a failed serialization.

    The verb must write nothing outside its transaction. Within a transaction of the caller's it runs once. A lost
    connection is not waited for: a person waits for the answer.
    """

    @wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return retry_on_serialization_failure(lambda: verb(*args, **kwargs), reconnect=False)

    return run


def _lost(error: OperationalError | InterfaceError) -> bool:
    """Whether the connection is gone, or none can be had: not that a statement failed on a good one."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate is None or (sqlstate[:2] in {"08", "57"} and sqlstate != "57014")  # 57014: statement_timeout
