from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from psycopg_pool import ConnectionPool
from pytest_django import Settings

from kairo.db import health_checked_connection
from kairo.db.health_checked_connection import HealthCheckedConnection, PrimaryConnection, leads_elsewhere


@pytest.fixture(autouse=True)
def long_probe_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Long enough for a live server on a busy machine."""
    monkeypatch.setattr(health_checked_connection, "PROBE_TIMEOUT_S", 3.0)


@contextmanager
def frozen(connection: HealthCheckedConnection) -> Iterator[None]:
    """Stops the connection's server process during the block."""
    backend = connection.info.backend_pid
    os.kill(backend, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(backend, signal.SIGCONT)
        connection.close()


def test_probe_times_out_on_a_frozen_server_and_not_on_a_slow_statement() -> None:
    connection = HealthCheckedConnection.connect(settings.DATABASE_URL, autocommit=True)
    connection.execute("")
    assert connection.execute("SELECT pg_sleep(3.5)").fetchone() == ("",)
    with frozen(connection), pytest.raises(psycopg.OperationalError, match="did not answer"):
        connection.execute("")


def test_statement_times_out_on_a_frozen_server(settings: Settings) -> None:
    settings.DATABASE_CLIENT_TIMEOUT_S = 0.5
    connection = HealthCheckedConnection.connect(settings.DATABASE_URL, autocommit=True)
    with frozen(connection):
        with pytest.raises(psycopg.OperationalError, match=r"did not answer within 0\.5 s"):
            connection.cursor().execute("SELECT 1")
        assert connection.closed


def idle_pool(number: int) -> ConnectionPool[HealthCheckedConnection]:
    """A pool configured as Django's, with `number` idle connections."""
    pool = ConnectionPool(
        settings.DATABASE_URL,
        connection_class=HealthCheckedConnection,
        kwargs={"autocommit": True},
        min_size=0,
        max_size=number,
        timeout=60,
        reconnect_timeout=0,
        check=ConnectionPool.check_connection,
        open=True,
    )
    for connection in [pool.getconn() for _ in range(number)]:
        pool.putconn(connection)
    return pool


def test_pool_discards_all_closed_connections_at_the_first_one() -> None:
    with idle_pool(12) as pool:
        taken = [pool.getconn() for _ in range(12)]
        backends = [connection.info.backend_pid for connection in taken]
        for connection in taken:
            pool.putconn(connection)
        with psycopg.connect(settings.DATABASE_URL, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(pid, 60000) FROM unnest(%s::int[]) pid", [backends])

        connection = pool.getconn()  # discarding one at a time would exceed the pool's timeout

        assert connection.info.backend_pid not in backends
        assert pool.get_stats()["connections_lost"] == 12
        pool.putconn(connection)


def test_pool_keeps_idle_connections_when_one_is_frozen() -> None:
    with idle_pool(3) as pool:
        first, *others = [pool.getconn() for _ in range(3)]
        backends = {connection.info.backend_pid for connection in others}
        for connection in (first, *others):
            pool.putconn(connection)
        with frozen(first):
            connection = pool.getconn()
            assert connection.info.backend_pid in backends
            assert pool.get_stats()["connections_lost"] == 1
            pool.putconn(connection)


def test_connection_through_a_pooler_that_leads_to_a_standby_is_not_lent(settings: Settings) -> None:
    settings.DATABASE_TRANSACTION_POOLING = True
    connection = PrimaryConnection.connect(settings.DATABASE_URL, autocommit=True)
    connection.execute("")
    assert HealthCheckedConnection.last_refusal == ""
    connection.execute("CREATE SCHEMA IF NOT EXISTS standby")
    connection.execute(
        "CREATE OR REPLACE FUNCTION standby.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true'"
    )
    connection.execute("SET search_path = standby, pg_catalog")
    with pytest.raises(psycopg.OperationalError, match="in recovery"):
        connection.execute("")
    assert connection.closed
    assert "in recovery" in HealthCheckedConnection.last_refusal
    with PrimaryConnection.connect(settings.DATABASE_URL, autocommit=True) as other:
        other.execute("DROP SCHEMA standby CASCADE")
        other.execute("")
    assert HealthCheckedConnection.last_refusal == ""


@pytest.mark.parametrize(("attrs", "is_left"), [("primary", False), ("read-write", True)])
def test_read_only_server_is_left_where_the_url_wants_another(
    monkeypatch: pytest.MonkeyPatch, attrs: str, is_left: bool
) -> None:
    """The only server is kept: it answers reads."""
    monkeypatch.setitem(settings.DATABASES["default"]["OPTIONS"], "target_session_attrs", attrs)
    with PrimaryConnection.connect(settings.DATABASE_URL, autocommit=True) as connection:
        assert not leads_elsewhere(connection)
        connection.execute("SET default_transaction_read_only = on")
        assert leads_elsewhere(connection) is is_left
