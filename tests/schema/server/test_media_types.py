from __future__ import annotations

import pytest

from schema.server.media_types import GRAPHQL, JSON, MAX_LENGTH, is_json, negotiate


@pytest.mark.parametrize(
    ("accept", "answer"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (JSON, JSON),
        (GRAPHQL, GRAPHQL),
        (GRAPHQL.upper(), GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {JSON}", GRAPHQL),
        (f"{GRAPHQL}, {JSON};q=0.9", GRAPHQL),
        (f"{JSON};q=0.5, {GRAPHQL};q=0.8", GRAPHQL),
        (f"{JSON}, {GRAPHQL};q=0.8", JSON),
        (f"{GRAPHQL};q=0, */*", JSON),
        (f"*/*, {GRAPHQL}", GRAPHQL),
        (f"*/*;q=0.9, {GRAPHQL};q=0.1", JSON),
        ("text/html", JSON),
        (f"{GRAPHQL}; charset=utf-16", JSON),
        (f"x{GRAPHQL}", JSON),
        (f"{GRAPHQL};q=much", JSON),
        (f"{GRAPHQL};a={'b' * MAX_LENGTH}", JSON),
        (";;,,;q=", JSON),
        ("\x00,\xff", JSON),
    ],
)
def test_negotiate_returns_the_preferred_type(accept: str | None, answer: str) -> None:
    assert negotiate(accept) == answer


@pytest.mark.parametrize(
    ("content_type", "accepted"),
    [
        ("application/json", True),
        ("Application/JSON; Charset=UTF-8", True),
        ('application/json;charset="utf-8"', True),
        ("application/json;", True),
        ("application/json ; charset = utf-8", True),
        (f"application/json;a={'b' * MAX_LENGTH}", False),
        ("application/json; charset=latin-1", False),
        ("application/json-patch+json", False),
        ("xapplication/json", False),
        ("text/plain; application/json", False),
        ("application/graphql", False),
        ("application/x-www-form-urlencoded", False),
        ("multipart/form-data; boundary=x", False),
        ("text/plain", False),
        ("", False),
        (";", False),
    ],
)
def test_is_json_requires_utf_8(content_type: str, accepted: bool) -> None:
    assert is_json(content_type) == accepted
