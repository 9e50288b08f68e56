from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import msgspec
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError, OperationType

from kairo.core.errors import Unauthenticated
from kairo.core.services import access, rate_limits
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.http.client_ip import request_client_ip
from kairo.observability.logs import bound
from schema import errors
from schema.context import Context
from schema.documents import parse_and_validate
from schema.errors import ApiError, Code, UnresolvedOperation
from schema.schema import schema
from schema.server.graphiql.page import graphiql_page, wants_page
from schema.server.media_types import JSON, negotiate
from schema.server.persisted import resolve_document
from schema.server.request import (
    GraphQLRequest,
    HttpError,
    bearer_secret,
    check_database,
    check_preflight,
    check_shape,
    method_not_allowed,
    read_request,
    unauthenticated,
)
from schema.server.tenant_queue import REFUSED, remember_tenant

logger = logging.getLogger("kairo.graphql")

RETRY_AFTER_S = 5
# The status that the HTTP audits require for an invalid document; the specification's newest draft has 422.
INVALID_DOCUMENT = HTTPStatus.BAD_REQUEST
POST_INSTEAD = (
    "By GET only persisted queries are served. POST this one, or send its SHA-256 along in "
    "`extensions.persistedQuery`: from then on it is served by that alone."
)


@csrf_exempt  # authentication is by a header, never by a cookie
def graphql_view(request: HttpRequest) -> HttpResponse:
    """Serves one GraphQL operation: any by POST as JSON, a persisted query also by GET, with an API token as bearer."""
    if wants_page(request):
        return graphiql_page()
    request_id: str = request.request_id  # type: ignore[attr-defined]  # set by RequestIdMiddleware
    media_type = negotiate(request.headers.get("Accept"))
    try:
        if isinstance(request, ASGIRequest) and (refused := request.scope.get(REFUSED)) is not None:
            raise refused
        check_shape(request)
        check_database(request)
        secret = bearer_secret(request.headers.get("Authorization", ""))
        with tenant_scope() as scope:
            caller = _authenticate(secret, address=request_client_ip(request))
            scope.tenant_id = caller.tenant_id
            remember_tenant(request.headers["Authorization"], caller.tenant_id)
            with bound(tenant_id=caller.tenant_id):
                query = read_request(request)
                context = Context(caller=caller, request_id=request_id)
                if request.method == "POST":
                    return _execute(resolve_document(query).text, query, context, media_type)
                document = _document_for_get(request, query)
                return conditional_response(request, _execute(document, query, context, media_type))
    except HttpError as error:
        logger.info("refused: %s %s", error.status.value, error.error.code)
        return _error_response(error.error, error.status, request_id, media_type, error.headers)
    except Exception as error:
        api_error = errors.to_api_error(error)
        errors.log_error(api_error, error)
        status = _status([api_error], executed=False, media_type=media_type)
        return _error_response(api_error, status, request_id, media_type, _retry_after([api_error]))


def _authenticate(secret: str, *, address: str) -> Caller:
    rate_limits.check_address(address=address)
    try:
        return access.authenticate(secret=secret)
    except Unauthenticated as error:
        rate_limits.note_failure(address=address)
        raise unauthenticated(str(error), error="invalid_token") from None


def _document_for_get(request: HttpRequest, query: GraphQLRequest) -> str:
    """Returns the document of a GET: a persisted query, or any that selects only meta fields such as `__typename`.

    Raises:
        HttpError: it is a mutation, or is not persisted, or a header is missing.
    """
    document = resolve_document(query)
    try:
        validated = parse_and_validate(schema, document.text)
        operation = validated.operation(query.operation_name)
    except (GraphQLError, UnresolvedOperation):
        if document.is_persisted:
            return document.text  # execution reports the error
        raise method_not_allowed(POST_INSTEAD, allow=["POST"]) from None
    if operation.operation == OperationType.MUTATION:
        raise method_not_allowed("Mutations are served by POST.", allow=["POST"])
    if not validated.is_about_schema:
        if not document.is_persisted:
            raise method_not_allowed(POST_INSTEAD, allow=["POST"])
        check_preflight(request)
    return document.text


def _execute(document: str, query: GraphQLRequest, context: Context, media_type: str) -> HttpResponse:
    result = schema.execute_sync(
        document, variable_values=query.variables, context_value=context, operation_name=query.operation_name
    )
    payload: dict[str, Any] = {}
    graphql_errors = (result.errors or [])[: errors.MAX_ERRORS]
    api_errors = [errors.to_api_error(error) for error in graphql_errors]
    if graphql_errors:
        payload["errors"] = [
            errors.format_error(api_error, request_id=context.request_id, error=error)
            for api_error, error in zip(api_errors, graphql_errors, strict=True)
        ]
    # Without execution the specification wants no `data`, not even null.
    executed = result.data is not None or any(error.path is not None for error in graphql_errors)
    if executed:
        payload["data"] = result.data
    if result.extensions:
        payload["extensions"] = result.extensions
    status = _status(api_errors, executed=executed, media_type=media_type)
    return _encode(payload, status, media_type, _retry_after(api_errors))


def conditional_response(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Adds the headers of a private, revalidated cache; returns 304 where the client's copy is current.

    A response with errors contains the request's id, so it has no entity tag.
    """
    if response.status_code != HTTPStatus.OK or response.content.startswith(b'{"errors"'):
        return response
    response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Accept", "Authorization"])
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


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


def _error_response(
    error: ApiError, status: HTTPStatus, request_id: str, media_type: str, headers: Mapping[str, str]
) -> HttpResponse:
    return _encode({"errors": [errors.format_error(error, request_id=request_id)]}, status, media_type, headers)


def _encode(payload: dict[str, Any], status: HTTPStatus, media_type: str, headers: Mapping[str, str]) -> HttpResponse:
    try:
        content = msgspec.json.encode(payload)
    except UnicodeEncodeError:
        content = json.dumps(payload).encode()  # an error quotes a lone surrogate of the request
    return graphql_response(content, media_type, status=status, headers=headers)


def graphql_response(
    content: bytes, media_type: str, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """Builds a response that no cache stores."""
    response = HttpResponse(content, status=status, content_type=f"{media_type}; charset=utf-8", headers=headers)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # or Django logs every 5xx a second time
    return response
