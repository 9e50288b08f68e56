"""Maps exceptions to GraphQL errors with a closed list of codes; an exception not raised on purpose is masked."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from graphql import FieldNode, GraphQLError, GraphQLSyntaxError
from psycopg_pool import PoolTimeout
from strawberry.exceptions import StrawberryInputCoercionError

from kairo.core.errors import BrokenReference, Invalid, KairoError
from kairo.core.services.rate_limits import RateLimited
from kairo.db.failures import database_failure, note_failure
from kairo.observability import metrics

logger = logging.getLogger("kairo.graphql")

MAX_ERRORS = 5
_MAX_MESSAGE = 500
_SUGGESTION = re.compile(r" ?Did you mean .*", re.DOTALL)


class Code(StrEnum):
    """Every code a top-level error can have."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    REFERENTIAL_INTEGRITY = "REFERENTIAL_INTEGRITY"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    RATE_LIMITED = "RATE_LIMITED"
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    INTERNAL = "INTERNAL"


CLIENT_ERRORS = frozenset(Code) - {Code.REFERENTIAL_INTEGRITY, Code.SERVICE_UNAVAILABLE, Code.INTERNAL}


@dataclass(frozen=True, kw_only=True, slots=True)
class ApiError:
    """An error as the response reports it."""

    code: Code
    message: str
    retryable: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


class UnresolvedOperation(KairoError):
    """The request does not say which one of the document's operations to run."""

    code = Code.OPERATION_RESOLUTION_FAILURE


def to_api_error(error: BaseException) -> ApiError:
    """The error reported for an exception; INTERNAL for one not raised on purpose."""
    if isinstance(error, KairoError) and error.code in set(Code) - {Code.INTERNAL}:
        return ApiError(code=Code(error.code), message=str(error), retryable=error.retryable, facts=_facts(error))
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)) or database_failure(error):
        return ApiError(
            code=Code.SERVICE_UNAVAILABLE, message="The database does not answer. Try again later.", retryable=True
        )
    if isinstance(error, GraphQLError):
        return _from_graphql_error(error)
    if _is_unstorable_text(error):
        return ApiError(code=Code.BAD_USER_INPUT, message="A text has a NUL or half of a surrogate pair in it.")
    if isinstance(error, StrawberryInputCoercionError):
        return ApiError(code=Code.BAD_USER_INPUT, message=_clean(str(error)))
    return ApiError(code=Code.INTERNAL, message="Something went wrong here. If you report it, quote the request id.")


def format_error(api_error: ApiError, *, request_id: str, error: GraphQLError | None = None) -> dict[str, Any]:
    """The error in the response format of the GraphQL specification, with the location and path of `error`."""
    response: dict[str, Any] = {"message": api_error.message}
    if error is not None and error.locations:
        response["locations"] = [location.formatted for location in error.locations]
    if error is not None and error.path is not None:
        response["path"] = error.path
    response["extensions"] = {
        "code": api_error.code.value,
        "requestId": request_id,
        "retryable": api_error.retryable,
        **api_error.facts,
    }
    return response


def log_errors(errors: Sequence[GraphQLError]) -> None:
    """Logs one line for all errors of a request: the first server error, or else the first error."""
    api_errors = [to_api_error(error) for error in errors]
    server_errors = (i for i, api_error in enumerate(api_errors) if api_error.code not in CLIENT_ERRORS)
    first = next(server_errors, 0)
    log_error(api_errors[first], errors[first], more=len(api_errors) - 1)


def log_error(api_error: ApiError, error: BaseException, *, more: int = 0) -> None:
    """Logs a client error at INFO and a server error at ERROR, with the stack if it was not raised on purpose."""
    others = f" (and {more} more)" if more else ""
    cause = root_cause(error)
    if api_error.code in CLIENT_ERRORS:
        logger.info("refused: %s%s: %s", api_error.code, others, _one_line(api_error.message))
    elif api_error.code == Code.INTERNAL:
        path = error.path if isinstance(error, GraphQLError) else None
        logger.error("failed%s at %s: %s", others, path, _one_line(repr(cause)), exc_info=cause)
    else:
        logger.error("failed: %s%s: %s", api_error.code, others, _one_line(str(cause)))
        if reason := database_failure(cause):
            note_failure(reason)
            metrics.count(f"database_unavailable_{reason}")


def _one_line(text: str) -> str:
    return text[:200].encode("unicode_escape").decode()


def root_cause(error: BaseException) -> BaseException:
    """The exception inside all layers of graphql-core's wrapping."""
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
    return error


def _from_graphql_error(error: GraphQLError) -> ApiError:
    cause = root_cause(error)
    if not isinstance(cause, GraphQLError) and error.path is not None:
        return to_api_error(cause)
    if isinstance(cause, KairoError):
        return to_api_error(cause)
    if code := (error.extensions or {}).get("code"):
        return ApiError(code=Code(code), message=_clean(error.message))
    if isinstance(cause, GraphQLSyntaxError):
        return ApiError(code=Code.GRAPHQL_PARSE_FAILED, message=_clean(error.message))
    if _is_bad_input(error):
        return ApiError(code=Code.BAD_USER_INPUT, message=_clean(error.message))
    return to_api_error(RuntimeError(error.message))


def _is_bad_input(error: GraphQLError) -> bool:
    """Whether graphql-core rejected an input value, and not a result.

    The error's nodes are the variable or argument in the first case, the field in the second.
    """
    nodes = error.nodes or ()
    return bool(nodes) and not any(isinstance(node, FieldNode) for node in nodes)


def _is_unstorable_text(error: BaseException) -> bool:
    """Whether psycopg rejected a text that PostgreSQL cannot store: it came from the request."""
    if isinstance(error, UnicodeEncodeError):
        return "surrogates not allowed" in error.reason
    return isinstance(error, DataError) and "NUL (0x00)" in str(error)


def _facts(error: KairoError) -> dict[str, Any]:
    if isinstance(error, BrokenReference):
        return {"missingIds": list(error.missing_ids)}
    if isinstance(error, Invalid) and error.field:
        return {"field": error.field}
    if isinstance(error, RateLimited):
        return {"retryAfterS": error.retry_after_s}
    return {}


def _clean(message: str) -> str:
    """Removes suggestions, which would reveal the schema, and shortens a message that quotes a large input."""
    text = _SUGGESTION.sub("", message)
    return text if len(text) <= _MAX_MESSAGE else text[: _MAX_MESSAGE - 1] + "…"
