from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, QueryDict

from kairo.http.body_limit import IS_LATE
from schema.errors import ApiError, Code
from schema.server.media_types import is_json

METHODS = ("GET", "POST")
# No form can send one of these, and no script of another page before the browser has asked for leave (CORS).
PREFLIGHT_HEADERS = (
    "Apollo-Require-Preflight",
    "GraphQL-Require-Preflight",
    "X-Apollo-Operation-Name",
    "X-Requested-With",
)
DATABASE_IS_LATE = "kairo.database_is_late"  # in a scope: this request has waited for the database long enough
_TEXTS = ("query", "operationName", "documentId")


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLRequest:
    """One operation to run, as the caller wrote it down: by its document, by its id, or by both.

    `is_hashed` says that the id claims to be the document's SHA-256.
    """

    query: str | None
    document_id: str | None
    is_hashed: bool
    variables: dict[str, Any] | None
    operation_name: str | None


@dataclass(kw_only=True)
class HttpError(Exception):
    """The request is answered before it comes to GraphQL."""

    status: HTTPStatus
    fault: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)


def check_shape(request: HttpRequest) -> None:
    """
    Raises:
        Refusal: the method or the media type is not one that is served.
    """
    if request.method not in METHODS:
        raise not_allowed("GraphQL is served by POST, and persisted queries by GET as well.", allow=METHODS)
    if request.method == "POST" and not is_json(request.headers.get("Content-Type", "")):
        raise _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8.")


def check_in_time(request: HttpRequest) -> None:
    """
    Raises:
        OperationalError: the request has waited for the database before, in vain.
    """
    if getattr(request, "scope", {}).get(DATABASE_IS_LATE):
        raise OperationalError("the database did not answer in time")


def is_preflighted(header: Callable[[str], str]) -> bool:
    """Whether a header is there, by name, that a browser sends for another page only after it has asked for leave."""
    return is_json(header("Content-Type")) or any(header(name) for name in PREFLIGHT_HEADERS)


def check_preflight(request: HttpRequest) -> None:
    """
    Raises:
        Refusal: no header of the request is one that a browser asks about first.
    """
    if not is_preflighted(lambda name: request.headers.get(name, "")):
        wanted = ", ".join(PREFLIGHT_HEADERS)
        raise _refusal(HTTPStatus.BAD_REQUEST, f"By GET send one of the headers {wanted} as well.")


def bearer_secret(authorization: str) -> str:
    """The secret of the API token in this header.

    Raises:
        Refusal: none came.
    """
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise unauthenticated("Send an API token: `Authorization: Bearer <token>`.")
    return secret.strip()


def read(request: HttpRequest) -> GraphQLRequest:
    """What the body asks for, or the query string of a GET.

    Raises:
        Refusal: it is too large, not JSON, or JSON of another shape.
    """
    return asked_by_get(lambda: request.GET) if request.method == "GET" else asked_by_post(_body(request))


def asked_by_post(body: bytes) -> GraphQLRequest:
    """As `read`, from a body."""
    return _checked(_json_object(body))


def asked_by_get(given: Callable[[], QueryDict]) -> GraphQLRequest:
    """As `read`, from the parameters of a GET."""
    return _checked(_query_string(given))


def _checked(asked: dict[str, Any]) -> GraphQLRequest:
    query, variables, name = asked.get("query"), asked.get("variables"), asked.get("operationName")
    extensions, document_id = asked.get("extensions"), asked.get("documentId")
    if not isinstance(query, str | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`query` must be a string: the GraphQL document.")
    if not isinstance(document_id, str | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`documentId` must be a string or null.")
    if not isinstance(variables, dict | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`variables` must be an object or null.")
    if not isinstance(name, str | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`operationName` must be a string or null.")
    if not isinstance(extensions, dict | None):
        raise _refusal(HTTPStatus.BAD_REQUEST, "`extensions` must be an object or null.")
    digest = _digest(extensions or {})
    if not query and not document_id and not digest:
        raise _refusal(HTTPStatus.BAD_REQUEST, "`query` must be a string: the GraphQL document.")
    return GraphQLRequest(
        query=query or None,
        document_id=digest or document_id or None,
        is_hashed=digest is not None,
        variables=variables,
        operation_name=name or None,
    )


def _digest(extensions: dict[str, Any]) -> str | None:
    """The SHA-256 of an automatic persisted query, as Apollo's protocol writes it."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) and persisted.get("version") == 1 else None
    if not isinstance(digest, str) or not digest:
        raise _refusal(HTTPStatus.BAD_REQUEST, "`persistedQuery` must have `version` 1 and a `sha256Hash`.")
    return digest


def unauthenticated(message: str, *, error: str = "") -> HttpError:
    """The answer to a request without a valid token; `error` is RFC 6750's word for what is wrong with it."""
    challenge = 'Bearer realm="kairo"' + (f', error="{error}"' if error else "")
    return HttpError(
        status=HTTPStatus.UNAUTHORIZED,
        fault=ApiError(code=Code.UNAUTHENTICATED, message=message),
        headers={"WWW-Authenticate": challenge},
    )


def not_allowed(message: str, *, allow: Sequence[str]) -> HttpError:
    """The answer to a request by the wrong method."""
    return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, message, Allow=", ".join(allow))


def _query_string(parse: Callable[[], QueryDict]) -> dict[str, Any]:
    """The parameters of a GET; those that are JSON are read as such."""
    try:
        given = parse()
    except SuspiciousOperation:
        raise _refusal(HTTPStatus.BAD_REQUEST, "The query string has too many parameters.") from None
    asked: dict[str, Any] = {name: given[name] for name in _TEXTS if name in given}
    asked |= {name: _json(str(given[name])) for name in ("variables", "extensions") if given.get(name)}
    return asked


def _body(request: HttpRequest) -> bytes:
    if getattr(request, "scope", {}).get(IS_LATE):
        raise _refusal(HTTPStatus.REQUEST_TIMEOUT, "The body did not come to its end in time.", Connection="close")
    try:
        return request.body
    except RequestDataTooBig:
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raise _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {most} bytes.") from None


def _json_object(body: bytes) -> dict[str, Any]:
    found = _json(body)
    if not isinstance(found, dict):
        raise _refusal(HTTPStatus.BAD_REQUEST, "The body must be one JSON object; batches are not served.")
    return found


def _json(text: bytes | str) -> object:
    try:
        return json.loads(text.decode() if isinstance(text, bytes) else text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise _refusal(HTTPStatus.BAD_REQUEST, "This is not JSON in UTF-8, or it nests too deeply.") from None


def _refuse_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _refusal(status: HTTPStatus, message: str, **headers: str) -> HttpError:
    return HttpError(status=status, fault=ApiError(code=Code.BAD_USER_INPUT, message=message), headers=headers)
