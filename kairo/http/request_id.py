"""One id per request: taken from the caller when it is harmless, else made; in the logs and in the answer."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kairo.core.ids import new_id
from kairo.observability.logs import bound

HEADER = "X-Request-ID"
HARMLESS = re.compile(r"[A-Za-z0-9._\-]{1,64}")


class RequestIdMiddleware:
    """Sets `request.request_id`, binds it to the log context, and returns it in the X-Request-ID header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if HARMLESS.fullmatch(given) else str(new_id())
        request.request_id = request_id  # type: ignore[attr-defined]  # Django's request has no typed place for it
        with bound(request_id=request_id):
            response = self.get_response(request)
        response[HEADER] = request_id
        return response
