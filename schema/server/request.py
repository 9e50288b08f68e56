from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import QueryDict

from schema.errors import ApiError, Code
from schema.server.media_types import is_json

METHODS = ("GET", "POST")
# A form cannot send one of these headers, and a script of another site only after a CORS preflight.
PREFLIGHT_HEADERS = (
    "Apollo-Require-Preflight",
    "GraphQL-Require-Preflight",
    "X-Apollo-Operation-Name",
    "X-Requested-With",
)
_STRING_PARAMETERS = ("query", "operationName", "documentId")


@dataclass(frozen=True, kw_only=True, slots=True)
class GraphQLRequest:
    """One operation to execute, given by its document, by its id, or by both.

    `is_hashed` is true for an automatic persisted query, whose id is the document's SHA-256.
    """

    query: str | None
    document_id: str | None
    is_hashed: bool
    variables: dict[str, Any] | None
    operation_name: str | None


@dataclass(kw_only=True)
class HttpError(Exception):
    """The request is refused before GraphQL executes it."""

    status: HTTPStatus
    error: ApiError
    headers: Mapping[str, str] = field(default_factory=dict)
    unknown_host: str = ""  # set where the host is why


def is_preflighted(header: Callable[[str], str]) -> bool:
    """Returns whether the request has a header that a browser sends to another site only after a CORS preflight.
    `header` returns a header's value by name."""
    return is_json(header("Content-Type")) or any(header(name) for name in PREFLIGHT_HEADERS)


def bearer_secret(authorization: str) -> str:
    """Returns the secret of the API token in an Authorization header.

    Raises:
        HttpError: the header has no bearer token.
    """
    scheme, _, secret = authorization.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise unauthenticated("Send an API token: `Authorization: Bearer <token>`.")
    return secret.strip()


def parse_request(method: str, content: bytes) -> GraphQLRequest:
    """Parses the body of a POST, or the query string of a GET.

    Raises:
        HttpError: it is not JSON, or JSON of another shape.
    """
    if method == "GET":
        return request_from_query_string(content)
    return request_from_body(content)


def request_from_body(body: bytes) -> GraphQLRequest:
    """As `parse_request`, from a body."""
    return _validate(_json_object(body))


def request_from_query_string(query_string: bytes) -> GraphQLRequest:
    """As `parse_request`, from a query string."""
    return _validate(_parameters(query_string))


def _validate(parameters: dict[str, Any]) -> GraphQLRequest:
    query, variables, name = parameters.get("query"), parameters.get("variables"), parameters.get("operationName")
    extensions, document_id = parameters.get("extensions"), parameters.get("documentId")
    if not isinstance(query, str | None):
        raise _http_error(HTTPStatus.BAD_REQUEST, "`query` must be a string: the GraphQL document.")
    if not isinstance(document_id, str | None):
        raise _http_error(HTTPStatus.BAD_REQUEST, "`documentId` must be a string or null.")
    if not isinstance(variables, dict | None):
        raise _http_error(HTTPStatus.BAD_REQUEST, "`variables` must be an object or null.")
    if not isinstance(name, str | None):
        raise _http_error(HTTPStatus.BAD_REQUEST, "`operationName` must be a string or null.")
    if not isinstance(extensions, dict | None):
        raise _http_error(HTTPStatus.BAD_REQUEST, "`extensions` must be an object or null.")
    digest = _digest(extensions or {})
    if not query and not document_id and not digest:
        raise _http_error(HTTPStatus.BAD_REQUEST, "`query` must be a string: the GraphQL document.")
    return GraphQLRequest(
        query=query or None,
        document_id=digest or document_id or None,
        is_hashed=digest is not None,
        variables=variables,
        operation_name=name or None,
    )


def _digest(extensions: dict[str, Any]) -> str | None:
    """Returns the SHA-256 of an automatic persisted query, in the format of Apollo's protocol."""
    persisted = extensions.get("persistedQuery")
    if persisted is None:
        return None
    digest = persisted.get("sha256Hash") if isinstance(persisted, dict) and persisted.get("version") == 1 else None
    if not isinstance(digest, str) or not digest:
        raise _http_error(HTTPStatus.BAD_REQUEST, "`persistedQuery` must have `version` 1 and a `sha256Hash`.")
    return digest


def unauthenticated(message: str, *, error: str = "") -> HttpError:
    """Returns the error for a request without a valid token; `error` is a code of RFC 6750."""
    challenge = 'Bearer realm="kairo"' + (f', error="{error}"' if error else "")
    return HttpError(
        status=HTTPStatus.UNAUTHORIZED,
        error=ApiError(code=Code.UNAUTHENTICATED, message=message),
        headers={"WWW-Authenticate": challenge},
    )


def invalid_token() -> HttpError:
    return unauthenticated("The API token is not valid.", error="invalid_token")


def method_not_allowed(message: str, *, allow: Sequence[str]) -> HttpError:
    """Returns the error for a request by the wrong method."""
    return _http_error(HTTPStatus.METHOD_NOT_ALLOWED, message, Allow=", ".join(allow))


def preflight_required() -> HttpError:
    """Returns the error for a GET that another site's page may have sent without a CORS preflight."""
    names = ", ".join(PREFLIGHT_HEADERS)
    return _http_error(HTTPStatus.BAD_REQUEST, f"By GET send one of the headers {names} as well.")


def host_not_served(host: str) -> HttpError:
    return HttpError(
        status=HTTPStatus.BAD_REQUEST,
        error=ApiError(code=Code.BAD_USER_INPUT, message="This server does not serve the host of the request."),
        unknown_host=host,
    )


def unsupported_media_type() -> HttpError:
    return _http_error(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be application/json in UTF-8.")


def unsupported_encoding() -> HttpError:
    """Returns the error for a compressed body (RFC 9110, 12.5.3)."""
    message = "The body must not be compressed."
    return _http_error(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, message, **{"Accept-Encoding": "identity"})


def body_timed_out() -> HttpError:
    return _http_error(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.", Connection="close")


def body_too_large() -> HttpError:
    max_bytes = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return _http_error(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is larger than {max_bytes} bytes.")


def precondition_failed() -> HttpError:
    return _http_error(HTTPStatus.PRECONDITION_FAILED, "The response has another entity tag than If-Match names.")


def _parameters(query_string: bytes) -> dict[str, Any]:
    """Returns the parameters of a GET, with `variables` and `extensions` decoded from JSON."""
    try:
        query = QueryDict(query_string)
    except SuspiciousOperation:
        raise _http_error(HTTPStatus.BAD_REQUEST, "The query string has too many parameters.") from None
    parameters: dict[str, Any] = {name: query[name] for name in _STRING_PARAMETERS if name in query}
    parameters |= {name: _json(str(query[name])) for name in ("variables", "extensions") if query.get(name)}
    return parameters


def _json_object(body: bytes) -> dict[str, Any]:
    value = _json(body)
    if not isinstance(value, dict):
        raise _http_error(HTTPStatus.BAD_REQUEST, "The body must be one JSON object; batches are not served.")
    return value


def _json(text: bytes | str) -> object:
    try:
        return json.loads(text.decode() if isinstance(text, bytes) else text, parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        raise _http_error(HTTPStatus.BAD_REQUEST, "This is not JSON in UTF-8, or it nests too deeply.") from None


def _reject_constant(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _http_error(status: HTTPStatus, message: str, **headers: str) -> HttpError:
    return HttpError(status=status, error=ApiError(code=Code.BAD_USER_INPUT, message=message), headers=headers)
