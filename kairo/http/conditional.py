"""Response headers of a 304 Not Modified (RFC 9110, 15.4.5)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

_CACHE_HEADERS = frozenset({"cache-control", "content-location", "date", "etag", "expires", "vary"})
_PER_RESPONSE = frozenset({"x-request-id", "strict-transport-security"})
_CORS_PREFIX = "access-control-"  # browsers check CORS on every response


class NotModifiedMiddleware:
    """Removes the headers about content from a 304; a cache keeps those of its stored response.

    Content-Length must go: Django sets 0 on an empty response, but on a 304 it would have to be the length of the 200
    response (RFC 9110, 8.6).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            for name in list(response.headers):
                if not _is_kept(name.lower()):
                    del response.headers[name]
        return response


def _is_kept(name: str) -> bool:
    return name in _CACHE_HEADERS or name in _PER_RESPONSE or name.startswith(_CORS_PREFIX)
