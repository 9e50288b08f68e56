"""From the content of a request to its operation: a board query that the cache answers, or one to execute."""

from __future__ import annotations

from graphql import GraphQLError, OperationType

from kairo.core.errors import KairoError
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.observability.logs import bound
from schema import errors
from schema.board_cache.board_query import BoardQuery, board_query, is_known
from schema.context import Context
from schema.documents import parse_and_validate
from schema.errors import UnresolvedOperation
from schema.lru_cache import ByteBoundedLRU
from schema.schema import schema
from schema.server.execution import Content, error_content, execute
from schema.server.incoming_request import IncomingRequest
from schema.server.persisted import ResolvedDocument, is_persisted, resolve_document
from schema.server.request import (
    GraphQLRequest,
    HttpError,
    method_not_allowed,
    parse_request,
    preflight_required,
)

_MAX_EARLY_BYTES = 16_000  # of a request that is parsed before its caller is known: less than 0.2 ms
POST_INSTEAD = (
    "By GET only persisted queries are served. POST this one, or send its SHA-256 along in "
    "`extensions.persistedQuery`: from then on it is served by that alone."
)


class QueryMemory:
    """Board queries by the content of their request, least recently used evicted first."""

    def __init__(self, *, max_bytes: int) -> None:
        # With the id under which the request's document has to be persisted, if it is to be.
        self._queries: ByteBoundedLRU[tuple[str, bytes], tuple[BoardQuery, str | None]] = ByteBoundedLRU(
            max_bytes=max_bytes
        )

    @property
    def held_bytes(self) -> int:
        return self._queries.bytes

    def find(self, request: IncomingRequest, content: bytes) -> BoardQuery | None:
        """Returns the query of a document that is known, without parsing or keeping one: the caller may be a stranger.

        None also where only the execution can tell.
        """
        if request.method == "GET" and not request.head.is_preflighted:
            return None
        if kept := self._queries.get((request.method, content)):
            query, id_ = kept
            return query if id_ is None or is_persisted(id_) else None
        return _known_query(request.method, content) if len(content) <= _MAX_EARLY_BYTES else None

    def keep(self, request: IncomingRequest, content: bytes, query: BoardQuery) -> None:
        """Keeps the query of a caller whom the database has confirmed."""
        key = (request.method, content)
        if key not in self._queries:
            id_ = _id_to_persist(parse_request(request.method, content))
            self._queries.put(key, (query, id_), size=4 * len(content) + len(query.document))


def _known_query(method: str, content: bytes) -> BoardQuery | None:
    """Parses the request, but no document."""
    try:
        parsed = parse_request(method, content)
        document = resolve_document(parsed, is_caller_known=False)
    except (HttpError, KairoError, UnicodeEncodeError):
        return None
    if (id_ := _id_to_persist(parsed)) and not is_persisted(id_):
        return None
    may_be_cached = document.is_persisted if method == "GET" else True
    if not may_be_cached or not is_known(document.text, parsed.operation_name):
        return None
    return board_query(document.text, parsed.operation_name, parsed.variables)


def _id_to_persist(parsed: GraphQLRequest) -> str | None:
    """The id of a document that came with its hash."""
    return parsed.document_id if parsed.is_hashed and parsed.query is not None else None


def run(request: IncomingRequest, content: bytes, caller: Caller, *, finds_board_query: bool) -> BoardQuery | Content:
    """Parses and executes an operation of a caller who is known; runs in a thread.

    With `finds_board_query` it returns a query that the board cache can answer instead.
    """
    media_type = request.head.media_type
    with bound(request_id=request.request_id, tenant_id=caller.tenant_id):
        try:
            parsed = parse_request(request.method, content)
            if request.method == "POST":
                document = resolve_document(parsed, is_caller_known=True)
            else:
                document = _document_for_get(request, parsed)
            if finds_board_query and (query := _board_query(request, parsed, document)):
                return query
            with tenant_scope(caller.tenant_id):
                context = Context(caller=caller, request_id=request.request_id)
                return execute(parsed, document.text, context, media_type)
        except HttpError:
            raise
        except Exception as error:
            errors.log_error(errors.to_api_error(error), error)
            return error_content(error, request_id=request.request_id, media_type=media_type)


def _board_query(request: IncomingRequest, parsed: GraphQLRequest, document: ResolvedDocument) -> BoardQuery | None:
    if request.method == "GET" and not document.is_persisted:
        return None
    return board_query(document.text, parsed.operation_name, parsed.variables)


def _document_for_get(request: IncomingRequest, parsed: GraphQLRequest) -> ResolvedDocument:
    """Returns the document of a GET: a persisted query, or any that selects only meta fields such as `__typename`.

    Raises:
        HttpError: it is a mutation, or is not persisted, or a header is missing.
    """
    document = resolve_document(parsed, is_caller_known=True)
    try:
        validated = parse_and_validate(schema, document.text)
        operation = validated.operation(parsed.operation_name)
    except (GraphQLError, UnresolvedOperation):
        if document.is_persisted:
            return document  # execution reports the error
        raise method_not_allowed(POST_INSTEAD, allow=["POST"]) from None
    if operation.operation == OperationType.MUTATION:
        raise method_not_allowed("Mutations are served by POST.", allow=["POST"])
    if not validated.is_about_schema:
        if not document.is_persisted:
            raise method_not_allowed(POST_INSTEAD, allow=["POST"])
        if not request.head.is_preflighted:
            raise preflight_required()
    return document
