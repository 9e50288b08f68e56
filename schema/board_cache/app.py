from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

from django.conf import settings
from django.db import DatabaseError

from kairo.core.ids import new_id_text
from kairo.core.services import rate_limits
from kairo.db.roles import READER, WEB
from kairo.hero.services.board_lookup import Rows
from kairo.http.body_limit import Application, BodyLimitMiddleware, Message, Receive, Send
from kairo.http.request_id import SAFE_ID
from schema.board_cache.board_query import BoardQuery, parse_get, parse_post
from schema.board_cache.cache import ResponseCache
from schema.board_cache.connections import ConnectionPool, DatabaseTimeout
from schema.board_cache.metrics import CacheMetrics
from schema.board_cache.prepared_statements import PreparedConnection
from schema.board_cache.rendering import ResponseBody
from schema.board_cache.request import IncomingRequest
from schema.board_cache.response_headers import ResponseHeaders
from schema.board_cache.tokens import TokenCache
from schema.board_cache.usage import UsageRecorder
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import DATABASE_TIMED_OUT

logger = logging.getLogger("kairo.graphql")

_QUERIES_SHARE = 0.25  # of the memory, for parsed requests; responses have the rest
_SINGLE_ETAG = re.compile(rb'(?:W/)?("[^"]*")')


class BoardCache:
    """An ASGI application that answers cacheable board queries and passes every other request to `fallback`."""

    def __init__(
        self, fallback: BodyLimitMiddleware, *, revalidate_by: Rows | None = None, load_by: Rows | None = None
    ) -> None:
        self._fallback = fallback
        max_size = settings.KAIRO_HOT_PATH_CONNECTIONS
        can_prepare = settings.DATABASE_PREPARED_STATEMENTS and not settings.DATABASE_TRANSACTION_POOLING
        is_sequential = can_prepare and settings.KAIRO_HOT_PATH_JOINED
        reader = PreparedConnection(role=READER) if is_sequential else ConnectionPool(role=READER, max_size=max_size)
        self._connections = (reader, ConnectionPool(role=WEB, max_size=max_size))
        max_bytes = int(settings.KAIRO_HOT_PATH_MEMORY_MB * 1_000_000)
        self._queries: ByteBoundedLRU[tuple[str, bytes], BoardQuery] = ByteBoundedLRU(
            max_bytes=int(max_bytes * _QUERIES_SHARE)
        )
        self.metrics = CacheMetrics(memory_bytes=lambda: self.responses.bytes + self._queries.bytes)
        self.responses = ResponseCache(
            revalidate_by=revalidate_by or self._connections[0],
            load_by=load_by or self._connections[1],
            max_bytes=int(max_bytes * (1 - _QUERIES_SHARE)),
            metrics=self.metrics,
        )
        self._tokens = TokenCache()
        self._response_headers = ResponseHeaders()
        self._usage = UsageRecorder()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._run_lifespan(receive, send)
            return
        request = IncomingRequest.from_scope(scope)
        if request is None:
            await self._fallback(scope, receive, send)
            return
        self.metrics.schedule_report()
        fallback: Application = self._fallback
        if request.method != "GET":  # a GET has no body to read, so it needs no limits here
            receive, fallback = self._fallback.limited(scope, receive), self._fallback.application
        try:
            messages = await self._response(request, receive)
        except DatabaseTimeout as error:
            self.metrics.late += 1
            messages, scope = None, {**scope, DATABASE_TIMED_OUT: str(error.__cause__ or "") or str(error)}
        if messages is None:
            self.metrics.bypasses += 1
            await fallback(scope, request.replay(receive), send)
            return
        for message in messages:
            await send(message)

    async def _response(self, request: IncomingRequest, receive: Receive) -> tuple[Message, Message] | None:
        """Returns the response, or None where Django must answer, which is always correct.

        Raises:
            DatabaseTimeout: the database did not answer in time.
        """
        content = request.query_string if request.method == "GET" else await request.body(receive)
        query = self._parse(request.method, content) if content else None
        token = self._tokens.resolve(request.headers[b"authorization"]) if query else None
        if query is None or token is None:
            return None
        try:
            if rate_limits.are_addresses_blocked():
                rate_limits.check_address(address=request.client_ip())
            hit = await self.responses.get_or_render(query, token=token)
        except DatabaseTimeout:
            raise
        except (rate_limits.RateLimited, DatabaseError):
            return None
        except Exception:
            # Django logs an error if it fails on the same request.
            logger.info("the board cache failed and was cleared", exc_info=True)
            self.responses.clear()
            return None
        if hit is None or not self._usage.is_within_limits(hit.caller):
            return None
        messages = self._messages(request, hit.body)
        if messages is not None:
            self._usage.record(hit.caller, query.cost)
        return messages

    def _parse(self, method: str, content: bytes) -> BoardQuery | None:
        key = (method, content)
        query = self._queries.get(key)
        if query is None:
            query = parse_get(content) if method == "GET" else parse_post(content)
            if query is not None:
                self._queries.put(key, query, size=4 * len(content) + len(query.document))
        return query

    def _messages(self, request: IncomingRequest, body: ResponseBody) -> tuple[Message, Message] | None:
        """Returns the ASGI messages of a response, or None where Django's middleware would answer differently."""
        is_get = request.method == "GET"
        not_modified = False
        if is_get and (if_none_match := request.headers.get(b"if-none-match")) is not None:
            not_modified = if_none_match == body.etag
            if not not_modified:
                etag = _SINGLE_ETAG.fullmatch(if_none_match.strip())
                if etag is None:
                    return None
                not_modified = etag[1] == body.etag
        shared_headers = self._response_headers.get(request.vary_key, not_modified)
        if shared_headers is None:
            return None
        request_id = request.headers.get(b"x-request-id", b"").decode("latin1")
        if not request_id or not SAFE_ID.fullmatch(request_id):
            request_id = new_id_text()
        own_headers = [(b"X-Request-ID", request_id.encode())]
        if is_get:
            own_headers.append((b"ETag", body.etag))
        if not not_modified:
            own_headers.append((b"Content-Length", b"%d" % len(body.content)))
        status = 304 if not_modified else 200
        return (
            {"type": "http.response.start", "status": status, "headers": [*shared_headers, *own_headers]},
            {"type": "http.response.body", "body": b"" if not_modified else body.content},
        )

    async def _run_lifespan(self, receive: Receive, send: Send) -> None:
        """Closes the connections when the server stops; they open at their first use."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                for connections in self._connections:
                    await connections.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
