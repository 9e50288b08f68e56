from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable

import pytest
from django.conf import settings

from kairo.db.roles import READER
from kairo.devstack.ports import free_port
from schema.board_cache.connections import WAIT_S, Connections, TooLate
from schema.board_cache.prepared_statements import Prepared


class Freezable:
    """A way to Postgres on which, once it is frozen, nothing comes back."""

    def __init__(self, host: str, port: int) -> None:
        self.port = free_port()
        self._upstream = (host, port)
        self._going = asyncio.Event()
        self._going.set()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)

    def freeze(self) -> None:
        self._going.clear()

    def close(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, upstream = await asyncio.open_connection(*self._upstream)
        self._tasks += [
            asyncio.create_task(self._copy(reader, upstream)),
            asyncio.create_task(self._copy(answers, writer)),
        ]

    async def _copy(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(1 << 16):
                await self._going.wait()
                sink.write(data)
        sink.close()


@pytest.fixture
def way(db: None, monkeypatch: pytest.MonkeyPatch) -> Freezable:
    """The only way there is to the database, once it is open."""
    database = settings.DATABASES["default"]
    found = Freezable(database["HOST"], int(database["PORT"]))
    monkeypatch.setitem(database, "HOST", "127.0.0.1")
    monkeypatch.setitem(database, "PORT", str(found.port))
    return found


Maker = Callable[[], Connections | Prepared]


@pytest.fixture(params=[lambda: Connections(role=READER, most=1), lambda: Prepared(role=READER)])
def make(request: pytest.FixtureRequest) -> Maker:
    made: Maker = request.param
    return made


def test_a_frozen_database_is_not_waited_for_and_nothing_is_asked_of_it(way: Freezable, make: Maker) -> None:
    async def told() -> float:
        await way.open()
        connections = make()
        assert await connections("SELECT 1", []) == [(1,)]
        way.freeze()
        began = time.monotonic()
        with pytest.raises(TooLate):
            await connections("SELECT 1", [])
        took = time.monotonic() - began
        way.close()
        await connections.close()
        return took

    assert asyncio.run(told()) < WAIT_S + 6  # to ask it to cancel takes psycopg ten seconds


def test_a_database_that_was_away_is_asked_again_by_whoever_comes_next(way: Freezable, make: Maker) -> None:
    async def told() -> object:
        connections = make()
        for _ in range(2):
            with pytest.raises(TooLate):
                await connections("SELECT 1", [])
        await way.open()
        answer = await connections("SELECT 1", [])
        way.close()
        await connections.close()
        return answer

    assert asyncio.run(told()) == [(1,)]
