from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kairo.core.ids import new_id
from kairo.observability.logs import bound

HEADER = "X-Request-ID"
SAFE_ID = re.compile(r"[A-Za-z0-9._\-]{1,64}")


class RequestIdMiddleware:
    """Gives each request an id: the client's if it is safe to log, else a new one.

    The id is `request.request_id`, is bound to the log context, and is returned in the X-Request-ID header.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        header = request.headers.get(HEADER, "")
        request_id = header if SAFE_ID.fullmatch(header) else str(new_id())
        request.request_id = request_id  # type: ignore[attr-defined]  # Django's request does not declare it
        with bound(request_id=request_id):
            response = self.get_response(request)
        response[HEADER] = request_id
        return response
