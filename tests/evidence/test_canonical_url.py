from __future__ import annotations

import pytest

from kairo.evidence.canonical_url import canonical_url


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://www.youtube.com/watch?v=9_k_goMr5ZI", "https://www.youtube.com/watch?v=9_k_goMr5ZI"),
        ("HTTP://WWW.Example.COM/A/b", "https://www.example.com/A/b"),
        ("http://a.example:80/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("https://a.example/p?utm_source=x&id=4&fbclid=1&UTM_Medium=y", "https://a.example/p?id=4"),
        ("https://a.example/p?igshid=1", "https://a.example/p"),
        ("https://a.example/p?utmost=1&gclids=2", "https://a.example/p?utmost=1&gclids=2"),
        ("https://a.example/p#comments", "https://a.example/p"),
        ("https://a.example/#!/posts/5", "https://a.example/#!/posts/5"),
        ("https://bücher.example/ä", "https://bücher.example/ä"),
    ],
)
def test_one_page_has_one_spelling(given: str, expected: str) -> None:
    assert canonical_url(given) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    "given",
    ["", "a.example/x", "/x", "//a.example/x", "javascript:alert(1)", "data:text/html,x", "ftp://a.example", "https://",
     "https:///x", "https://[::1/x", "https://me:secret@a.example/", "https://a.example/a b"],
)  # fmt: skip
def test_what_is_no_web_address_is_none(given: str) -> None:
    assert canonical_url(given) is None
