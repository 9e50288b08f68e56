"""Sends requests to the ASGI application without a server: the board cache where it is on, and Django behind it."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any, cast

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from kairo.http.body_limit import BodyLimitMiddleware, Message, Receive, Send
from schema.board_cache.app import BoardCache
from tests.running import has_marker


async def rows(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    """Runs the board cache's statement on the test's connection, whose transaction no other connection sees."""

    def fetch() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, cast("Sequence[str]", params))
            result: list[tuple[Any, ...]] = cursor.fetchall()
            return result

    return await sync_to_async(fetch)()


class AsgiClient:
    """Sends requests to `/graphql`. Without `board_cache`, KAIRO_HOT_PATH decides whether the cache is on.

    A test of which the cache answers a request then needs the marker `board_cache`: CI runs those with it off too.
    """

    def __init__(self, *, board_cache: bool | None = None) -> None:
        self._is_by_setting = board_cache is None
        self.board_cache: BoardCache | None = None
        if settings.KAIRO_HOT_PATH if board_cache is None else board_cache:
            fallback = BodyLimitMiddleware(self._fallback, max_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, timeout_s=60)
            self.board_cache = BoardCache(fallback, revalidate_by=rows, load_by=rows)
        self._django_response: HttpResponse | None = None

    @property
    def bypassed(self) -> bool:
        """Whether Django answered the last request, behind the board cache."""
        return self._django_response is not None

    def send(self, method: str, content: bytes = b"", *, headers: dict[str, str], query: str = "") -> HttpResponse:
        self._django_response = None
        if self.board_cache is None:
            return self._send_to_django(method, content, headers=headers, query=query)
        scope = {
            "type": "http",
            "method": method,
            "path": "/graphql",
            "query_string": query.encode(),
            "headers": [
                (name.lower().encode(), value.encode("utf-8", "surrogateescape"))
                for name, value in {"Host": "testserver", **headers}.items()
            ],
            "client": ("127.0.0.1", 1),
        }
        sent: list[Message] = []
        # In two parts, because a server may split a body anywhere.
        messages: list[Message] = [
            {"type": "http.request", "body": content[:9], "more_body": True},
            {"type": "http.request", "body": content[9:]},
        ]
        parts = iter(messages)

        async def receive() -> Message:
            return next(parts)

        async def send(message: Message) -> None:
            sent.append(message)

        async_to_sync(self.board_cache)(scope, receive, send)
        if self._django_response is not None:
            return self._django_response
        if self._is_by_setting:
            assert has_marker("board_cache"), "The board cache answered: mark the test with pytest.mark.board_cache."
        start, body = sent
        response = HttpResponse(body["body"], status=start["status"])
        del response["Content-Type"]
        for name, value in start["headers"]:
            response[name.decode()] = value.decode("latin1")
        return response

    async def _fallback(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        content, more = b"", True
        while more:
            message = await receive()
            content, more = content + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode(): value.decode("utf-8", "surrogateescape") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        self._django_response = await sync_to_async(self._send_to_django)(
            scope["method"], content, headers=headers, query=query
        )

    def _send_to_django(self, method: str, content: bytes, *, headers: dict[str, str], query: str) -> HttpResponse:
        titled = {name.title(): value for name, value in headers.items()}
        response = Client(raise_request_exception=False).generic(
            method,
            "/graphql",
            content,
            content_type=titled.get("Content-Type", ""),
            query_params=None,
            headers=titled,
            QUERY_STRING=query,
        )
        return cast("HttpResponse", response)
