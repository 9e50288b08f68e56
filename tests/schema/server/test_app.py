from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping, Sequence
from typing import Any, cast
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from kairo.http.body_limit import Application, BodyLimitMiddleware, Message
from schema.board_cache.connections import DatabaseTimeout
from schema.server.app import GraphQLServer
from schema.server.execution_queue import ExecutionQueue
from tests.factories import make_brand, make_tenant
from tests.schema.api import Api
from tests.schema.asgi_client import AsgiClient, in_test_thread, rows

QUERY = "query($b: ID!) { todayBoard(brandId: $b) { state } }"


async def slow(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    raise DatabaseTimeout("not in time")


def server(revalidate_by: Any, load_by: Any, executions: ExecutionQueue | None = None) -> GraphQLServer:
    async def fallback(*_: object) -> None:
        raise AssertionError("only other paths are passed on")

    limits = BodyLimitMiddleware(cast("Application", fallback), max_bytes=1000, timeout_s=60)
    return GraphQLServer(
        limits, revalidate_by=revalidate_by, load_by=load_by, in_thread=in_test_thread, executions=executions
    )


def send(application: GraphQLServer, *messages: Message, **headers: str) -> list[Message]:
    """Sends a POST of these messages; returns what is sent back."""
    return async_to_sync(send_async)(application, *messages, **headers)


async def send_async(application: GraphQLServer, *messages: Message, **headers: str) -> list[Message]:
    given = {"host": "testserver", "content-type": "application/json", "authorization": "Bearer kairo_x"}
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in {**given, **headers}.items()],
        "client": ("127.0.0.1", 1),
    }
    sent: list[Message] = []
    remaining = list(messages)

    async def receive() -> Message:
        while not remaining:
            await asyncio.sleep(60)  # the client keeps the connection open
        return remaining.pop(0)

    async def collect(message: Message) -> None:
        sent.append(message)

    await application(scope, receive, collect)
    return sent


def body_of(query: str, **variables: str) -> Message:
    return {"type": "http.request", "body": json.dumps({"query": query, "variables": variables}).encode()}


@pytest.mark.django_db
def test_database_timeout_is_503_without_a_second_query() -> None:
    application = server(slow, slow)
    with CaptureQueriesContext(connection) as statements:
        start, body = send(application, body_of(QUERY, b=str(uuid4())))
    assert not statements.captured_queries
    assert start["status"] == 503
    assert dict(start["headers"])[b"Retry-After"] == b"5"
    assert json.loads(body["body"])["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"


@pytest.mark.django_db
@pytest.mark.board_cache
def test_timeout_of_the_cache_is_counted_and_not_repeated() -> None:
    api = Api(client=AsgiClient(board_cache=True))
    api.data(QUERY, b=str(make_brand(api.tenant).id))  # the document is known from now on
    application = server(slow, slow)
    application._caches_boards = True
    start, _ = send(application, body_of(QUERY, b=str(uuid4())))
    assert (start["status"], application.metrics.late) == (503, 1)


@pytest.mark.django_db
def test_lost_connection_is_tried_once_more() -> None:
    attempts = []

    async def lost_once(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        attempts.append(params)
        if len(attempts) == 1:
            raise OperationalError("lost")
        return await rows(sql, params)

    api = Api(tenant=make_tenant())
    start, body = send(server(lost_once, slow), body_of("{ __typename }"), authorization=f"Bearer {api.secret}")
    assert (start["status"], len(attempts)) == (200, 2)
    assert json.loads(body["body"])["data"] == {"__typename": "Query"}


def test_client_that_leaves_gets_no_response() -> None:
    half: Message = {"type": "http.request", "body": b"{", "more_body": True}
    assert send(server(slow, slow), half, {"type": "http.disconnect"}) == []


@pytest.mark.django_db
def test_slash_at_the_end_is_the_same_endpoint(settings: Settings) -> None:
    api = Api()
    headers = {"Authorization": f"Bearer {api.secret}", "Content-Type": "application/json"}
    body = b'{"query": "{ __typename }"}'
    response = api.client.send("POST", body, headers=headers, path="/graphql/")
    assert (response.status_code, response.json()["data"]) == (200, {"__typename": "Query"})
    assert api.client.send("POST", body, headers=headers, path="/graphql/x").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("encoding", "status"), [("identity", 200), ("gzip", 415), ("br, gzip", 415)])
def test_compressed_body_is_415(encoding: str, status: int) -> None:
    response = Api().post({"query": "{ __typename }"}, **{"Content-Encoding": encoding})
    assert response.status_code == status
    assert response.get("Accept-Encoding") == (None if status == 200 else "identity")


@pytest.mark.django_db
def test_tenant_with_too_many_executions_is_429_and_others_are_served() -> None:
    api, other = Api(), Api()
    executions = ExecutionQueue(max_running=2, share=1, max_waiting=0)
    application = server(rows, slow, executions)
    authorization = f"Bearer {api.secret}"

    async def beside_a_running_one() -> tuple[list[Message], list[Message]]:
        async with executions.turn(other.tenant.id), executions.turn(api.tenant.id):
            refused = await send_async(application, body_of("{ __typename }"), authorization=authorization)
        async with executions.turn(api.tenant.id):
            body = body_of("{ __typename }")
            served = await send_async(application, body, authorization=f"Bearer {other.secret}")
        return refused, served

    (start, body), served = async_to_sync(beside_a_running_one)()
    assert (start["status"], dict(start["headers"])[b"Retry-After"]) == (429, b"1")
    assert json.loads(body["body"])["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert served[0]["status"] == 200
    assert send(application, body_of("{ __typename }"), authorization=authorization)[0]["status"] == 200


@pytest.mark.django_db
def test_strangers_take_no_place_of_a_tenant() -> None:
    executions = ExecutionQueue(max_running=1, max_waiting=0)
    application = server(rows, slow, executions)

    async def beside_a_running_one() -> list[Message]:
        async with executions.turn("another"):
            return await send_async(application, body_of("{ __typename }"))

    assert async_to_sync(beside_a_running_one)()[0]["status"] == 401
