from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import msgspec
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from kairo.core.errors import Unauthenticated
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.logs import bound
from schema import errors
from schema.context import Context
from schema.errors import Code, Fault
from schema.media_types import JSON, accepted_answer, is_json
from schema.schema import schema

logger = logging.getLogger("kairo.graphql")

RETRY_AFTER_S = "5"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """The parameters of a GraphQL request, as the body gave them."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


class Refusal(Exception):
    """The request is answered before it comes to GraphQL."""

    def __init__(self, status: HTTPStatus, fault: Fault, **headers: str) -> None:
        self.status, self.fault, self.headers = status, fault, headers
        super().__init__(fault.message)


@csrf_exempt  # no cookie is ever looked at: a token in a header is all that counts
def graphql_view(request: HttpRequest) -> HttpResponse:
    """GraphQL over HTTP: one operation, POSTed as JSON, with an API token as bearer."""
    request_id: str = request.request_id  # type: ignore[attr-defined]  # set by RequestIdMiddleware
    media_type = accepted_answer(request.headers.get("Accept"))
    try:
        _check_shape(request)
        secret = _bearer(request)
        body = _body(request)
        caller = _authenticated(secret)
        with bound(tenant_id=caller.tenant_id):
            return _execute(_parsed(body), Context(caller=caller, request_id=request_id), media_type)
    except Refusal as refusal:
        return _refused(refusal, request_id, media_type)
    except Exception as error:
        fault = errors.fault_of(error)
        if fault.code == Code.INTERNAL:
            logger.exception("failed outside of any field")
        status = _status([fault], executed=False, media_type=media_type)
        return _refused(Refusal(status, fault), request_id, media_type)


def _check_shape(request: HttpRequest) -> None:
    if request.method != "POST":
        raise _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "GraphQL is served by POST.", Allow="POST")
    if not is_json(request.headers.get("Content-Type", "")):
        raise _refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must have the content type application/json, in UTF-8."
        )


def _bearer(request: HttpRequest) -> str:
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise _unauthenticated("Send an API token: `Authorization: Bearer <token>`.", 'Bearer realm="kairo"')
    return secret.strip()


def _authenticated(secret: str) -> Caller:
    try:
        return access.authenticate(secret=secret)
    except Unauthenticated as error:
        raise _unauthenticated(str(error), 'Bearer realm="kairo", error="invalid_token"') from None


def _body(request: HttpRequest) -> bytes:
    try:
        return request.body
    except RequestDataTooBig:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raise _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {limit} bytes.") from None


def _parsed(body: bytes) -> Request:
    try:
        found = json.loads(body.decode(), parse_constant=_no_json)
    except (ValueError, RecursionError):
        raise _refusal(HTTPStatus.BAD_REQUEST, "The body is not JSON in UTF-8, or nests too deeply.") from None
    if not isinstance(found, dict):
        raise _refusal(HTTPStatus.BAD_REQUEST, "The body must be one JSON object; batches are not served.")
    query, variables, name = found.get("query"), found.get("variables"), found.get("operationName")
    if not isinstance(query, str) or not query:
        raise _refusal(HTTPStatus.BAD_REQUEST, "`query` must be a string: the GraphQL document.")
    if not isinstance(variables, dict | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`variables` must be an object or null.")
    if not isinstance(name, str | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`operationName` must be a string or null.")
    if not isinstance(found.get("extensions"), dict | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`extensions` must be an object or null.")
    return Request(query=query, variables=variables, operation_name=name or None)


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _execute(asked: Request, context: Context, media_type: str) -> HttpResponse:
    result = schema.execute_sync(
        asked.query, variable_values=asked.variables, context_value=context, operation_name=asked.operation_name
    )
    told: dict[str, Any] = {}
    shown = (result.errors or [])[: errors.MAX_ERRORS]
    faults = [errors.fault_of(error) for error in shown]
    if shown:
        told["errors"] = [
            errors.formatted(fault, request_id=context.request_id, error=error)
            for fault, error in zip(faults, shown, strict=True)
        ]
    # A request that was never executed has no data, not even null.
    executed = result.data is not None or any(error.path is not None for error in shown)
    if executed:
        told["data"] = result.data
    return _response(told, _status(faults, executed=executed, media_type=media_type), media_type)


def _status(faults: list[Fault], *, executed: bool, media_type: str) -> HTTPStatus:
    codes = {fault.code for fault in faults}
    if Code.SERVICE_UNAVAILABLE in codes:
        return HTTPStatus.SERVICE_UNAVAILABLE
    if executed:
        return HTTPStatus.OK
    if Code.INTERNAL in codes:
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if media_type == JSON:
        return HTTPStatus.OK  # what clients older than the specification expect of a well-formed request
    return HTTPStatus.FORBIDDEN if Code.FORBIDDEN in codes else HTTPStatus.BAD_REQUEST


def _refusal(status: HTTPStatus, message: str, **headers: str) -> Refusal:
    return Refusal(status, Fault(code=Code.BAD_USER_INPUT, message=message), **headers)


def _unauthenticated(message: str, challenge: str) -> Refusal:
    fault = Fault(code=Code.UNAUTHENTICATED, message=message)
    return Refusal(HTTPStatus.UNAUTHORIZED, fault, **{"WWW-Authenticate": challenge})


def _refused(refusal: Refusal, request_id: str, media_type: str) -> HttpResponse:
    logger.info("refused: %s (%s)", refusal.fault.code, refusal.status)
    told = {"errors": [errors.formatted(refusal.fault, request_id=request_id)]}
    return _response(told, refusal.status, media_type, refusal.headers)


def _response(
    told: dict[str, Any], status: HTTPStatus, media_type: str, headers: Mapping[str, str] | None = None
) -> HttpResponse:
    try:
        content = msgspec.json.encode(told)
    except UnicodeEncodeError:
        content = json.dumps(told).encode()  # a lone surrogate the caller sent, quoted in an error
    response = HttpResponse(content, status=status, content_type=f"{media_type}; charset=utf-8", headers=headers)
    response["Cache-Control"] = "no-store"
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django logs every 5xx a second time
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = RETRY_AFTER_S
    return response
