"""Holds locks of rows on a connection of its own, and shows which statements wait for them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

import psycopg
from django.db import connection

T = TypeVar("T")

_PATIENCE_S = 60.0  # for a statement that certainly comes: never reached unless the test is to fail
_WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"


class RowLocks:
    """A transaction that keeps the rows it has locked until `release`."""

    def __init__(self, own: psycopg.Connection[tuple[Any, ...]]) -> None:
        self._own = own

    def lock(self, select: LiteralString, *params: object) -> None:
        """Locks the rows that `select`, a SELECT without its FOR UPDATE, finds: at least one."""
        assert self._own.execute(select + " FOR UPDATE", params).fetchall(), "there is no row to lock"

    def wait_for_waiting(self) -> None:
        """Returns once a statement waits for one of the rows."""
        until = time.monotonic() + _PATIENCE_S
        while self._own.execute(_WAITING).fetchone() == (0,):
            assert time.monotonic() < until, "no statement waits for the rows"
            time.sleep(0.01)

    def release(self) -> None:
        self._own.rollback()

    @contextmanager
    def beside(self, work: Callable[[], T]) -> Iterator[Future[T]]:
        """Runs `work` in a thread, on a connection of its own, and releases the rows at the latest at the end."""

        def run() -> T:
            try:
                return work()
            finally:
                connection.close()

        with ThreadPoolExecutor(1) as pool:
            try:
                yield pool.submit(run)
            finally:
                self.release()


def wait_for_waiting() -> None:
    """Returns once a statement waits for a lock of Django's own transaction."""
    until = time.monotonic() + _PATIENCE_S
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_WAITING)
            if cursor.fetchone() != (0,):
                return
            assert time.monotonic() < until, "no statement waits"
            time.sleep(0.01)


@contextmanager
def row_locks() -> Iterator[RowLocks]:
    parameters = {**connection.settings_dict["OPTIONS"], **connection.get_connection_params()}
    known = {name: parameters[name] for name in ("host", "port", "dbname", "user", "password") if parameters.get(name)}
    with psycopg.connect(**known) as own:
        try:
            yield RowLocks(own)
        finally:
            own.rollback()
