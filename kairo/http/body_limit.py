"""A request's body comes in time and in measure, or the application is told that it did not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from types import coroutine
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Coroutine[Any, Any, Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

IS_LATE = "kairo.body_is_late"  # in the request's scope, once that is so


class BodyLimitMiddleware:
    """Hands on at most one byte above `most_bytes`, and what came within `timeout_s`.

    Django takes in a whole body before it looks at the request. A caller who announces more than is sent would hold
    the request for ever, and one who never stops would fill the disk.
    """

    def __init__(self, application: Application, *, most_bytes: int, timeout_s: float) -> None:
        self.application = application
        self._most_bytes = most_bytes
        self._timeout_s = timeout_s

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        await self.application(scope, self.bounded(scope, receive), send)

    def bounded(self, scope: MutableMapping[str, Any], receive: Receive) -> Receive:
        """What the application receives by, from now on; for whoever stands before it and reads bodies as well."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        left = self._most_bytes + 1
        ended = scope["type"] != "http"

        async def bounded() -> Message:
            nonlocal ended, left
            if ended:
                return await _after_the_body(receive)
            try:
                message = await _by(deadline, receive())
            except TimeoutError:
                ended = scope[IS_LATE] = True
                return {"type": "http.request", "body": b"", "more_body": False}
            if message["type"] != "http.request":
                return message
            body = message.get("body", b"")[:left]
            left -= len(body)
            ended = left == 0 or not message.get("more_body", False)
            return {"type": "http.request", "body": body, "more_body": not ended}

        return bounded


async def _by(deadline: float, receiving: Coroutine[Any, Any, Message]) -> Message:
    """What is received, which is mostly there already: no clock is set before it has to be waited for.

    Raises:
        TimeoutError: it did not come by then.
    """
    try:
        awaited = receiving.send(None)
    except StopIteration as there:
        message: Message = there.value
        return message
    async with asyncio.timeout_at(deadline):
        return await _rest_of(receiving, awaited)


@coroutine
def _rest_of(begun: Coroutine[Any, Any, Message], awaited: object) -> Generator[Any, Any, Message]:
    try:
        yield awaited
        message: Message = yield from begun
        return message
    finally:
        begun.close()


async def _after_the_body(receive: Receive) -> Message:
    """What comes next that is not the rest of a body nobody reads."""
    while (message := await receive())["type"] == "http.request":
        pass
    return message
