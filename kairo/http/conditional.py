"""What a 304 tells: that the answer which is held is still true, and nothing of content that it does not have."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

# What a cache has to be told again (RFC 9110, 15.4.5).
_TOLD = frozenset({"cache-control", "content-location", "date", "etag", "expires", "vary"})
_OWN = frozenset({"x-request-id", "strict-transport-security"})
_CORS = "access-control-"  # a browser asks each answer whether the page may see it


class NotModifiedMiddleware:
    """Takes from a 304 the headers about content: those of the answer that is held go on holding.

    A Content-Length of 0, which Django gives every empty answer, is even forbidden (RFC 9110, 8.6): it would have to be
    that of the whole answer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            for name in list(response.headers):
                if not _stays(name.lower()):
                    del response.headers[name]
        return response


def _stays(name: str) -> bool:
    return name in _TOLD or name in _OWN or name.startswith(_CORS)
