from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

from kairo.http.body_limit import IS_LATE, BodyLimitMiddleware, Message, Receive, Send


async def sent(
    *parts: bytes, pause_s: float = 0.0, most_bytes: int = 100, timeout_s: float = 5.0
) -> tuple[bytes, bool]:
    """What an application reads of a body that comes in these parts, each after a pause, and whether it was late."""
    read = b""
    left = list(parts)
    scope: MutableMapping[str, Any] = {"type": "http"}

    async def receive() -> Message:
        if pause_s:
            await asyncio.sleep(pause_s)
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        raise AssertionError("nothing is answered")

    async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        nonlocal read
        more = True
        while more:
            message = await receive()
            read += message["body"]
            more = message["more_body"]

    await BodyLimitMiddleware(application, most_bytes=most_bytes, timeout_s=timeout_s)(scope, receive, send)
    return read, IS_LATE in scope


def test_a_body_that_is_there_is_read() -> None:
    assert asyncio.run(sent(b"a", b"b")) == (b"ab", False)
    assert asyncio.run(sent(b"a", b"b", timeout_s=-1)) == (b"ab", False)


def test_a_body_is_waited_for() -> None:
    assert asyncio.run(sent(b"a", b"b", b"c", pause_s=0.01)) == (b"abc", False)


def test_all_its_parts_together_have_the_time() -> None:
    assert asyncio.run(sent(*[b"a"] * 100, pause_s=0.02, timeout_s=0.1))[1]


def test_what_is_late_is_not_waited_for() -> None:
    async def took() -> float:
        began = asyncio.get_running_loop().time()
        assert await sent(b"a", pause_s=60, timeout_s=0.05) == (b"", True)
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(took()) < 30


def test_one_byte_too_much_is_handed_on_and_no_more() -> None:
    assert asyncio.run(sent(b"abc", b"def", b"ghi", most_bytes=4)) == (b"abcde", False)


def test_who_is_cancelled_while_waiting_lets_go_of_what_it_waits_for() -> None:
    async def ended() -> bool:
        unregister = asyncio.Event()

        async def receive() -> Message:
            try:
                await asyncio.sleep(60)
            finally:
                unregister.set()
            raise AssertionError("it was not waited for")

        async def application(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
            await receive()

        async def send(message: Message) -> None:
            raise AssertionError("nothing is answered")

        asking = asyncio.create_task(
            BodyLimitMiddleware(application, most_bytes=1, timeout_s=50)({"type": "http"}, receive, send)
        )
        await asyncio.sleep(0.01)
        asking.cancel()
        await asyncio.wait([asking])
        return asking.cancelled() and unregister.is_set()

    assert asyncio.run(ended())
