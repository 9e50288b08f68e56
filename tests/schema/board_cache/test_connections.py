from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import pytest
from django.conf import settings

from kairo.db.roles import READER
from kairo.devstack.ports import free_port
from schema.board_cache.connections import DATABASE_TIMEOUT_S, ConnectionPool, DatabaseTimeout
from schema.board_cache.prepared_statements import PreparedConnection


class FreezableProxy:
    """A TCP proxy to Postgres that forwards nothing more once it is frozen."""

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._upstream = (host, port)
        self._forwarding = asyncio.Event()
        self._forwarding.set()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    def freeze(self) -> None:
        self._forwarding.clear()

    def close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        replies, upstream = await asyncio.open_connection(*self._upstream)
        self._tasks += [
            asyncio.create_task(self._copy(reader, upstream)),
            asyncio.create_task(self._copy(replies, writer)),
        ]

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(1 << 16):
                await self._forwarding.wait()
                sink.write(data)
        sink.close()


@pytest.fixture
def proxy(db: None, monkeypatch: pytest.MonkeyPatch) -> FreezableProxy:
    """The only address of the database; it refuses connections until it is open."""
    database = settings.DATABASES["default"]
    proxy = FreezableProxy(database["HOST"], int(database["PORT"]))
    monkeypatch.setitem(database, "HOST", "127.0.0.1")
    monkeypatch.setitem(database, "PORT", str(proxy.port))
    return proxy


Maker = Callable[[], ConnectionPool | PreparedConnection]


@pytest.fixture(params=[lambda: ConnectionPool(role=READER, max_size=1), lambda: PreparedConnection(role=READER)])
def make(request: pytest.FixtureRequest) -> Maker:
    maker: Maker = request.param
    return maker


def test_timeout_of_a_frozen_database_sends_no_cancel_request(proxy: FreezableProxy, make: Maker) -> None:
    async def run() -> float:
        await proxy.open()
        connections = make()
        assert await connections("SELECT 1", []) == [(1,)]
        proxy.freeze()
        began = time.monotonic()
        with pytest.raises(DatabaseTimeout):
            await connections("SELECT 1", [])
        took = time.monotonic() - began
        proxy.close()
        await connections.close()
        return took

    assert asyncio.run(run()) < DATABASE_TIMEOUT_S + 6  # psycopg waits ten seconds for a cancel request


def test_connection_reopens_after_the_database_was_away(proxy: FreezableProxy, make: Maker) -> None:
    async def run() -> object:
        connections = make()
        for _ in range(2):
            with pytest.raises(DatabaseTimeout):
                await connections("SELECT 1", [])
        await proxy.open()
        result = await connections("SELECT 1", [])
        proxy.close()
        await connections.close()
        return result

    assert asyncio.run(run()) == [(1,)]
