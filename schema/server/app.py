from __future__ import annotations

import logging
from collections.abc import MutableMapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import DatabaseError, OperationalError

from kairo.core.errors import Unauthenticated
from kairo.core.services import rate_limits
from kairo.core.services.access import Caller
from kairo.db.roles import READER, WEB
from kairo.hero.services.board_lookup import Rows
from kairo.http.body_limit import (
    BodyLimitMiddleware,
    BodyTimedOut,
    BodyTooLarge,
    ClientDisconnected,
    Receive,
    Send,
)
from kairo.observability.logs import bound
from schema import errors
from schema.board_cache.board_query import BoardQuery
from schema.board_cache.cache import Hit, InThread, ResponseCache
from schema.board_cache.connections import ConnectionPool, DatabaseTimeout
from schema.board_cache.metrics import CacheMetrics
from schema.board_cache.prepared_statements import PreparedConnection
from schema.board_cache.revalidation import Revalidator
from schema.board_cache.tokens import CachedToken
from schema.board_cache.usage import UsageRecorder
from schema.server import operations
from schema.server.conditional import conditional_status, entity_tag
from schema.server.execution import Content, error_content
from schema.server.execution_queue import ExecutionQueue
from schema.server.graphiql.page import POLICY, graphiql_page, wants_page
from schema.server.incoming_request import HeadMemory, IncomingRequest, read_head
from schema.server.operations import QueryMemory
from schema.server.request import (
    HttpError,
    body_timed_out,
    body_too_large,
    invalid_token,
    precondition_failed,
)
from schema.server.response_headers import Caching, Response, ResponseHeaders, cors_preflight, page
from schema.server.tokens import TokenCache
from schema.server.worker_threads import WorkerThreads

logger = logging.getLogger("kairo.graphql")
host_logger = logging.getLogger("django.security.DisallowedHost")  # as for other paths

PATHS = frozenset({"/graphql", "/graphql/"})
_NO_BRAND = "00000000-0000-0000-0000-000000000000"
_QUERIES_SHARE = 0.25  # of the memory, for parsed requests; responses have the rest


