from __future__ import annotations

import pytest

from schema.board_cache.vary_key import VaryKey, vary_key_of
from schema.server.media_types import GRAPHQL, JSON

JSON_BODY = {b"host": b"h", b"content-type": b"application/json"}
PREFLIGHTED = {b"host": b"h", b"graphql-require-preflight": b"1"}


@pytest.mark.parametrize(
    ("method", "headers", "expected"),
    [
        ("POST", JSON_BODY, VaryKey("POST", JSON, b"h")),
        ("POST", JSON_BODY | {b"accept": GRAPHQL.encode()}, VaryKey("POST", GRAPHQL, b"h")),
        ("POST", JSON_BODY | {b"origin": b"o", b"x-forwarded-proto": b"p"}, VaryKey("POST", JSON, b"h", b"o", b"p")),
        ("POST", {b"host": b"h"}, None),
        ("POST", PREFLIGHTED, None),
        ("GET", PREFLIGHTED, VaryKey("GET", JSON, b"h")),
        ("GET", JSON_BODY, VaryKey("GET", JSON, b"h")),
        ("GET", {b"host": b"h"}, None),
        ("GET", PREFLIGHTED | {b"accept": b"text/html"}, None),
        ("GET", PREFLIGHTED | {b"if-match": b'"a"'}, None),
        ("GET", PREFLIGHTED | {b"if-unmodified-since": b"Sun, 01 Nov 2026 00:00:00 GMT"}, None),
        ("PUT", JSON_BODY | PREFLIGHTED, None),
        ("POST", JSON_BODY | {b"origin": b"o" * 2000}, None),
        ("POST", JSON_BODY | {b"x-other": b"o" * 2000}, VaryKey("POST", JSON, b"h")),
    ],
)
def test_vary_key_contains_only_headers_that_vary_the_response(
    method: str, headers: dict[bytes, bytes], expected: VaryKey | None
) -> None:
    assert vary_key_of(method, headers) == expected
    assert vary_key_of(method, headers) == expected
