from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_django import Settings

from kairo.http.csp import POLICY
from schema.server.incoming_request import Head, IncomingRequest
from schema.server.media_types import GRAPHQL, JSON
from schema.server.response_headers import CORS_HEADERS, Caching, Response, ResponseHeaders, cors_preflight, page

PAGE = b"https://app.example"
REQUEST = IncomingRequest("POST", {}, b"", "", "", "id-1", Head(JSON, None, True, None))


def headers(response: Response) -> dict[str, str]:
    found = {name.decode().lower(): value.decode() for name, value in response.headers}
    assert len(found) == len(response.headers)
    return found


@pytest.mark.parametrize("origin", [None, PAGE])
@pytest.mark.parametrize("media_type", [JSON, GRAPHQL])
def test_response_has_every_header_once(media_type: str, origin: bytes | None) -> None:
    request = replace(REQUEST, head=Head(media_type, origin, True, None))
    sent = headers(ResponseHeaders().response(200, b"{}", request, more={"Retry-After": "5"}))
    assert sent.pop("access-control-allow-origin", None) == (PAGE.decode() if origin else None)
    assert sent.pop("access-control-expose-headers", None) == ("ETag, Retry-After, X-Request-ID" if origin else None)
    assert sent == {
        "cache-control": "no-store",
        "content-length": "2",
        "content-security-policy": POLICY,
        "content-type": f"{media_type}; charset=utf-8",
        "cross-origin-opener-policy": "same-origin",
        "referrer-policy": "same-origin",
        "retry-after": "5",
        "vary": "origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-request-id": "id-1",
    }


def test_private_response_is_revalidated() -> None:
    sent = headers(ResponseHeaders().response(200, b"{}", REQUEST, caching=Caching.PRIVATE))
    assert (sent["cache-control"], sent["vary"]) == ("private, no-cache", "Accept, Authorization, origin")


def test_304_has_no_headers_about_content() -> None:
    response = ResponseHeaders().not_modified(REQUEST, b'"a"')
    assert (response.status, response.body) == (304, b"")
    assert headers(response) == {
        "cache-control": "private, no-cache",
        "etag": '"a"',
        "vary": "Accept, Authorization, origin",
        "x-request-id": "id-1",
    }


def test_cors_preflight_names_headers_to_an_allowed_origin_only(settings: Settings) -> None:
    settings.CORS_MORE_HEADERS = ["x-own"]
    allowed = headers(cors_preflight(PAGE, "id-1"))
    assert allowed["access-control-allow-headers"].split(", ") == [*CORS_HEADERS, "x-own"]
    assert allowed["vary"] == "origin"
    assert not any(name.startswith("access-control") for name in headers(cors_preflight(None, "id-1")))


def test_page_has_its_own_policy() -> None:
    sent = headers(page(b"<p>", policy="script-src 'self'", request_id="id-1"))
    assert sent["content-security-policy"] == "script-src 'self'"
    assert sent["content-type"] == "text/html; charset=utf-8"
