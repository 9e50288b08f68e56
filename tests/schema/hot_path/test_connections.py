from __future__ import annotations

import asyncio
import contextlib
import time

import pytest
from django.conf import settings
from django.db import OperationalError

from kairo.postgres.roles import READER
from schema.hot_path.connections import WAIT_S, Connections


class Freezable:
    """A way to Postgres on which, once it is frozen, nothing comes back."""

    def __init__(self, host: str, port: int) -> None:
        self._upstream = (host, port)
        self._going = asyncio.Event()
        self._going.set()
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> int:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

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


@pytest.mark.django_db
def test_a_frozen_database_is_not_waited_for_and_nothing_is_asked_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    database = settings.DATABASES["default"]

    async def told() -> float:
        way = Freezable(database["HOST"], int(database["PORT"]))
        monkeypatch.setitem(database, "HOST", "127.0.0.1")
        monkeypatch.setitem(database, "PORT", str(await way.open()))
        connections = Connections(role=READER, most=1)
        assert await connections("SELECT 1", []) == [(1,)]
        way.freeze()
        began = time.monotonic()
        with pytest.raises(OperationalError):
            await connections("SELECT 2", [])
        took = time.monotonic() - began
        way.close()
        await connections.close()
        return took

    assert asyncio.run(told()) < WAIT_S + 3  # to ask it to cancel takes psycopg ten seconds
