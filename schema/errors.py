"""Domain error → GraphQL error. A closed list of codes; whatever we did not raise on purpose is masked."""

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

logger = logging.getLogger("kairo.graphql")

MAX_ERRORS = 5
_LONGEST_MESSAGE = 500
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
    """What the caller is told about one error."""

    code: Code
    message: str
    retryable: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


class UnresolvedOperation(KairoError):
    """The request does not say which one of the document's operations to run."""

    code = Code.OPERATION_RESOLUTION_FAILURE


def to_api_error(error: BaseException) -> ApiError:
    """What an exception means to the caller; INTERNAL for everything not raised on purpose."""
    if isinstance(error, KairoError) and error.code in set(Code) - {Code.INTERNAL}:
        return ApiError(code=Code(error.code), message=str(error), retryable=error.retryable, facts=_facts(error))
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        return ApiError(
            code=Code.SERVICE_UNAVAILABLE, message="The database does not answer. Try again later.", retryable=True
        )
    if isinstance(error, GraphQLError):
        return _graphql_fault(error)
    if _is_unstorable_text(error):
        return ApiError(code=Code.BAD_USER_INPUT, message="A text has a NUL or half of a surrogate pair in it.")
    if isinstance(error, StrawberryInputCoercionError):
        return ApiError(code=Code.BAD_USER_INPUT, message=_shown(str(error)))
    return ApiError(code=Code.INTERNAL, message="Something went wrong here. If you report it, quote the request id.")


def formatted(fault: ApiError, *, request_id: str, error: GraphQLError | None = None) -> dict[str, Any]:
    """The fault as the GraphQL specification writes errors, located as `error` is."""
    shown: dict[str, Any] = {"message": fault.message}
    if error is not None and error.locations:
        shown["locations"] = [location.formatted for location in error.locations]
    if error is not None and error.path is not None:
        shown["path"] = error.path
    shown["extensions"] = {
        "code": fault.code.value,
        "requestId": request_id,
        "retryable": fault.retryable,
        **fault.facts,
    }
    return shown


def log(errors: Sequence[GraphQLError]) -> None:
    """One line for all of a request's errors: that of the first which is ours, else of the first."""
    faults = [to_api_error(error) for error in errors]
    ours = (i for i, fault in enumerate(faults) if fault.code not in CLIENT_ERRORS)
    first = next(ours, 0)
    log_fault(faults[first], errors[first], more=len(faults) - 1)


def log_fault(fault: ApiError, error: BaseException, *, more: int = 0) -> None:
    """INFO for a mistake of the caller's, ERROR for ours; with the stack where it was not raised on purpose."""
    among = f" (and {more} more)" if more else ""
    cause = root_cause(error)
    if fault.code in CLIENT_ERRORS:
        logger.info("refused: %s%s: %s", fault.code, among, _one_line(fault.message))
    elif fault.code == Code.INTERNAL:
        path = error.path if isinstance(error, GraphQLError) else None
        logger.error("failed%s at %s: %s", among, path, _one_line(repr(cause)), exc_info=cause)
    else:
        logger.error("failed: %s%s: %s", fault.code, among, _one_line(str(cause)))


def _one_line(text: str) -> str:
    return text[:200].encode("unicode_escape").decode()


def root_cause(error: BaseException) -> BaseException:
    """The exception that graphql-core wrapped, however often."""
    while isinstance(error, GraphQLError) and error.original_error is not None:
        error = error.original_error
    return error


def _graphql_fault(error: GraphQLError) -> ApiError:
    cause = root_cause(error)
    if not isinstance(cause, GraphQLError) and error.path is not None:
        return to_api_error(cause)
    if isinstance(cause, KairoError):
        return to_api_error(cause)
    if code := (error.extensions or {}).get("code"):
        return ApiError(code=Code(code), message=_shown(error.message))
    if isinstance(cause, GraphQLSyntaxError):
        return ApiError(code=Code.GRAPHQL_PARSE_FAILED, message=_shown(error.message))
    if _is_callers(error):
        return ApiError(code=Code.BAD_USER_INPUT, message=_shown(error.message))
    return to_api_error(RuntimeError(error.message))


def _is_callers(error: GraphQLError) -> bool:
    """Whether graphql-core refused a value that came in, rather than one on its way out.

    It points at the variable or argument in the first case, at the field in the second.
    """
    nodes = error.nodes or ()
    return bool(nodes) and not any(isinstance(node, FieldNode) for node in nodes)


def _is_unstorable_text(error: BaseException) -> bool:
    """Whether the driver refused a text that Postgres cannot hold. Ours come from there, so it was the caller's."""
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


def _shown(message: str) -> str:
    """Without suggestions, which would spell out the schema, and without the caller's megabytes."""
    told = _SUGGESTION.sub("", message)
    return told if len(told) <= _LONGEST_MESSAGE else told[: _LONGEST_MESSAGE - 1] + "…"
