"""Sends requests to the ASGI application without a server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client as DjangoClient
from django.test import override_settings

from kairo.http.body_limit import BodyLimitMiddleware, Message, Receive, Send
from schema.board_cache.cache import ResponseCache
from schema.server.app import GraphQLServer
from tests.running import has_marker

T = TypeVar("T")


async def rows(sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
    """Runs the server's statement on the test's connection, whose transaction no other connection sees."""

    def fetch() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, cast("Sequence[str]", params))
            result: list[tuple[Any, ...]] = cursor.fetchall()
            return result

    return await sync_to_async(fetch)()


async def in_test_thread(work: Callable[[], T]) -> T:
    """Runs the work in the test's thread, which has the connection."""
    return await sync_to_async(work)()


async def through_django(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Passes a request for another path to Django, in the test's thread."""
    headers = {name.decode().title(): value.decode("latin1") for name, value in scope["headers"]}
    client = DjangoClient(raise_request_exception=False, headers=headers)
    response = await in_test_thread(lambda: client.generic(scope["method"], scope["path"]))
    pairs = [(name.encode(), value.encode("latin1")) for name, value in response.items()]
    await send({"type": "http.response.start", "status": response.status_code, "headers": pairs})
    await send({"type": "http.response.body", "body": response.content})


class Response(HttpResponse):
    def json(self) -> Any:
        return json.loads(self.content)


class AsgiClient:
    """Sends requests. Without `board_cache`, KAIRO_HOT_PATH decides whether the cache is on.

    A test of which the cache answers a request then needs the marker `board_cache`: CI runs those with it off too.
    """

    def __init__(self, *, board_cache: bool | None = None) -> None:
        self._is_by_setting = board_cache is None
        self.caches_boards = settings.KAIRO_HOT_PATH if board_cache is None else board_cache
        fallback = BodyLimitMiddleware(
            through_django,
            max_bytes=settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
            timeout_s=60,
        )
        with override_settings(KAIRO_HOT_PATH=self.caches_boards):
            self.server = GraphQLServer(fallback, revalidate_by=rows, load_by=rows, in_thread=in_test_thread)
        self.bypassed = False

    @property
    def responses(self) -> ResponseCache:
        return self.server.responses

    def send(
        self,
        method: str,
        content: bytes = b"",
        *,
        headers: Mapping[str, str],
        query: str = "",
        path: str = "/graphql",
        peer: str = "127.0.0.1",
    ) -> Response:
        """Sends a request. Afterwards `bypassed` says whether something else than the board cache answered it."""
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "path": path,
            "query_string": query.encode(),
            "headers": [
                (name.lower().encode(), value.encode("utf-8", "surrogateescape"))
                for name, value in {"Host": "testserver", **headers}.items()
            ],
            "client": (peer, 1),
            "server": ("testserver", 80),
        }
        sent: list[Message] = []
        # In two parts, because a server may split a body anywhere.
        parts: list[Message] = [
            {"type": "http.request", "body": content[:9], "more_body": True},
            {"type": "http.request", "body": content[9:], "more_body": False},
        ]

        async def receive() -> Message:
            while not parts:
                await asyncio.sleep(60)  # the client keeps the connection open
            return parts.pop(0)

        async def send(message: Message) -> None:
            sent.append(message)

        metrics = self.server.metrics
        before = metrics.hits + metrics.misses, metrics.bypasses
        async_to_sync(self.server)(scope, receive, send)
        start, *bodies = sent
        has_looked = metrics.hits + metrics.misses > before[0] and start["status"] in {200, 304, 412}
        is_from_cache = has_looked and metrics.bypasses == before[1]
        self.bypassed = self.caches_boards and not is_from_cache
        if self._is_by_setting and is_from_cache:
            assert has_marker("board_cache"), "The board cache answered: mark the test with pytest.mark.board_cache."
        response = Response(b"".join(body.get("body", b"") for body in bodies), status=start["status"])
        del response["Content-Type"]
        for name, value in start["headers"]:
            response[name.decode()] = value.decode("latin1")
        return response


class Client:
    """As Django's test client, for the whole ASGI application."""

    def __init__(self, *, headers: Mapping[str, str] | None = None, address: str = "127.0.0.1") -> None:
        self._headers = dict(headers or {})
        self._address = address
        self._client = AsgiClient()

    def get(
        self, url: str, parameters: Mapping[str, str] | None = None, *, headers: Mapping[str, str] | None = None
    ) -> Response:
        return self.generic("GET", url + ("?" + urlencode(parameters) if parameters else ""), headers=headers)

    def options(self, url: str, *, headers: Mapping[str, str] | None = None) -> Response:
        return self.generic("OPTIONS", url, headers=headers)

    def post(self, url: str, content: str, *, headers: Mapping[str, str] | None = None) -> Response:
        return self.generic("POST", url, content, headers={"Content-Type": "application/json", **(headers or {})})

    def generic(
        self, method: str, url: str, content: str = "", *, headers: Mapping[str, str] | None = None
    ) -> Response:
        parts = urlsplit(url)
        sent = {name.title(): value for name, value in {**self._headers, **(headers or {})}.items()}
        return self._client.send(
            method, content.encode(), headers=sent, query=parts.query, path=parts.path, peer=self._address
        )
