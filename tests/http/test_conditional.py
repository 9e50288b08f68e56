from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from kairo.http.conditional import NotModifiedMiddleware

HEADERS = {
    "Access-Control-Allow-Origin": "https://app.example",
    "Cache-Control": "private, no-cache",
    "Content-Length": "0",
    "Content-Security-Policy": "default-src 'none'",
    "Content-Type": "application/json",
    "ETag": '"a"',
    "Strict-Transport-Security": "max-age=60",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
    "X-Request-ID": "one",
}
ABOUT_CONTENT = {"Content-Length", "Content-Security-Policy", "Content-Type", "X-Content-Type-Options"}


@pytest.mark.parametrize(
    ("response", "kept"),
    [(HttpResponse(), set(HEADERS)), (HttpResponseNotModified(), set(HEADERS) - ABOUT_CONTENT)],
    ids=["200", "304"],
)
def test_304_has_no_headers_about_content(response: HttpResponse, kept: set[str]) -> None:
    def get_response(request: HttpRequest) -> HttpResponse:
        for name, value in HEADERS.items():
            response[name] = value
        return response

    assert set(NotModifiedMiddleware(get_response)(HttpRequest()).headers) == kept
