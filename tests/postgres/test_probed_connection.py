from __future__ import annotations

import os
import signal

import psycopg
import pytest
from django.conf import settings

from kairo.postgres.probed_connection import ProbedConnection


def test_a_frozen_server_fails_the_probe_and_a_slow_statement_does_not() -> None:
    connection = ProbedConnection.connect(settings.DATABASE_URL, autocommit=True)
    connection.execute("")
    assert connection.execute("SELECT pg_sleep(0.7)").fetchone() == ("",)
    backend = connection.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    try:
        with pytest.raises(psycopg.OperationalError, match="did not answer"):
            connection.execute("")
    finally:
        os.kill(backend, signal.SIGCONT)
        connection.close()
