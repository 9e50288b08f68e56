"""Runs hand-written SQL, and retries transactions that PostgreSQL aborted."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection

P = ParamSpec("P")
T = TypeVar("T")

_MAX_ATTEMPTS = 8
_FIRST_BACKOFF_S = 0.01
_RETRYABLE = {"40001", "40P01"}  # serialization_failure, deadlock_detected: the transaction was rolled back
_RECONNECT_BACKOFFS_S = (0.2, 1.0, 3.0)


def fetch(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Executes one statement and returns its rows as dictionaries."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def retry_on_serialization_failure(work: Callable[[], T], *, reconnect: bool = True) -> T:
    """Runs `work`, again after a serialization failure or a deadlock and, with `reconnect`, after a lost connection.

    `work` must be idempotent: a connection may be lost after the commit. Inside the caller's transaction it runs once,
    since only the whole transaction can be retried.
    """
    if connection.in_atomic_block:
        return work()
    failures, disconnects = 0, 0
    while True:
        try:
            return work()
        except (OperationalError, InterfaceError) as error:
            if getattr(error.__cause__, "sqlstate", None) in _RETRYABLE:
                failures += 1
                if failures == _MAX_ATTEMPTS:
                    raise
                backoff_s = _FIRST_BACKOFF_S * 2**failures * random.random()  # noqa: S311  jitter
            else:
                if not reconnect or disconnects == len(_RECONNECT_BACKOFFS_S) or not _is_disconnect(error):
                    raise
                backoff_s = _RECONNECT_BACKOFFS_S[disconnects]
                disconnects += 1
                connection.close()
        time.sleep(backoff_s)


def run_in_batches(work: Callable[[], int], *, size: int) -> int:
    """Repeats `work`, one transaction of at most `size` rows that returns their number, until it finds fewer.

    Returns the sum. Each transaction is retried as by `retry_on_serialization_failure`.
    """
    total = 0
    while True:
        rows = retry_on_serialization_failure(work)
        total += rows
        if rows < size:
            return total


def retry_transaction(function: Callable[P, T]) -> Callable[P, T]:
    """Decorates a function of the API: retries it after a serialization failure or a deadlock.

    The function must write nothing outside its transaction. A lost connection raises at once, because a request waits
    for the result.
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        return retry_on_serialization_failure(lambda: function(*args, **kwargs), reconnect=False)

    return run


def _is_disconnect(error: OperationalError | InterfaceError) -> bool:
    """Whether the connection is lost or refused, as opposed to a failed statement on a working connection."""
    sqlstate = getattr(error.__cause__, "sqlstate", None)
    return sqlstate is None or (sqlstate[:2] in {"08", "57"} and sqlstate != "57014")  # 57014: statement_timeout
