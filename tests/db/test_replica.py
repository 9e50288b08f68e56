from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

from kairo.core.models import Brand
from kairo.db import replica
from kairo.db.replica import REPLICA, ReplicaRouter, reads_may_lag

ROUTER = ReplicaRouter()


@pytest.fixture
def forgotten_replica() -> Iterator[None]:
    """Django keeps a connection object for each alias it has seen."""
    yield
    connections[REPLICA].close()
    del connections[REPLICA]


@pytest.fixture
def unreachable_replica(monkeypatch: pytest.MonkeyPatch, forgotten_replica: None) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = listener.getsockname()[1]
    options = {**settings.DATABASES["default"]["OPTIONS"], "pool": None}
    address = {"HOST": "127.0.0.1", "PORT": str(port), "OPTIONS": options}
    monkeypatch.setitem(settings.DATABASES, REPLICA, {**settings.DATABASES["default"], **address})
    monkeypatch.setattr(replica, "_unavailable_until", 0.0)


def test_router_sends_reads_and_writes_to_the_primary_by_default() -> None:
    assert ROUTER.db_for_read(Brand) is None
    assert ROUTER.db_for_write(Brand) == "default"
    with reads_may_lag():  # no replica is configured
        assert ROUTER.db_for_read(Brand) is None


def test_migrations_never_run_on_the_replica() -> None:
    assert ROUTER.allow_migrate("default", "core")
    assert not ROUTER.allow_migrate(REPLICA, "core")


@pytest.mark.usefixtures("unreachable_replica")
def test_unreachable_replica_is_tried_once_in_five_seconds(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> None:
    now = [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: now[0])
    with caplog.at_level(logging.WARNING), django_db_blocker.unblock():
        for at in (100.0, 101.0, 104.9, 105.1):
            now[0] = at
            with reads_may_lag():
                assert ROUTER.db_for_read(Brand) is None
    assert len(caplog.records) == 2


@pytest.fixture
def streaming_replica(
    monkeypatch: pytest.MonkeyPatch, forgotten_replica: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[psycopg.Connection]:
    """The primary once more, as a replica that has replayed what the table `replayed` says."""
    address = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    url = psycopg.conninfo.make_conninfo(os.environ["DATABASE_URL"], dbname=address["NAME"])
    options = {**settings.DATABASES["default"]["OPTIONS"], "pool": None}
    options["options"] += " -c search_path=as_replica,pg_catalog,public"
    monkeypatch.setitem(settings.DATABASES, REPLICA, {**settings.DATABASES["default"], **address, "OPTIONS": options})
    monkeypatch.setitem(connections.settings, REPLICA, {**connections["default"].settings_dict, "OPTIONS": options})
    monkeypatch.setattr(replica, "_unavailable_until", 0.0)
    monkeypatch.setattr(replica, "_check", replica._Check(at=float("-inf"), written="", is_behind=False))
    with psycopg.connect(url, autocommit=True) as server, django_db_blocker.unblock():
        server.execute("""
            CREATE SCHEMA as_replica;
            CREATE TABLE as_replica.replayed AS SELECT pg_current_wal_lsn() AS lsn;
            CREATE FUNCTION as_replica.pg_is_in_recovery() RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION as_replica.pg_last_wal_replay_lsn() RETURNS pg_lsn LANGUAGE sql
                AS 'SELECT lsn FROM as_replica.replayed'
        """)
        yield server
        connections[REPLICA].close()
        connection.close()
        server.execute("DROP SCHEMA as_replica CASCADE")


def test_nothing_is_read_from_a_replica_that_is_behind(
    streaming_replica: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    now = [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: now[0])

    def reads_from() -> str | None:
        with reads_may_lag():
            return ROUTER.db_for_read(Brand)

    def replay_all() -> None:
        streaming_replica.execute("UPDATE as_replica.replayed SET lsn = pg_current_wal_lsn() + 1000000")

    replay_all()
    assert reads_from() == REPLICA
    streaming_replica.execute("UPDATE as_replica.replayed SET lsn = '0/1'")
    assert reads_from() == REPLICA  # within five seconds
    now[0] += 5.1
    assert reads_from() is None
    assert "5 s behind" in caplog.text
    replay_all()
    now[0] += 4
    assert reads_from() is None
    now[0] += 1.1
    assert reads_from() == REPLICA
    now[0] += 600  # what was written long ago does not count
    streaming_replica.execute("UPDATE as_replica.replayed SET lsn = '0/1'")
    assert reads_from() is None
