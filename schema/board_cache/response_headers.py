from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse

from schema.board_cache.vary_key import VaryKey
from schema.server.view import conditional_response, graphql_response

_CONTENT = b"{}"
_ETAG = f'"{sha256(_CONTENT).hexdigest()[:32]}"'
_SET_PER_RESPONSE = frozenset({"x-request-id", "content-length", "etag"})

Headers = tuple[tuple[bytes, bytes], ...]


class ResponseHeaders(BaseHandler):
    """Runs Django's middleware once for each VaryKey, and caches the headers that it and the view set."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()
        self.get = lru_cache(maxsize=256)(self._get)

    def _get(self, vary_key: VaryKey, not_modified: bool) -> Headers | None:
        """Returns the headers of a response with status 200 or 304; None where the middleware answers itself, for
        example for a host that is not served."""
        response = self.get_response(_request(vary_key, not_modified=not_modified))
        expected = HTTPStatus.NOT_MODIFIED if not_modified else HTTPStatus.OK
        assert isinstance(response, HttpResponse), "the view never streams"
        if response.status_code != expected or response.content != (b"" if not_modified else _CONTENT):
            return None
        return tuple(
            (name.encode("ascii"), value.encode("latin1"))
            for name, value in response.items()
            if name.lower() not in _SET_PER_RESPONSE
        )

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        response = graphql_response(_CONTENT, request.META["kairo.media_type"])
        return conditional_response(request, response) if request.method == "GET" else response


def _request(vary_key: VaryKey, *, not_modified: bool) -> HttpRequest:
    headers = {
        b"host": vary_key.host,
        b"origin": vary_key.origin,
        b"x-forwarded-proto": vary_key.forwarded_proto,
        b"if-none-match": _ETAG.encode() if not_modified else None,
    }
    scope = {
        "type": "http",
        "method": vary_key.method,
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name, value) for name, value in headers.items() if value is not None],
    }
    request = ASGIRequest(scope, BytesIO())
    request.META["kairo.media_type"] = vary_key.media_type
    return request
