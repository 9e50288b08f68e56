"""The place of the execution queue in front of Django: a request whose tenant is known waits for its tenant's turn."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from uuid import UUID

from kairo.http.body_limit import Application, Message, Receive, Send
from schema.lru_cache import ByteBoundedLRU
from schema.server.execution_queue import ExecutionQueue, TooManyExecutions

REFUSED = "kairo.too_many_executions"  # in the scope: the error that the view answers with
_PATH = "/graphql"
_BYTES_PER_TENANT = 100

# By the Authorization header of an authenticated request.
_tenants: ByteBoundedLRU[str, UUID] = ByteBoundedLRU(max_bytes=4_000_000)


def remember_tenant(authorization: str, tenant_id: UUID) -> None:
    """Notes whose header this is, so that the next request with it waits in the tenant's queue."""
    _tenants.put(authorization, tenant_id, size=_BYTES_PER_TENANT + len(authorization))


class TenantQueue:
    """ASGI middleware. A header that no request was authenticated by passes: the check of the token is all it gets."""

    def __init__(self, application: Application, *, queue: ExecutionQueue | None = None) -> None:
        self._application = application
        self._queue = queue or ExecutionQueue()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        tenant_id = tenant_of(scope)
        if tenant_id is None:
            await self._application(scope, receive, send)
            return
        body = await _whole_body(receive)  # before the turn: a slow client holds no place
        try:
            async with self._queue.turn(tenant_id):
                await self._application(scope, _replay(body, receive), send)
        except TooManyExecutions as error:
            scope[REFUSED] = error
            await self._application(scope, _replay(body, receive), send)


def tenant_of(scope: MutableMapping[str, Any]) -> UUID | None:
    """The tenant of a request to the API; None while its header is not known."""
    if scope["type"] != "http" or scope["path"] != _PATH:
        return None
    headers = [value for name, value in scope["headers"] if name == b"authorization"]
    return _tenants.get(headers[0].decode("latin1")) if len(headers) == 1 else None


async def _whole_body(receive: Receive) -> list[Message]:
    messages = [await receive()]
    while messages[-1]["type"] == "http.request" and messages[-1].get("more_body", False):
        messages.append(await receive())
    return messages


def _replay(messages: list[Message], receive: Receive) -> Receive:
    remaining = iter(messages)

    async def replay() -> Message:
        message = next(remaining, None)
        return await receive() if message is None else message

    return replay
