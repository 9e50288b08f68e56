from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ports import SourceError
from kairo.integrations.apify.identifiers import OFFERS, normalize_identifier

IDENTIFIER_FORMATS = [
    (
        "instagram",
        "profile",
        "nike",
        ["nike", "@Nike", " @NIKE ", "instagram.com/nike", "https://www.instagram.com/Nike/?hl=en"],
    ),
    ("instagram", "profile", "nike", ["HTTP://instagram.com/nike/reels/", "@nike\n"]),
    ("instagram", "hashtag", "bread", ["bread", "#Bread", "https://instagram.com/explore/tags/Bread/"]),
    ("tiktok", "profile", "nike", ["nike", "@Nike", "https://www.tiktok.com/@nike?lang=en", "m.tiktok.com/@Nike"]),
    ("tiktok", "hashtag", "bread", ["#bread", "https://www.tiktok.com/tag/bread"]),
    ("tiktok", "search", "cold oven", ["Cold  Oven", "cold oven"]),
    ("linkedin", "profile", "nike", ["nike", "https://www.linkedin.com/company/Nike/posts/?feedView=all", "@nike"]),
    ("youtube", "profile", "nike", ["@nike", "https://youtube.com/@Nike/videos", "https://m.youtube.com/@nike"]),
    (
        "web",
        "site",
        "https://blog.example/a",
        ["https://blog.example/a", "http://BLOG.example/a?utm_source=x", "blog.example/a"],
    ),
]


@pytest.mark.parametrize(
    ("platform", "kind", "one", "given"),
    [(platform, kind, one, given) for platform, kind, one, many in IDENTIFIER_FORMATS for given in many],
)
def test_identifier_has_one_spelling(platform: str, kind: str, one: str, given: str) -> None:
    assert normalize_identifier(platform=Platform(platform), kind=SourceKind(kind), value=given) == one


@pytest.mark.parametrize(
    ("platform", "kind", "given"),
    [
        ("instagram", "profile", ""),
        ("instagram", "profile", "@"),
        ("instagram", "profile", "two words"),
        ("instagram", "profile", "https://www.instagram.com/reel/C1/"),
        ("instagram", "profile", "https://www.instagram.com/p/C1/"),
        ("instagram", "profile", "https://instagram.com.evil.example/nike"),
        ("instagram", "profile", "https://evilinstagram.com/nike"),
        ("instagram", "profile", "https://tiktok.com/@nike"),
        ("instagram", "profile", "../nike"),
        ("instagram", "profile", "ni%2Fke"),
        ("instagram", "hashtag", "#"),
        ("tiktok", "profile", "https://www.tiktok.com/@nike/video/1"),
        ("tiktok", "search", " "),
        ("tiktok", "search", "x" * 201),
        ("linkedin", "profile", "https://www.linkedin.com/in/somebody"),
        ("youtube", "profile", "https://www.youtube.com/watch?v=1"),
        ("web", "site", "nonsense"),
        ("web", "site", "ftp://blog.example"),
        ("web", "site", "https://localhost/"),
        ("web", "site", "file:///etc/passwd"),
    ],
)
def test_identifier_that_is_invalid_is_refused(platform: str, kind: str, given: str) -> None:
    with pytest.raises(SourceError) as fault:
        normalize_identifier(platform=Platform(platform), kind=SourceKind(kind), value=given)
    assert fault.value.code is IngestionErrorCode.INVALID_IDENTIFIER


@given(st.sampled_from(OFFERS), st.text(max_size=80))
def test_identifier_of_any_text_is_normalized_or_refused(offer: tuple[Platform, SourceKind], text: str) -> None:
    platform, kind = offer
    try:
        one = normalize_identifier(platform=platform, kind=kind, value=text)
    except SourceError:
        return
    assert one == normalize_identifier(platform=platform, kind=kind, value=one)
    assert one == one.strip()
