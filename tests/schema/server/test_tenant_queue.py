"""Requests of a known tenant wait for its turn; those of other tenants and of strangers do not wait for it."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.handlers.asgi import ASGIRequest

from kairo.http.body_limit import Message, Receive, Send
from schema.server.execution_queue import ExecutionQueue, TooManyExecutions
from schema.server.tenant_queue import REFUSED, TenantQueue, remember_tenant, tenant_of
from schema.server.view import graphql_view
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient
from tests.schema.server.test_execution_queue import settle


class Application:
    """An ASGI application whose requests end when the test says so."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.bodies: list[bytes] = []
        self.refused: list[TooManyExecutions] = []
        self.end = asyncio.Event()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if REFUSED in scope:
            self.refused.append(scope[REFUSED])
            return
        self.began.append(dict(scope["headers"]).get(b"authorization", b"").decode())
        more = True
        while more:
            message = await receive()
            self.bodies.append(message["body"])
            more = message["more_body"]
        await self.end.wait()


async def send(_: Message) -> None:
    pass


def ask(queue: TenantQueue, authorization: str, *parts: bytes) -> asyncio.Task[None]:
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.request", "body": b"", "more_body": False})

    async def receive() -> Message:
        return messages.pop(0)

    headers = [(b"authorization", authorization.encode())] if authorization else []
    scope = {"type": "http", "path": "/graphql", "headers": headers}
    return asyncio.create_task(queue(scope, receive, send))


def test_other_tenants_and_strangers_do_not_wait_for_a_greedy_tenant() -> None:
    remember_tenant("Bearer greedy", uuid4())
    remember_tenant("Bearer other", uuid4())

    async def test() -> None:
        application = Application()
        queue = TenantQueue(application, queue=ExecutionQueue(max_running=4, share=2, max_waiting=9))
        other = [ask(queue, "Bearer other")]
        await settle()
        greedy = [ask(queue, "Bearer greedy", b"a", b"b") for _ in range(12)]
        await settle()
        assert application.began == ["Bearer other", "Bearer greedy", "Bearer greedy"]
        assert application.bodies == [b"", b"a", b"b", b"", b"a", b"b", b""]
        assert len(application.refused) == 1
        strangers = [ask(queue, "Bearer unknown"), ask(queue, "")]
        other.append(ask(queue, "Bearer other"))
        await settle()
        assert application.began[3:] == ["Bearer unknown", "", "Bearer other"]
        application.end.set()
        await asyncio.gather(*greedy, *other, *strangers)
        assert application.began.count("Bearer greedy") == 11

    asyncio.run(test())


@pytest.mark.django_db
def test_refused_execution_is_429_with_retry_after() -> None:
    api = Api()
    headers = [("authorization", f"Bearer {api.secret}"), ("content-type", "application/json")]
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "headers": [(name.encode(), value.encode()) for name, value in headers],
        REFUSED: TooManyExecutions(),
    }
    request = ASGIRequest(scope, BytesIO(b'{"query": "{ viewer { tenant { id } } }"}'))
    request.request_id = "r"  # type: ignore[attr-defined]  # as RequestIdMiddleware does
    response = graphql_view(request)
    assert (response.status_code, response["Retry-After"]) == (429, "1")
    assert b"RATE_LIMITED" in response.content
    del scope[REFUSED]
    assert graphql_view(request).status_code == 200


@pytest.mark.django_db
def test_authenticated_request_teaches_the_queue_its_tenant() -> None:
    api = Api(client=AsgiClient(board_cache=False))
    scope = {"type": "http", "path": "/graphql", "headers": [(b"authorization", f"Bearer {api.secret}".encode())]}
    assert tenant_of(scope) is None
    api.data("{ brands { id } }")
    assert tenant_of(scope) == api.tenant.id
    assert tenant_of({**scope, "path": "/readyz"}) is None
