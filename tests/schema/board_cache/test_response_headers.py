from __future__ import annotations

from pytest_django import Settings

from schema.board_cache.response_headers import ResponseHeaders
from schema.board_cache.vary_key import VaryKey
from schema.server.media_types import GRAPHQL, JSON

PAGE = b"https://app.example"


def headers(vary_key: VaryKey, *, not_modified: bool = False) -> dict[str, str]:
    pairs = ResponseHeaders().get(vary_key, not_modified)
    assert pairs is not None
    return {name.decode().lower(): value.decode() for name, value in pairs}


def test_headers_depend_on_method_and_media_type() -> None:
    posted = headers(VaryKey("POST", JSON, b"testserver"))
    assert posted["content-type"] == f"{JSON}; charset=utf-8"
    assert posted["cache-control"] == "no-store"
    fetched = headers(VaryKey("GET", GRAPHQL, b"testserver"))
    assert fetched["content-type"] == f"{GRAPHQL}; charset=utf-8"
    assert fetched["cache-control"] == "private, no-cache"
    assert headers(VaryKey("GET", GRAPHQL, b"testserver"), not_modified=True)["cache-control"] == "private, no-cache"


def test_headers_exclude_those_of_a_single_response() -> None:
    for method in ("GET", "POST"):
        assert not headers(VaryKey(method, JSON, b"testserver")).keys() & {"etag", "content-length", "x-request-id"}


def test_headers_allow_only_a_configured_origin(settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [PAGE.decode()]
    allowed = headers(VaryKey("POST", JSON, b"testserver", PAGE))
    assert allowed["access-control-allow-origin"] == PAGE.decode()
    assert "access-control-allow-origin" not in headers(VaryKey("POST", JSON, b"testserver", b"https://evil.example"))


def test_headers_are_none_for_a_host_that_is_not_served() -> None:
    assert ResponseHeaders().get(VaryKey("POST", JSON, b"evil.example"), False) is None
