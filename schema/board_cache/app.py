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
from kairo.http.request_id import HARMLESS
from schema.board_cache.board_query import BoardQuery, parse_get, parse_post
from schema.board_cache.cache import ResponseCache
from schema.board_cache.connections import Connections, TooLate
from schema.board_cache.metrics import CacheMetrics
from schema.board_cache.prepared_statements import Prepared
from schema.board_cache.rendering import Answer
from schema.board_cache.request import IncomingRequest
from schema.board_cache.response_headers import ResponseHeaders
from schema.board_cache.tokens import Tokens
from schema.board_cache.usage import UsageRecorder
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import DATABASE_IS_LATE

logger = logging.getLogger("kairo.graphql")

_REQUESTS_SHARE = 0.25  # of the memory: requests that were read before
_ONE_TAG = re.compile(rb'(?:W/)?("[^"]*")')


class BoardCache:
    """An ASGI application in front of another: it answers what it can about today's board, and hands on the rest."""

    def __init__(
        self, ordinary: BodyLimitMiddleware, *, check_by: Rows | None = None, load_by: Rows | None = None
    ) -> None:
        self._ordinary = ordinary
        most = settings.KAIRO_HOT_PATH_CONNECTIONS
        may_prepare = settings.DATABASE_PREPARED_STATEMENTS and not settings.DATABASE_TRANSACTION_POOLING
        asks_one_at_a_time = may_prepare and settings.KAIRO_HOT_PATH_JOINED
        reader = Prepared(role=READER) if asks_one_at_a_time else Connections(role=READER, most=most)
        self._connections = (reader, Connections(role=WEB, most=most))
        most_bytes = int(settings.KAIRO_HOT_PATH_MEMORY_MB * 1_000_000)
        self._asked: ByteBoundedLRU[tuple[str, bytes], BoardQuery] = ByteBoundedLRU(
            most_bytes=int(most_bytes * _REQUESTS_SHARE)
        )
        self.tally = CacheMetrics(memory_bytes=lambda: self.answers.bytes + self._asked.bytes)
        self.answers = ResponseCache(
            check_by=check_by or self._connections[0],
            load_by=load_by or self._connections[1],
            most_bytes=int(most_bytes * (1 - _REQUESTS_SHARE)),
            tally=self.tally,
        )
        self._tokens = Tokens()
        self._dresser = ResponseHeaders()
        self._spending = UsageRecorder()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        arrival = IncomingRequest.of(scope)
        if arrival is None:
            await self._ordinary(scope, receive, send)
            return
        self.tally.note()
        hand_on: Application = self._ordinary
        if arrival.method != "GET":  # no body of a GET is read here: a poll does without the bounds
            receive, hand_on = self._ordinary.bounded(scope, receive), self._ordinary.application
        try:
            messages = await self._answered(arrival, receive)
        except TooLate:
            self.tally.late += 1
            messages, scope = None, {**scope, DATABASE_IS_LATE: True}
        if messages is None:
            self.tally.bypasses += 1
            await hand_on(scope, arrival.again(receive), send)
            return
        for message in messages:
            await send(message)

    async def _answered(self, arrival: IncomingRequest, receive: Receive) -> tuple[Message, Message] | None:
        """The answer; None where the ordinary path has to give it, which is always right to do.

        Raises:
            TooLate: the database did not answer in time.
        """
        written = arrival.query_string if arrival.method == "GET" else await arrival.body(receive)
        asked = self._read(arrival.method, written) if written else None
        token = self._tokens.of(arrival.headers[b"authorization"]) if asked else None
        if asked is None or token is None:
            return None
        try:
            if rate_limits.are_addresses_blocked():
                rate_limits.check_address(address=arrival.address())
            given = await self.answers.to(asked, token=token)
        except TooLate:
            raise
        except (rate_limits.RateLimited, DatabaseError):
            return None
        except Exception:
            # The ordinary path tells of it as an error, where it fails there too.
            logger.info("the hot path failed; its answers are dropped", exc_info=True)
            self.answers.clear()
            return None
        if given is None or not self._spending.has_room(given.caller):
            return None
        messages = self._dressed(arrival, given.answer)
        if messages is not None:
            self._spending.note(given.caller, asked.cost)
        return messages

    def _read(self, method: str, written: bytes) -> BoardQuery | None:
        key = (method, written)
        asked = self._asked.get(key)
        if asked is None:
            asked = parse_get(written) if method == "GET" else parse_post(written)
            if asked is not None:
                self._asked.put(key, asked, size=4 * len(written) + len(asked.document))
        return asked

    def _dressed(self, arrival: IncomingRequest, answer: Answer) -> tuple[Message, Message] | None:
        """The answer with its headers; None where the middleware would give another."""
        is_get = arrival.method == "GET"
        is_unchanged = False
        if is_get and (known := arrival.headers.get(b"if-none-match")) is not None:
            is_unchanged = known == answer.etag
            if not is_unchanged:
                tag = _ONE_TAG.fullmatch(known.strip())
                if tag is None:
                    return None
                is_unchanged = tag[1] == answer.etag
        headers = self._dresser.headers(arrival.look, is_unchanged)
        if headers is None:
            return None
        request_id = arrival.headers.get(b"x-request-id", b"").decode("latin1")
        if not request_id or not HARMLESS.fullmatch(request_id):
            request_id = new_id_text()
        own = [(b"X-Request-ID", request_id.encode())]
        if is_get:
            own.append((b"ETag", answer.etag))
        if not is_unchanged:
            own.append((b"Content-Length", b"%d" % len(answer.content)))
        return (
            {"type": "http.response.start", "status": 304 if is_unchanged else 200, "headers": [*headers, *own]},
            {"type": "http.response.body", "body": b"" if is_unchanged else answer.content},
        )

    async def _live(self, receive: Receive, send: Send) -> None:
        """The server's start and end. Connections are opened when they are needed."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                for connections in self._connections:
                    await connections.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
