from __future__ import annotations

import unicodedata

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.core.text import clean, clean_line, cut

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("plain", "plain"),
        ("  two\r\nlines\rthree ", "two\nlines\nthree"),
        ("tab\tstays", "tab\tstays"),
        ("nul\x00 bell\x07 escape\x1b[31m del\x7f c1\x9b", "nul bell escape[31m del c1"),
        ("\ufefffirst", "first"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("cafe\u0301", "caf\u00e9"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("👩\u200d🍳 cooks", "👩\u200d🍳 cooks"),
    ],
)
def test_clean_removes_control_characters(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@settings(deadline=None)  # slow machines
@given(ANY_TEXT)
def test_clean_is_idempotent_and_storable(raw: str) -> None:
    text = clean(raw)
    text.encode()
    assert "\x00" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert clean(text) == text


def test_clean_line_joins_lines() -> None:
    assert clean_line(" a\n\n b\u2028c\t d ") == "a b c d"


@pytest.mark.parametrize(
    ("text", "max_length", "expected"),
    [
        ("short", 5, "short"),
        ("letters", 3, "let"),
        ("ab 👩\u200d🍳!", 4, "ab"),  # inside the cook
        ("ab 👩\u200d🍳!", 6, "ab 👩\u200d🍳"),
        ("go 👍🏽!", 4, "go"),  # before the skin tone
        ("x🇩🇪🇫🇷", 2, "x"),  # inside the first flag
        ("x🇩🇪🇫🇷", 4, "x🇩🇪"),  # inside the second flag
        ("ne\u0323\u0302t", 2, "n"),  # before an accent
        ("a❤\ufe0fb", 2, "a"),
        ("각각".replace("각", "\u1100\u1161\u11a8"), 4, "\u1100\u1161\u11a8"),
        ("\u1100\u1161\u11a8!", 1, ""),  # the first syllable is too long
        ("नमस्ते!", 5, "नम"),  # a conjunct: स्ते is one letter
        ("ab 👨\u200d👩\u200d👧\u200d👦 c", 9, "ab"),  # inside the family
        ("ab 👨\u200d👩\u200d👧\u200d👦 c", 10, "ab 👨\u200d👩\u200d👧\u200d👦"),
        ("1\ufe0f\u20e3 2", 2, ""),  # a keycap
        ("กำ", 1, ""),
    ],
)
def test_cut_ends_at_a_grapheme_boundary(text: str, max_length: int, expected: str) -> None:
    assert cut(text, max_length=max_length) == expected


@settings(deadline=None)  # slow machines
@given(ANY_TEXT, st.integers(1, 80))
def test_cut_is_a_prefix_within_the_limit(text: str, max_length: int) -> None:
    assert len(cut(text, max_length=max_length)) <= max_length
    assert text.startswith(cut(text, max_length=max_length))


GRAPHEMES = ["👨\u200d👩\u200d👧\u200d👦", "🇩🇪", "🇫🇷", "क्षि", "\u1100\u1161\u11a8", "é", "1\ufe0f\u20e3", "a", " "]


@settings(deadline=None)  # slow machines
@given(st.lists(st.sampled_from(GRAPHEMES)), st.integers(1, 200))
def test_cut_keeps_whole_graphemes(graphemes: list[str], max_length: int) -> None:
    text = "word " * 30 + "".join(graphemes) + "." * 200
    clusters = regex.findall(r"\X", text)
    result = cut(text, max_length=max_length)
    assert result in {"".join(clusters[:count]).rstrip() for count in range(len(clusters) + 1)}
    assert len(result) > max_length - 16 or text[len(result) : max_length - 8].isspace()


def test_cut_splits_an_overlong_grapheme() -> None:
    assert len(cut("a" + "\u0301" * 500, max_length=300)) == 300