class GraphQLServer:
    """An ASGI application that answers /graphql and passes every other path to `fallback`.

    In this order: head, client address, body, token, document, and then the board cache or the execution in a thread.
    No document is parsed and nothing is kept for a caller whom the database has not confirmed.
    """

    def __init__(
        self,
        fallback: BodyLimitMiddleware,
        *,
        revalidate_by: Rows | None = None,
        load_by: Rows | None = None,
        in_thread: InThread | None = None,
        executions: ExecutionQueue | None = None,
    ) -> None:
        self._fallback = fallback
        max_size = settings.KAIRO_HOT_PATH_CONNECTIONS
        can_prepare = settings.DATABASE_PREPARED_STATEMENTS and not settings.DATABASE_TRANSACTION_POOLING
        is_sequential = can_prepare and settings.KAIRO_HOT_PATH_JOINED
        reader = PreparedConnection(role=READER) if is_sequential else ConnectionPool(role=READER, max_size=max_size)
        self._connections = (reader, ConnectionPool(role=WEB, max_size=max_size))
        self._executions = executions or ExecutionQueue()
        self._threads = WorkerThreads()
        self._in_thread = in_thread or self._threads
        self._revalidator = Revalidator(revalidate_by or reader, batched=settings.KAIRO_HOT_PATH_JOINED)
        max_bytes = int(settings.KAIRO_HOT_PATH_MEMORY_MB * 1_000_000)
        self._queries = QueryMemory(max_bytes=int(max_bytes * _QUERIES_SHARE))
        self.metrics = CacheMetrics(memory_bytes=lambda: self.responses.bytes + self._queries.held_bytes)
        self.responses = ResponseCache(
            revalidator=self._revalidator,
            load_by=load_by or self._connections[1],
            in_thread=self._in_thread,
            max_bytes=int(max_bytes * (1 - _QUERIES_SHARE)),
            metrics=self.metrics,
        )
        self._caches_boards = settings.KAIRO_HOT_PATH
        self._tokens = TokenCache()
        self._heads = HeadMemory()
        self._headers = ResponseHeaders()
        self._usage = UsageRecorder()

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._run_lifespan(receive, send)
            return
        if scope["type"] != "http" or scope["path"].removeprefix(scope.get("root_path", "")) not in PATHS:
            await self._fallback(scope, receive, send)
            return
        request = IncomingRequest.from_scope(scope)
        try:
            response = await self._respond(request, receive)
        except ClientDisconnected:
            return
        except Exception as error:
            response = self._error(request, error)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers})
        await send({"type": "http.response.body", "body": response.body})

    async def _respond(self, request: IncomingRequest, receive: Receive) -> Response:
        """
        Raises:
            HttpError: the request is refused.
            RateLimited: its address is blocked.
            OperationalError: the database does not answer.
            ClientDisconnected: the body will not be complete.
        """
        key = request.head_key
        head = self._heads.get(key)
        request.head = head or read_head(request)
        if (refusal := request.head.refusal) is not None:
            if request.is_cors_preflight and refusal.status == HTTPStatus.METHOD_NOT_ALLOWED:
                return cors_preflight(request.head.origin, request.request_id)
            return self._refusal(request, refusal)
        if wants_page(request.method, request.text(b"accept"), request.query_string):
            return page(graphiql_page(), policy=POLICY, request_id=request.request_id)
        authorization = request.headers.get(b"authorization", b"")
        token = self._tokens.resolve(authorization)
        if rate_limits.are_addresses_blocked():
            rate_limits.check_address(address=request.client_ip())
        content = request.query_string if request.method == "GET" else await self._body(receive)
        result = await self._answer(request, content, token)
        self._tokens.keep(authorization, token)
        if head is None:
            self._heads.keep(key, request.head)
        return result

    async def _answer(self, request: IncomingRequest, content: bytes, token: CachedToken) -> Response:
        """Answers from the board cache where it can, and otherwise by executing the operation in a thread."""
        query = None
        if self._caches_boards:
            self.metrics.schedule_report()
            query = self._queries.find(request, content)
            if query is not None and (hit := await self._cached(request, query, token)):
                self._queries.keep(request, content, query)
                return self._from_cache(request, query, hit)
        caller = await self._authenticate(request, token)
        finds = self._caches_boards and query is None
        result = await self._run(request, content, caller, finds_board_query=finds)
        if isinstance(result, BoardQuery):
            if hit := await self._cached(request, result, token):
                self._queries.keep(request, content, result)
                return self._from_cache(request, result, hit)
            result = await self._run(request, content, caller, finds_board_query=False)
            assert isinstance(result, Content)
        self.metrics.bypasses += self._caches_boards
        if request.method == "GET" and result.status == HTTPStatus.OK and not result.body.startswith(b'{"errors"'):
            # A response with errors contains the request's id, so it has no entity tag.
            return self._conditional(request, result.body, entity_tag(result.body))
        return self._response(request, result)

    async def _run(
        self, request: IncomingRequest, content: bytes, caller: Caller, *, finds_board_query: bool
    ) -> BoardQuery | Content:
        """Runs the operation in a thread, once it is the turn of the caller's tenant.

        Raises:
            TooManyExecutions: the tenant's queue is full, or its turn did not come in time.
        """
        work = partial(operations.run, request, content, caller, finds_board_query=finds_board_query)
        async with self._executions.turn(caller.tenant_id):
            return await self._in_thread(work)

    async def _cached(self, request: IncomingRequest, query: BoardQuery, token: CachedToken) -> Hit | None:
        """Returns the board's response; None where the operation must be executed, which is always correct.

        Raises:
            HttpError: the token is not valid.
            DatabaseTimeout: the database did not answer in time, and is not asked again.
        """
        try:
            hit = await self.responses.get_or_render(query, token=token)
        except Unauthenticated:
            raise await self._invalid_token(request) from None
        except DatabaseTimeout:
            self.metrics.late += 1
            raise
        except DatabaseError:
            return None
        except Exception:
            # Execution logs an error if it fails on the same request.
            logger.info("the board cache failed and was cleared", exc_info=True)
            self.responses.clear()
            return None
        if hit is None or not self._usage.is_within_limits(hit.caller):
            return None
        return hit

    def _from_cache(self, request: IncomingRequest, query: BoardQuery, hit: Hit) -> Response:
        self._usage.record(hit.caller, query.cost)
        if request.method == "GET":
            return self._conditional(request, hit.body.content, hit.body.etag)
        return self._headers.response(200, hit.body.content, request)

    async def _authenticate(self, request: IncomingRequest, token: CachedToken) -> Caller:
        """Returns the token's caller, by the statement that also revalidates boards.

        Raises:
            HttpError: the token is not valid.
            OperationalError: the database does not answer.
        """
        try:
            validity = await self._revalidator.validate(token.hash, _NO_BRAND)
        except DatabaseTimeout:
            raise
        except OperationalError:  # the connection was lost; the next one is new
            validity = await self._revalidator.validate(token.hash, _NO_BRAND)
        if validity is None:
            raise await self._invalid_token(request)
        token.caller = validity.caller
        return validity.caller

    async def _invalid_token(self, request: IncomingRequest) -> HttpError:
        if settings.REDIS_URL and settings.RATE_LIMIT_FAILED_AUTH_PER_MIN:
            await self._in_thread(partial(rate_limits.note_failure, address=request.client_ip()))
        return invalid_token()

    async def _body(self, receive: Receive) -> bytes:
        """
        Raises:
            HttpError: the body is too large, or too late.
            ClientDisconnected: it will not be complete.
        """
        try:
            return await self._fallback.read(receive)
        except BodyTooLarge:
            raise body_too_large() from None
        except BodyTimedOut:
            raise body_timed_out() from None

    def _conditional(self, request: IncomingRequest, body: bytes, etag: bytes) -> Response:
        """Returns the response to a GET with its entity tag; 304 where the client's copy is current."""
        status = conditional_status(request.headers, etag)
        if status == HTTPStatus.NOT_MODIFIED:
            return self._headers.not_modified(request, etag)
        if status == HTTPStatus.PRECONDITION_FAILED:
            raise precondition_failed()
        return self._headers.response(200, body, request, caching=Caching.PRIVATE, more={"ETag": etag.decode()})

    def _response(self, request: IncomingRequest, content: Content) -> Response:
        return self._headers.response(content.status, content.body, request, more=content.headers)

    def _refusal(self, request: IncomingRequest, error: HttpError) -> Response:
        with bound(request_id=request.request_id):
            if error.unknown_host:
                host_logger.error("Invalid HTTP_HOST header: %.200r is not in KAIRO_ALLOWED_HOSTS.", error.unknown_host)
            else:
                logger.info("refused: %s %s", error.status.value, error.error.code)
        return self._response(request, self._error_content(request, error))

    def _error(self, request: IncomingRequest, error: Exception) -> Response:
        if isinstance(error, HttpError):
            return self._refusal(request, error)
        if isinstance(error, DatabaseTimeout):
            error = OperationalError(str(error.__cause__ or "") or str(error))  # why it waited in vain
        with bound(request_id=request.request_id):
            errors.log_error(errors.to_api_error(error), error)
        return self._response(request, self._error_content(request, error))

    def _error_content(self, request: IncomingRequest, error: Exception) -> Content:
        return error_content(error, request_id=request.request_id, media_type=request.head.media_type)

    async def _run_lifespan(self, receive: Receive, send: Send) -> None:
        """Closes the connections when the server stops; they open at their first use."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                self._threads.close()
                for connections in self._connections:
                    await connections.close()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
