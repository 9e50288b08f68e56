from __future__ import annotations

import asyncio
import json
from collections.abc import MutableMapping, Sequence
from typing import Any, cast
from uuid import uuid4

import pytest
from asgiref.sync import async_to_sync
from django.core.asgi import get_asgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.http.body_limit import Application, BodyLimitMiddleware, Message
from schema.board_cache.app import BoardCache
from schema.board_cache.connections import DatabaseTimeout

QUERY = "query($b: ID!) { todayBoard(brandId: $b) { state } }"


async def slow(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    raise DatabaseTimeout("not in time")


@pytest.mark.django_db
def test_database_timeout_is_503_without_a_second_query() -> None:
    fallback = BodyLimitMiddleware(cast("Application", get_asgi_application()), max_bytes=1000, timeout_s=60)
    board_cache = BoardCache(fallback, revalidate_by=slow, load_by=slow)
    body = json.dumps({"query": QUERY, "variables": {"b": str(uuid4())}}).encode()
    headers = {"host": "testserver", "content-type": "application/json", "authorization": "Bearer kairo_x"}
    scope: MutableMapping[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 1),
    }
    sent: list[Message] = []
    messages = [{"type": "http.request", "body": body}]

    async def receive() -> Message:
        while not messages:
            await asyncio.sleep(60)  # the client keeps the connection open
        return messages.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    with CaptureQueriesContext(connection) as statements:
        async_to_sync(board_cache)(scope, receive, send)
    assert not statements.captured_queries
    start, *parts = sent
    assert start["status"] == 503
    assert dict(start["headers"])[b"Retry-After"] == b"5"
    payload = json.loads(b"".join(part["body"] for part in parts))
    assert payload["errors"][0]["extensions"]["code"] == "SERVICE_UNAVAILABLE"
    assert board_cache.metrics.late == 1
