from __future__ import annotations

import logging
import socket
from contextlib import closing

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from kairo.core.models import Brand
from kairo.db import replica
from kairo.db.replica import REPLICA, ReplicaRouter, reads_may_lag

ROUTER = ReplicaRouter()


@pytest.fixture
def unreachable_replica(monkeypatch: pytest.MonkeyPatch) -> None:
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
