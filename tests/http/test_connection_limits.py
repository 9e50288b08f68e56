from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pytest_django import Settings
from uvicorn import Config
from uvicorn.server import ServerState

from kairo.http import connection_limits
from kairo.http.body_limit import Receive, Send
from kairo.http.connection_limits import MAX_HEAD_BYTES, LimitedHttpProtocol

REQUEST = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
TRAILED = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"


async def application(scope: Any, receive: Receive, send: Send) -> None:
    while (await receive()).get("more_body"):
        pass
    body = str(len(scope["headers"])).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


class Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def send(self, data: bytes) -> None:
        if self._reader._buffer or self._reader.at_eof():  # type: ignore[attr-defined]  # the server has answered
            return
        self._writer.write(data)
        await asyncio.sleep(0.02)

    async def status(self) -> int:
        """The status of the next response; 0 where the server closed the connection without one."""
        async with asyncio.timeout(30):
            try:
                head = await self._reader.readuntil(b"\r\n\r\n")
            except (asyncio.IncompleteReadError, ConnectionError):
                return 0
        await self._reader.read(1)
        return int(head.split()[1])


Connect = Callable[[], Coroutine[Any, Any, Client]]


@asynccontextmanager
async def served() -> AsyncIterator[Connect]:
    loop, state = asyncio.get_running_loop(), ServerState()
    config = Config(application, http=LimitedHttpProtocol, log_config=None)
    server = await loop.create_server(lambda: LimitedHttpProtocol(config, state, {}, loop), "127.0.0.1", 0)
    writers: list[asyncio.StreamWriter] = []

    async def connect() -> Client:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writers.append(writer)
        await asyncio.sleep(0.01)
        return Client(reader, writer)

    try:
        yield connect
    finally:
        for writer in writers:
            writer.close()
        server.close()
        for _ in range(100):
            if not state.connections:
                break
            await asyncio.sleep(0.01)
        assert not LimitedHttpProtocol.half_open
        assert not LimitedHttpProtocol.per_address


def run(test: Callable[[Connect], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        async with served() as connect:
            await test(connect)

    asyncio.run(main())


def head(size: int) -> bytes:
    filler = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(size // 1000))
    return b"GET / HTTP/1.1\r\nHost: a\r\n" + filler + b"\r\n"


@pytest.mark.parametrize("parts", [1, 50])
@pytest.mark.parametrize(("size", "status"), [(30_000, 200), (34_000, 431), (60_000, 431)])
def test_head_over_the_limit_is_431(size: int, status: int, parts: int) -> None:
    async def test(connect: Connect) -> None:
        client, data = await connect(), head(size)
        step = len(data) // parts + 1
        for at in range(0, len(data), step):
            await client.send(data[at : at + step])
        assert await client.status() == status

    run(test)


def test_one_endless_header_is_431() -> None:
    async def test(connect: Connect) -> None:
        client = await connect()
        await client.send(b"GET / HTTP/1.1\r\nX: ")
        for _ in range(MAX_HEAD_BYTES // 1000 + 1):
            await client.send(b"y" * 1000)
        assert await client.status() == 431

    run(test)


def test_body_larger_than_a_head_is_served() -> None:
    async def test(connect: Connect) -> None:
        client = await connect()
        await client.send(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        await client.send(b"x" * 100_000)
        assert await client.status() == 200
        await client.send(REQUEST)
        assert await client.status() == 200

    run(test)


def test_trailers_are_not_kept_and_not_endless() -> None:
    async def test(connect: Connect) -> None:
        client = await connect()
        await client.send(TRAILED + b"X-After: 1\r\n" * 10 + b"\r\n")
        assert await client.status() == 200
        await client.send(TRAILED)
        for _ in range(MAX_HEAD_BYTES // 1000 + 2):
            await client.send(b"X-After: " + b"y" * 1000 + b"\r\n")
        assert await client.status() == 0  # the application has the request already

    run(test)


@pytest.mark.parametrize(("sent", "status"), [(b"", 0), (b"GET / HTTP/1.1\r\nX: ", 408)])
def test_late_head_ends_the_connection(sent: bytes, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_limits, "HEAD_TIMEOUT_S", 0.1)

    async def test(connect: Connect) -> None:
        client = await connect()
        await client.send(sent)
        assert await client.status() == status
        kept = await connect()
        await kept.send(REQUEST)
        assert await kept.status() == 200
        await asyncio.sleep(0.3)  # an idle connection sends no head
        await kept.send(REQUEST)
        assert await kept.status() == 200
        await kept.send(b"GET / HTTP")
        assert await kept.status() == 408

    run(test)


def test_oldest_half_open_connection_is_closed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_limits, "MAX_HALF_OPEN", 3)

    async def test(connect: Connect) -> None:
        served = await connect()
        await served.send(REQUEST)
        assert await served.status() == 200
        clients = [await connect() for _ in range(5)]
        assert [await client.status() for client in clients[:2]] == [0, 0]
        for client in [*clients[2:], served]:
            await client.send(REQUEST)
            assert await client.status() == 200

    run(test)


@pytest.mark.parametrize(("hops", "is_limited"), [(0, True), (1, False)])
def test_one_address_has_a_share_of_the_connections(
    hops: int, is_limited: bool, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(connection_limits, "MAX_PER_ADDRESS", 2)
    monkeypatch.setattr("uvicorn.protocols.http.httptools_impl.get_remote_addr", lambda _: ("192.0.2.1", 1))
    settings.PROXY_HOPS = hops

    async def test(connect: Connect) -> None:
        clients = [await connect() for _ in range(3)]
        for client, status in zip(clients, (200, 200, 0 if is_limited else 200), strict=True):
            if status:
                await client.send(REQUEST)
            assert await client.status() == status

    run(test)


def test_loopback_has_no_share(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_limits, "MAX_PER_ADDRESS", 0)

    async def test(connect: Connect) -> None:
        client = await connect()
        await client.send(REQUEST)
        assert await client.status() == 200

    run(test)
