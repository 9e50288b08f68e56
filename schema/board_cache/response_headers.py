from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from http import HTTPStatus
from io import BytesIO

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.base import BaseHandler
from django.http import HttpRequest, HttpResponse

from schema.board_cache.vary_key import VaryKey
from schema.server.view import answer_of, revalidated

_CONTENT = b"{}"
_ETAG = f'"{sha256(_CONTENT).hexdigest()[:32]}"'
# Each answer's own: the hot path fills them in.
_OWN = frozenset({"x-request-id", "content-length", "etag"})

Headers = tuple[tuple[bytes, bytes], ...]


class ResponseHeaders(BaseHandler):
    """The headers of an answer, as Django's middleware and the view put them on: by letting them do so, once a look."""

    def __init__(self) -> None:
        super().__init__()
        self.load_middleware()
        self.headers = lru_cache(maxsize=256)(self._headers)

    def _headers(self, look: VaryKey, is_unchanged: bool) -> Headers | None:
        """Those of an answer by 200, or by 304; None where the middleware answers in the view's place, for a host
        that is not served."""
        response = self.get_response(_request(look, is_unchanged=is_unchanged))
        wanted = HTTPStatus.NOT_MODIFIED if is_unchanged else HTTPStatus.OK
        assert isinstance(response, HttpResponse), "nothing here streams"
        if response.status_code != wanted or response.content != (b"" if is_unchanged else _CONTENT):
            return None
        return tuple(
            (name.encode("ascii"), value.encode("latin1"))
            for name, value in response.items()
            if name.lower() not in _OWN
        )

    def _get_response(self, request: HttpRequest) -> HttpResponse:
        answer = answer_of(_CONTENT, request.META["kairo.media_type"])
        return revalidated(request, answer) if request.method == "GET" else answer


def _request(look: VaryKey, *, is_unchanged: bool) -> HttpRequest:
    given = {
        b"host": look.host,
        b"origin": look.origin,
        b"x-forwarded-proto": look.forwarded_proto,
        b"if-none-match": _ETAG.encode() if is_unchanged else None,
    }
    scope = {
        "type": "http",
        "method": look.method,
        "path": "/graphql",
        "query_string": b"",
        "headers": [(name, value) for name, value in given.items() if value is not None],
    }
    request = ASGIRequest(scope, BytesIO())
    request.META["kairo.media_type"] = look.media_type
    return request
