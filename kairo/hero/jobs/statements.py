"""How the queue's SQL is run: one statement a verb where it can be, and again when Postgres asks for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import OperationalError, connection

T = TypeVar("T")

_TRIES = 8
_FIRST_PAUSE_S = 0.01
# serialization_failure and deadlock_detected: nothing was written, and the same again may well succeed.
_TRANSIENT = {"40001", "40P01"}


def fetch(sql: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows that a statement returns."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] if names else []


def again_if_refused(work: Callable[[], T]) -> T:
    """What `work` returns; it is run again when Postgres gave it up for another transaction's sake.

    Inside a transaction of the caller's it runs once: only the whole transaction could be run again.
    """
    tries = 1 if connection.in_atomic_block else _TRIES
    for attempt in range(1, tries + 1):
        try:
            return work()
        except OperationalError as error:
            if attempt == tries or getattr(error.__cause__, "sqlstate", None) not in _TRANSIENT:
                raise
        time.sleep(_FIRST_PAUSE_S * 2**attempt * random.random())  # noqa: S311  spreads competitors, guards nothing
    raise AssertionError("unreachable: the last try returns or raises")
