# ruff: noqa: RUF001  (the signs are meant to be mistaken)
"""Words of any script, and how like two texts are."""

from __future__ import annotations

import pytest

from kairo.hero.text.words import camel_parts, jaccard, tokenize, word_set


def folded(text: str) -> list[str]:
    return [word.folded for word in tokenize(text).words]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't stop, it's B2B!", ["dont", "stop", "it", "b2b"]),
        ("e-invoices & 13-week plans", ["e", "invoices", "13", "week", "plans"]),
        ("see https://example.com/x?y=1 and www.example.com now", ["see", "and", "now"]),
        ("mail @some.one please", ["mail", "please"]),
        ("#Pickle_Brine #４K", ["picklebrine", "4k"]),
        ("हिन्दी में रेसिपी", ["हिन्दी", "में", "रेसिपी"]),
        ("crème brûlée", ["creme", "brulee"]),
        ("zero\u200bwidth con\u00adtrol\x00chars", ["zerowidth", "control", "chars"]),
        ("<b>bold</b> move", ["bold", "move"]),
        ("🔥🔥", []),
    ],
)
def test_tokenize_ignores_case_links_tags_and_invisible_signs(text: str, words: list[str]) -> None:
    assert folded(text) == words


def test_tokenize_marks_words_that_continue_a_phrase() -> None:
    words = tokenize("Pickle brine, one pan. Next #tag word").words
    assert [word.follows for word in words] == [False, True, False, True, False, False, False]
    assert [word.opens for word in words] == [True, False, False, False, True, False, False]
    assert [word.hashtag for word in words] == [False] * 5 + [True, False]


def test_tokenize_stops_at_max_chars() -> None:
    assert len(tokenize("word " * 10_000, max_chars=50).words) == 10


def test_camel_parts_split_a_hashtag_at_capitals() -> None:
    assert camel_parts("YearEndClose") == ["Year", "End", "Close"]
    assert camel_parts("AIMeetingNotes") == ["AI", "Meeting", "Notes"]
    assert camel_parts("plain_words") == ["plain", "words"]


def test_jaccard_is_the_share_of_common_words() -> None:
    assert jaccard(word_set("a b c d"), word_set("A, b! c?")) == 0.75
    assert jaccard(word_set(""), word_set("🔥")) == 0
