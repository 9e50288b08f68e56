"""Executes one GraphQL operation and makes the content of its response."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from django.conf import settings
from graphql import ExecutionResult, GraphQLError, OperationDefinitionNode, OperationType
from graphql.execution import execute_sync

from kairo.core.errors import KairoError, NotAllowed
from kairo.core.services import rate_limits
from schema import errors
from schema.context import Context
from schema.documents import ValidatedDocument, cost_extension, parse_and_validate
from schema.errors import ApiError, Code
from schema.limits import Measure
from schema.schema import schema
from schema.server.leaf_executor import LeafExecutor
from schema.server.media_types import JSON
from schema.server.request import GraphQLRequest, HttpError

RETRY_AFTER_S = 5
REFUSED_COST = 1  # of a request that is parsed and not executed
# The status that the HTTP audits require for an invalid document; the specification's newest draft has 422.
INVALID_DOCUMENT = HTTPStatus.BAD_REQUEST


@dataclass(frozen=True, slots=True)
class Content:
    """The status and the body of a response, and the headers that only it has."""

    status: HTTPStatus
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Execution:
    """The result of a request; `measure` is None where validation stopped before measuring the operation."""

    result: ExecutionResult
    measure: Measure | None = None


def execute(request: GraphQLRequest, document: str, context: Context, media_type: str) -> Content:
    """Executes the request's operation, and charges its cost to the caller first."""
    execution = _execute(request, document, context)
    result = execution.result
    if result.errors:
        errors.log_errors(result.errors)
    graphql_errors = (result.errors or [])[: errors.MAX_ERRORS]
    api_errors = [errors.to_api_error(error) for error in graphql_errors]
    payload: dict[str, Any] = {}
    if graphql_errors:
        payload["errors"] = [
            errors.format_error(api_error, request_id=context.request_id, error=error)
            for api_error, error in zip(api_errors, graphql_errors, strict=True)
        ]
    # Without execution the specification wants no `data`, not even null.
    executed = result.data is not None or any(error.path is not None for error in graphql_errors)
    if executed:
        payload["data"] = result.data
    if execution.measure:
        payload["extensions"] = cost_extension(execution.measure)
    status = _status(api_errors, executed=executed, media_type=media_type)
    return Content(status, _encode(payload), _retry_after(api_errors))


def error_content(error: BaseException, *, request_id: str, media_type: str) -> Content:
    """The content of a request that failed outside execution."""
    if isinstance(error, HttpError):
        return Content(error.status, _encode_error(error.error, request_id), error.headers)
    api_error = errors.to_api_error(error)
    status = _status([api_error], executed=False, media_type=media_type)
    return Content(status, _encode_error(api_error, request_id), _retry_after([api_error]))


def _execute(request: GraphQLRequest, document: str, context: Context) -> _Execution:
    cost = REFUSED_COST
    measure = None
    try:
        try:
            validated = parse_and_validate(schema, document)
            operation = validated.operation(request.operation_name)
            _require_scope(context, operation)
            measure = validated.measure(operation)
            if measure and measure.shows_board:
                _require(context, "read")
            if measure and not validated.errors:
                cost = measure.cost
        finally:
            rate_limits.spend(caller=context.caller, cost=cost)
    except GraphQLError as error:
        return _refused([error])
    except KairoError as error:
        return _refused([GraphQLError(str(error), original_error=error)])
    if refused := list(validated.errors) or _refused_introspection(context, measure):
        return _refused(refused, measure)
    return _Execution(_run(validated, request, context), measure)


def _run(validated: ValidatedDocument, request: GraphQLRequest, context: Context) -> ExecutionResult:
    return execute_sync(
        schema._schema,
        validated.document,
        context_value=context,
        variable_values=request.variables,
        operation_name=request.operation_name,
        executor_class=LeafExecutor,
    )


def _refused(refused: Sequence[GraphQLError], measure: Measure | None = None) -> _Execution:
    return _Execution(ExecutionResult(data=None, errors=list(refused)), measure)


def _require_scope(context: Context, operation: OperationDefinitionNode) -> None:
    """
    Raises:
        NotAllowed: the caller's token lacks the scope that the operation's type needs.
    """
    _require(context, "write" if operation.operation == OperationType.MUTATION else "read")


def _require(context: Context, scope: str) -> None:
    """
    Raises:
        NotAllowed: the caller's token lacks the scope.
    """
    if not context.caller.may(scope):
        raise NotAllowed(f"This needs a token with the scope {scope!r}.")


def _refused_introspection(context: Context, measure: Measure | None) -> list[GraphQLError]:
    """The error for introspection by a caller who may not; it depends on the caller, not on the document alone."""
    if measure is None or not measure.introspects:
        return []
    if settings.KAIRO_INTROSPECTION == "everyone" or context.caller.may("admin"):
        return []
    code = Code.GRAPHQL_VALIDATION_FAILED.value
    return [GraphQLError("Introspection needs a token with the scope 'admin'.", extensions={"code": code})]


def _status(api_errors: list[ApiError], *, executed: bool, media_type: str) -> HTTPStatus:
    codes = {error.code for error in api_errors}
    if Code.SERVICE_UNAVAILABLE in codes:
        return HTTPStatus.SERVICE_UNAVAILABLE
    if Code.RATE_LIMITED in codes:
        return HTTPStatus.TOO_MANY_REQUESTS
    if executed:
        return HTTPStatus.OK
    if Code.INTERNAL in codes:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if media_type == JSON:
        return HTTPStatus.OK  # clients older than the specification expect it for a well-formed request
    return HTTPStatus.FORBIDDEN if Code.FORBIDDEN in codes else INVALID_DOCUMENT


def _retry_after(api_errors: list[ApiError]) -> dict[str, str]:
    """Returns the Retry-After header, in seconds, where a later attempt can succeed."""
    waits = [RETRY_AFTER_S for error in api_errors if error.code == Code.SERVICE_UNAVAILABLE]
    waits += [error.facts["retryAfterS"] for error in api_errors if error.code == Code.RATE_LIMITED]
    return {"Retry-After": str(max(waits))} if waits else {}


def _encode_error(error: ApiError, request_id: str) -> bytes:
    return _encode({"errors": [errors.format_error(error, request_id=request_id)]})


def _encode(payload: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(payload)
    except UnicodeEncodeError:
        return json.dumps(payload).encode()  # an error quotes a lone surrogate of the request
