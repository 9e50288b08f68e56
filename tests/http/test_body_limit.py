from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from kairo.http.body_limit import BODY_TIMED_OUT, BodyLimitMiddleware, Message, Receive, Send


async def read_body(
    *parts: bytes, pause_s: float = 0.0, max_bytes: int = 100, timeout_s: float = 5.0
) -> tuple[bytes, bool]:
    """The body that an application reads of these parts, each sent after a pause, and whether it timed out."""
    read = b""
    remaining = list(parts)
    scope: MutableMapping[str, Any] = {"type": "http"}

    async def receive() -> Message:
        if pause_s:
            await asyncio.sleep(pause_s)
        return {"type": "http.request", "body": remaining.pop(0), "more_body": bool(remaining)}

    async def send(message: Message) -> None:
        raise AssertionError("nothing is answered")

    async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        nonlocal read
        more = True
        while more:
            message = await receive()
            read += message["body"]
            more = message["more_body"]

    await BodyLimitMiddleware(application, max_bytes=max_bytes, timeout_s=timeout_s)(scope, receive, send)
    return read, BODY_TIMED_OUT in scope


def test_body_that_has_arrived_is_read() -> None:
    assert asyncio.run(read_body(b"a", b"b")) == (b"ab", False)
    assert asyncio.run(read_body(b"a", b"b", timeout_s=-1)) == (b"ab", False)


def test_body_in_parts_is_awaited() -> None:
    assert asyncio.run(read_body(b"a", b"b", b"c", pause_s=0.01)) == (b"abc", False)


def test_timeout_is_for_the_whole_body() -> None:
    assert asyncio.run(read_body(*[b"a"] * 100, pause_s=0.02, timeout_s=0.1))[1]


def test_late_body_ends_at_the_timeout() -> None:
    async def elapsed_s() -> float:
        started_at = asyncio.get_running_loop().time()
        assert await read_body(b"a", pause_s=60, timeout_s=0.05) == (b"", True)
        return asyncio.get_running_loop().time() - started_at

    assert asyncio.run(elapsed_s()) < 30


def test_one_byte_above_the_limit_is_passed_on() -> None:
    assert asyncio.run(read_body(b"abc", b"def", b"ghi", max_bytes=4)) == (b"abcde", False)


def test_cancellation_closes_the_pending_receive() -> None:
    async def ended() -> bool:
        released = asyncio.Event()

        async def receive() -> Message:
            try:
                await asyncio.sleep(60)
            finally:
                released.set()
            raise AssertionError("it was not waited for")

        async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
            await receive()

        async def send(message: Message) -> None:
            raise AssertionError("nothing is answered")

        task = asyncio.create_task(
            BodyLimitMiddleware(application, max_bytes=1, timeout_s=50)({"type": "http"}, receive, send)
        )
        await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])
        return task.cancelled() and released.is_set()

    assert asyncio.run(ended())
