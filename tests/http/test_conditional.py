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
OF_CONTENT = {"Content-Length", "Content-Security-Policy", "Content-Type", "X-Content-Type-Options"}


@pytest.mark.parametrize(
    ("answer", "kept"),
    [(HttpResponse(), set(HEADERS)), (HttpResponseNotModified(), set(HEADERS) - OF_CONTENT)],
    ids=["200", "304"],
)
def test_only_a_304_says_nothing_of_content(answer: HttpResponse, kept: set[str]) -> None:
    def answering(request: HttpRequest) -> HttpResponse:
        for name, value in HEADERS.items():
            answer[name] = value
        return answer

    assert set(NotModifiedMiddleware(answering)(HttpRequest()).headers) == kept
