from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from benchmarks.driver import Load, Order

GOOD = b'{"data":{"todayBoard":{}}}'
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
Answer = Callable[[asyncio.StreamWriter, int], Awaitable[None]]


def result_of(answer: Answer, **more: object) -> dict[str, object]:
    """Returns the driver's summary of ten requests over two connections; `answer` gets the number of each."""

    async def run() -> dict[str, object]:
        count = 0

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal count
            while await reader.readuntil(b"\r\n\r\n"):
                count += 1
                await answer(writer, count)
                if writer.is_closing():
                    return

        async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                await serve(reader, writer)
            except (asyncio.IncompleteReadError, ConnectionError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(quietly, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        given = {"connections": 2, "seconds": 10.0, "once": True, **more}
        load = Load(Order(host="127.0.0.1", port=port, requests=[REQUEST] * 10, **given))  # type: ignore[arg-type]  # an order's fields
        found = await load.run()
        server.close()
        return found

    return asyncio.run(run())


async def plain(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(GOOD))
    await writer.drain()
    await asyncio.sleep(0)
    writer.write(GOOD)


async def chunked(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(GOOD))
    await asyncio.sleep(0.001)
    writer.write(GOOD + b"\r\n0\r\n\r\n")


async def not_modified(writer: asyncio.StreamWriter, number: int) -> None:
    writer.write(b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n")


@pytest.mark.parametrize("answer", [plain, chunked, not_modified])
def test_driver_counts_complete_responses(answer: Answer) -> None:
    found = result_of(answer)
    assert (found["requests"], found["errors"]) == (10, 0)


def test_driver_counts_another_body_as_an_error() -> None:
    async def wrong(writer: asyncio.StreamWriter, number: int) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{"errors":[]}')

    assert result_of(wrong)["errors"] == 10


async def stumbling(writer: asyncio.StreamWriter, number: int) -> None:
    if number == 3:
        writer.close()
    elif number == 5:
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
    else:
        await plain(writer, number)


def test_driver_retries_without_losing_requests() -> None:
    found = result_of(stumbling, retry=True)
    assert (found["requests"], found["errors"], found["retried"]) == (10, 0, 2)


def test_driver_counts_lost_requests_without_retries() -> None:
    assert result_of(stumbling)["errors"] == 2
