"""Limits on a request body: its size in bytes, and the time until all of it has arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, MutableMapping
from types import coroutine
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Coroutine[Any, Any, Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

BODY_TIMED_OUT = "kairo.body_timed_out"  # set in the request's scope once the timeout has passed


class BodyTooLarge(Exception):
    pass


class BodyTimedOut(Exception):
    pass


class ClientDisconnected(Exception):
    """The client closed the connection before its body was complete."""


class BodyLimitMiddleware:
    """ASGI middleware that passes on at most `max_bytes` + 1 bytes, and only those that arrive within `timeout_s`.

    Django reads a whole body before it handles the request: a client that sends less than its Content-Length would
    block the request for good, and one that never stops would fill the disk. The extra byte shows the application that
    the body is too large.
    """

    def __init__(self, application: Application, *, max_bytes: int, timeout_s: float) -> None:
        self.application = application
        self._max_bytes = max_bytes
        self._timeout_s = timeout_s

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        await self.application(scope, self.limited(scope, receive), send)

    def limited(self, scope: MutableMapping[str, Any], receive: Receive) -> Receive:
        """A `receive` callable with the limits."""
        deadline = asyncio.get_running_loop().time() + self._timeout_s
        remaining = self._max_bytes + 1
        is_complete = scope["type"] != "http"

        async def limited() -> Message:
            nonlocal is_complete, remaining
            if is_complete:
                return await _receive_after_body(receive)
            try:
                message = await _receive_by(deadline, receive())
            except TimeoutError:
                is_complete = scope[BODY_TIMED_OUT] = True
                return {"type": "http.request", "body": b"", "more_body": False}
            if message["type"] != "http.request":
                return message
            body = message.get("body", b"")[:remaining]
            remaining -= len(body)
            is_complete = remaining == 0 or not message.get("more_body", False)
            return {"type": "http.request", "body": body, "more_body": not is_complete}

        return limited

    async def read(self, receive: Receive) -> bytes:
        """Reads a whole body within the limits.

        Raises:
            BodyTooLarge: it is larger than `max_bytes`.
            BodyTimedOut: it was not complete in time.
            ClientDisconnected: it never will be.
        """
        scope: MutableMapping[str, Any] = {"type": "http"}
        limited = self.limited(scope, receive)
        parts: list[bytes] = []
        more = True
        while more:
            message = await limited()
            if message["type"] != "http.request":
                raise ClientDisconnected
            parts.append(message["body"])
            more = message["more_body"]
        if BODY_TIMED_OUT in scope:
            raise BodyTimedOut
        body = parts[0] if len(parts) == 1 else b"".join(parts)
        if len(body) > self._max_bytes:
            raise BodyTooLarge
        return body


async def _receive_by(deadline: float, receiving: Coroutine[Any, Any, Message]) -> Message:
    """Awaits a message. Most messages have arrived already, so it starts no timer before the coroutine suspends.

    Raises:
        TimeoutError: no message arrived by the deadline.
    """
    try:
        awaited = receiving.send(None)
    except StopIteration as finished:
        message: Message = finished.value
        return message
    async with asyncio.timeout_at(deadline):
        return await _resume(receiving, awaited)


@coroutine
def _resume(suspended: Coroutine[Any, Any, Message], awaited: object) -> Generator[Any, Any, Message]:
    """Awaits the rest of a coroutine that has yielded `awaited`."""
    try:
        yield awaited
        message: Message = yield from suspended
        return message
    finally:
        suspended.close()


async def _receive_after_body(receive: Receive) -> Message:
    """The next message that is not a part of the body; those are discarded."""
    while (message := await receive())["type"] == "http.request":
        pass
    return message
