from __future__ import annotations

import pytest

from kairo.hero.text.sounds import coarse_key
from kairo.hero.text.taboo_words import TermWord, is_word
from kairo.hero.text.words import Word, tokenize


def word(text: str) -> Word:
    (only,) = tokenize(text).words
    return only


def is_form(term: str, text: str, *languages: str) -> bool:
    found = word(text)
    return TermWord(word(term), languages).is_form(found, (found.folded,))


@pytest.mark.parametrize(
    ("term", "text", "language", "expected"),
    [
        ("gambling", "gambler", "en", True),
        ("detox", "detoxes", "en", True),
        ("glyphosat", "glyfosat", "de", True),
        ("organ", "organic", "en", False),
        ("ai", "AIs", "en", True),
        ("cigarro", "cigarros", "pt", True),
    ],
)
def test_taboo_word_matches_inflections_and_misspellings(term: str, text: str, language: str, expected: bool) -> None:
    assert is_form(term, text, language) is expected


@pytest.mark.parametrize("text", ["Glyphosat", "glyfosat", "glyphosathaltig"])
def test_taboo_word_cheap_tests_are_true_for_forms_and_compounds(text: str) -> None:
    term = TermWord(word("glyphosat"), ("de", "en"))
    assert term.may_match(coarse_key(text), "")
    assert term.may_be(word(text).folded, inside=True)


def test_taboo_word_is_part_of_compounds() -> None:
    term = TermWord(word("torf"), ("de", "en"))
    assert term.is_part(("torfsubstrat",))
    assert not term.is_part(("torfrau",))


def test_taboo_word_separators_are_common_words_and_numbers() -> None:
    assert [text for text in ("24", "the", "garten", "xqz") if is_word(text)] == ["24", "the", "garten"]
