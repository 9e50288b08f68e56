"""One web process's way in, without a server: the hot path where it is on, and Django behind it."""

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


async def rows(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    """The hot path's statement on the test's own connection, which may hold rows that no other sees yet."""

    def fetch() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, cast("Sequence[str]", params))
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    return await sync_to_async(fetch)()


class Door:
    """Sends requests, and says by `bypassed` whether the last one went past the hot path."""

    def __init__(self, *, hot: bool | None = None) -> None:
        self.hot_path: BoardCache | None = None
        if settings.KAIRO_HOT_PATH if hot is None else hot:
            ordinary = BodyLimitMiddleware(
                self._ordinary, most_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, timeout_s=60
            )
            self.hot_path = BoardCache(ordinary, check_by=rows, load_by=rows)
        self._past: HttpResponse | None = None

    @property
    def bypassed(self) -> bool:
        return self._past is not None

    def send(self, method: str, content: bytes = b"", *, headers: dict[str, str], query: str = "") -> HttpResponse:
        self._past = None
        if self.hot_path is None:
            return self._django(method, content, headers=headers, query=query)
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
        # In two parts, as a server may give it.
        halves: list[Message] = [
            {"type": "http.request", "body": content[:9], "more_body": True},
            {"type": "http.request", "body": content[9:]},
        ]
        parts = iter(halves)

        async def receive() -> Message:
            return next(parts)

        async def send(message: Message) -> None:
            sent.append(message)

        async_to_sync(self.hot_path)(scope, receive, send)
        if self._past is not None:
            return self._past
        start, body = sent
        response = HttpResponse(body["body"], status=start["status"])
        del response["Content-Type"]
        for name, value in start["headers"]:
            response[name.decode()] = value.decode("latin1")
        return response

    async def _ordinary(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        content, more = b"", True
        while more:
            message = await receive()
            content, more = content + message.get("body", b""), message.get("more_body", False)
        headers = {name.decode(): value.decode("utf-8", "surrogateescape") for name, value in scope["headers"]}
        query = scope["query_string"].decode()
        self._past = await sync_to_async(self._django)(scope["method"], content, headers=headers, query=query)

    def _django(self, method: str, content: bytes, *, headers: dict[str, str], query: str) -> HttpResponse:
        given = {name.title(): value for name, value in headers.items()}
        response = Client(raise_request_exception=False).generic(
            method,
            "/graphql",
            content,
            content_type=given.get("Content-Type", ""),
            query_params=None,
            headers=given,
            QUERY_STRING=query,
        )
        return cast("HttpResponse", response)
