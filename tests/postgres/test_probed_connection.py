from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from pytest_django import Settings

from kairo.postgres.probed_connection import ProbedConnection


@contextmanager
def frozen(connection: ProbedConnection) -> Iterator[None]:
    """Within the block the server's side of the connection is stopped."""
    backend = connection.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(backend, signal.SIGCONT)
        connection.close()


def test_a_frozen_server_fails_the_probe_and_a_slow_statement_does_not() -> None:
    connection = ProbedConnection.connect(settings.DATABASE_URL, autocommit=True)
    connection.execute("")
    assert connection.execute("SELECT pg_sleep(0.7)").fetchone() == ("",)
    with frozen(connection), pytest.raises(psycopg.OperationalError, match="did not answer"):
        connection.execute("")


def test_a_server_that_freezes_under_a_statement_is_not_waited_for(settings: Settings) -> None:
    settings.DATABASE_PATIENCE_S = 0.5
    connection = ProbedConnection.connect(settings.DATABASE_URL, autocommit=True)
    with frozen(connection):
        with pytest.raises(psycopg.OperationalError, match=r"did not answer within 0\.5 s"):
            connection.cursor().execute("SELECT 1")
        assert connection.closed
