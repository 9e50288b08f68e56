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
def test_clean_takes_out_what_cannot_be_shown(raw: str, expected: str) -> None:
    assert clean(raw) == expected


@settings(deadline=None)  # a busy machine is no failure
@given(ANY_TEXT)
def test_cleaned_text_is_storable_and_stays_as_it_is(raw: str) -> None:
    text = clean(raw)
    text.encode()
    assert "\x00" not in text
    assert unicodedata.is_normalized("NFC", text)
    assert clean(text) == text


def test_clean_line_is_one_line() -> None:
    assert clean_line(" a\n\n b\u2028c\t d ") == "a b c d"


@pytest.mark.parametrize(
    ("text", "most", "expected"),
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
def test_cut_never_ends_inside_a_letter(text: str, most: int, expected: str) -> None:
    assert cut(text, max_length=most) == expected


@settings(deadline=None)  # a busy machine is no failure
@given(ANY_TEXT, st.integers(1, 80))
def test_cut_is_a_beginning_and_short_enough(text: str, most: int) -> None:
    assert len(cut(text, max_length=most)) <= most
    assert text.startswith(cut(text, max_length=most))


LETTERS = ["👨\u200d👩\u200d👧\u200d👦", "🇩🇪", "🇫🇷", "क्षि", "\u1100\u1161\u11a8", "é", "1\ufe0f\u20e3", "a", " "]


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.sampled_from(LETTERS)), st.integers(1, 200))
def test_what_is_cut_is_made_of_whole_letters(letters: list[str], most: int) -> None:
    text = "word " * 30 + "".join(letters) + "." * 200
    whole = regex.findall(r"\X", text)
    kept = cut(text, max_length=most)
    assert kept in {"".join(whole[:count]).rstrip() for count in range(len(whole) + 1)}
    assert len(kept) > most - 16 or text[len(kept) : most - 8].isspace()


def test_a_tower_of_accents_is_cut_all_the_same() -> None:
    assert len(cut("a" + "\u0301" * 500, max_length=300)) == 300
