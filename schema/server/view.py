from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from graphql import GraphQLError, OperationType

from kairo.core.errors import Unauthenticated
from kairo.core.services import access, rate_limits
from kairo.core.services.access import Caller
from kairo.db.tenant_scope import tenant_scope
from kairo.http.client_ip import client_address
from kairo.observability.logs import bound
from schema import errors
from schema.context import Context
from schema.documents import checked
from schema.errors import ApiError, Code, UnresolvedOperation
from schema.schema import schema
from schema.server.graphiql.page import graphiql_page, wants_page
from schema.server.media_types import JSON, accepted_answer
from schema.server.persisted import document_of
from schema.server.request import (
    GraphQLRequest,
    HttpError,
    bearer_secret,
    check_in_time,
    check_preflight,
    check_shape,
    not_allowed,
    read,
    unauthenticated,
)

logger = logging.getLogger("kairo.graphql")

RETRY_AFTER_S = 5
# What the HTTP audits want of a document that is refused; the specification's newest draft would have 422.
INVALID_DOCUMENT = HTTPStatus.BAD_REQUEST
POST_IT = (
    "By GET only persisted queries are served. POST this one, or send its SHA-256 along in "
    "`extensions.persistedQuery`: from then on it is served by that alone."
)


@csrf_exempt  # no cookie is ever looked at: a token in a header is all that counts
def graphql_view(request: HttpRequest) -> HttpResponse:
    """GraphQL over HTTP: one operation, POSTed as JSON or a persisted query by GET, with an API token as bearer."""
    if wants_page(request):
        return graphiql_page()
    request_id: str = request.request_id  # type: ignore[attr-defined]  # set by RequestIdMiddleware
    media_type = accepted_answer(request.headers.get("Accept"))
    try:
        check_shape(request)
        check_in_time(request)
        secret = bearer_secret(request.headers.get("Authorization", ""))
        with tenant_scope() as wall:
            caller = _authenticated(secret, address=client_address(request))
            wall.tenant_id = caller.tenant_id
            with bound(tenant_id=caller.tenant_id):
                asked = read(request)
                context = Context(caller=caller, request_id=request_id)
                if request.method == "POST":
                    return _execute(document_of(asked).text, asked, context, media_type)
                return revalidated(request, _execute(_document_by_get(request, asked), asked, context, media_type))
    except HttpError as refusal:
        return _refused(refusal, request_id, media_type)
    except Exception as error:
        fault = errors.to_api_error(error)
        errors.log_fault(fault, error)
        status = _status([fault], executed=False, media_type=media_type)
        return _answered([fault], status, request_id, media_type, _retry_after([fault]))


def _authenticated(secret: str, *, address: str) -> Caller:
    rate_limits.check_address(address=address)
    try:
        return access.authenticate(secret=secret)
    except Unauthenticated as error:
        rate_limits.note_failure(address=address)
        raise unauthenticated(str(error), error="invalid_token") from None


def _document_by_get(request: HttpRequest, asked: GraphQLRequest) -> str:
    """The document that a GET may run: a persisted query, or one that asks for nothing but what the schema is.

    Raises:
        Refusal: it is a mutation, or is not persisted, or a header is missing.
    """
    document = document_of(asked)
    try:
        found = checked(schema, document.text)
        operation = found.operation(asked.operation_name)
    except (GraphQLError, UnresolvedOperation):
        if document.is_persisted:
            return document.text  # what is wrong with it is told by its execution
        raise not_allowed(POST_IT, allow=["POST"]) from None
    if operation.operation == OperationType.MUTATION:
        raise not_allowed("Mutations are served by POST.", allow=["POST"])
    if not found.is_about_schema:
        if not document.is_persisted:
            raise not_allowed(POST_IT, allow=["POST"])
        check_preflight(request)
    return document.text


def _execute(document: str, asked: GraphQLRequest, context: Context, media_type: str) -> HttpResponse:
    result = schema.execute_sync(
        document, variable_values=asked.variables, context_value=context, operation_name=asked.operation_name
    )
    told: dict[str, Any] = {}
    shown = (result.errors or [])[: errors.MAX_ERRORS]
    faults = [errors.to_api_error(error) for error in shown]
    if shown:
        told["errors"] = [
            errors.formatted(fault, request_id=context.request_id, error=error)
            for fault, error in zip(faults, shown, strict=True)
        ]
    # A request that was never executed has no data, not even null.
    executed = result.data is not None or any(error.path is not None for error in shown)
    if executed:
        told["data"] = result.data
    if result.extensions:
        told["extensions"] = result.extensions
    status = _status(faults, executed=executed, media_type=media_type)
    return _response(told, status, media_type, _retry_after(faults))


def revalidated(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """An answer that the caller may keep and ask about again, or 304 where what it kept is still the answer.

    One that tells errors names its request, and so is never the same again.
    """
    if answer.status_code != HTTPStatus.OK or answer.content.startswith(b'{"errors"'):
        return answer
    answer["ETag"] = f'"{sha256(answer.content).hexdigest()[:32]}"'
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept", "Authorization"])
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _status(faults: list[ApiError], *, executed: bool, media_type: str) -> HTTPStatus:
    codes = {fault.code for fault in faults}
    if Code.SERVICE_UNAVAILABLE in codes:
        return HTTPStatus.SERVICE_UNAVAILABLE
    if Code.RATE_LIMITED in codes:
        return HTTPStatus.TOO_MANY_REQUESTS
    if executed:
        return HTTPStatus.OK
    if Code.INTERNAL in codes:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if media_type == JSON:
        return HTTPStatus.OK  # what clients older than the specification expect of a well-formed request
    return HTTPStatus.FORBIDDEN if Code.FORBIDDEN in codes else INVALID_DOCUMENT


def _retry_after(faults: list[ApiError]) -> dict[str, str]:
    """The header that says when to try again, where that helps."""
    waits = [RETRY_AFTER_S for fault in faults if fault.code == Code.SERVICE_UNAVAILABLE]
    waits += [fault.facts["retryAfterS"] for fault in faults if fault.code == Code.RATE_LIMITED]
    return {"Retry-After": str(max(waits))} if waits else {}


def _refused(refusal: HttpError, request_id: str, media_type: str) -> HttpResponse:
    logger.info("refused: %s %s", refusal.status.value, refusal.fault.code)
    return _answered([refusal.fault], refusal.status, request_id, media_type, refusal.headers)


def _answered(
    faults: list[ApiError],
    status: HTTPStatus,
    request_id: str,
    media_type: str,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    told = {"errors": [errors.formatted(fault, request_id=request_id) for fault in faults]}
    return _response(told, status, media_type, headers)


def _response(
    told: dict[str, Any], status: HTTPStatus, media_type: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    try:
        content = msgspec.json.encode(told)
    except UnicodeEncodeError:
        content = json.dumps(told).encode()  # a lone surrogate of the caller's, quoted in an error
    return answer_of(content, media_type, status=status, headers=headers)


def answer_of(
    content: bytes, media_type: str, *, status: int = HTTPStatus.OK, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """An answer of these bytes."""
    response = HttpResponse(content, status=status, content_type=f"{media_type}; charset=utf-8", headers=headers)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # or Django logs every 5xx a second time
    return response
