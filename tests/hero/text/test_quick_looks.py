# ruff: noqa: RUF001  (letters that are easily mistaken for others are meant here)
"""What is looked for before a costly pattern is in everything that the pattern matches, so that nothing is missed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text import unwanted
from kairo.hero.text.foreign_language import joined_words
from kairo.hero.text.model_speech import EXPRESSIONS, REQUIRED_SUBSTRINGS
from kairo.hero.text.names import without_names
from kairo.hero.text.number_tables import PARTS_OF_A_WHOLE, SCRIPT_OF_PARTS, SUBSTRINGS_OF_PARTS
from kairo.hero.text.quotations import is_verbatim
from kairo.hero.text.taboos import Taboos
from kairo.hero.text.unwanted import (
    accounts_in,
    as_displayed,
    link_in,
    markup_in,
    may_contain_link,
    may_contain_markup,
    may_contain_model_speech,
    model_speech_in,
)
from kairo.hero.text.words import tokenize

_SIGNS = st.text(alphabet="aiksoİıſKß.:/@[]()<>&#*_~|{}=+-`'\"…“ \n\u0301\u200b０1语", max_size=12)
_PIECES = st.sampled_from(
    [
        "as an ai", "i am sorry", "here's your title", "<b", ">", "＜", "je suis une ia", "language<i>model",
        "hxxps", "www .", "mailto:", "shop.io", "a[.]b", "x (dot) y", "10.0.0.1", "to/x", "me@mail.org", "@ann.lee",
        "**", "onclick =", "&nbsp;", "- item", "detox", "de-tox", "Wunderdiät", "lootboxes", "ll", "ss", "t", "o",
        "のむ",
    ]
)  # fmt: skip
_TEXTS = st.lists(_PIECES | _SIGNS, max_size=6).map("".join)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_match_of_model_speech_has_telling_letters(expression: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_regex(expression))
    def check(text: str) -> None:
        found = re.search(expression, text)
        assert found is not None
        assert any(letters in found.group() for letters in REQUIRED_SUBSTRINGS)

    check()


@pytest.mark.parametrize("expression", PARTS_OF_A_WHOLE)
def test_every_match_of_a_part_of_a_whole_has_telling_letters(expression: str) -> None:
    @settings(max_examples=40, deadline=None)
    @given(st.from_regex(expression))
    def check(text: str) -> None:
        found = re.search(expression, text)
        assert found is not None
        part = found.group()
        assert any(letters in part for letters in SUBSTRINGS_OF_PARTS) or re.search(SCRIPT_OF_PARTS, part)

    check()


@settings(max_examples=300, deadline=None)
@given(st.from_regex(unwanted._LINK) | _TEXTS)
def test_every_match_of_a_link_has_a_sign(text: str) -> None:
    assert may_contain_link(text) or unwanted._LINK.search(as_displayed(text)) is None


@settings(max_examples=300, deadline=None)
@given(st.from_regex(unwanted._MARKUP) | _TEXTS)
def test_every_match_of_markup_has_a_sign(text: str) -> None:
    assert may_contain_markup(text) or unwanted._MARKUP.search(as_displayed(text)) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_what_one_text_holds_all_together_may_hold(texts: list[str]) -> None:
    whole = "\n".join(texts)
    assert may_contain_link(whole) or not any(map(link_in, texts))
    assert may_contain_markup(whole) or not any(map(markup_in, texts))
    assert accounts_in(whole) or not any(map(accounts_in, texts))
    assert may_contain_model_speech(texts) or not any(map(model_speech_in, texts))


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXTS | st.sampled_from(["\u0301a", "ﷺ " * 120, "word " * 500, "#", "क़लम"]), max_size=4))
def test_the_words_of_several_texts_are_those_of_all_lines(texts: list[str]) -> None:
    whole = [word.folded for word in tokenize(" \n".join(texts)).words]
    assert joined_words(texts, [tokenize(text) for text in texts]) == whole


_TABOOS = Taboos(["detox", "Wunderdiät", "loot boxes", "のむ", "ll"], languages=["de", "ja"])


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXTS, max_size=4))
def test_taboos_are_found_in_several_texts_as_in_each(texts: list[str]) -> None:
    each = (_TABOOS.find([(str(place), text)]) for place, text in enumerate(texts))
    assert _TABOOS.find([(str(place), text) for place, text in enumerate(texts)]) == next(filter(None, each), None)


@settings(max_examples=200, deadline=None)
@given(_TEXTS, st.lists(st.text(alphabet="aikKsSé.-@_ のıİſ", max_size=3), max_size=3))
def test_names_are_taken_out_as_by_a_pattern(text: str, names: list[str]) -> None:
    assert without_names(text, names) == _without_by_pattern(text, names)


def _without_by_pattern(text: str, names: Sequence[str]) -> str:
    lowered = text.casefold()
    present = {name for given in names if (name := given.strip()) and name.casefold() in lowered}
    for name in sorted(present, key=lambda one: (-len(one), one)):
        edge = r"(?<![\w./])" if name[:1].isalnum() else ""
        end = r"(?![A-Za-z0-9_/]|[.\-]\w)" if name[-1:].isascii() else ""
        text = re.sub(rf"{edge}{re.escape(name)}{end}", " … ", text, flags=re.IGNORECASE)
    return text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1é. \n…", max_size=4), st.text(alphabet="ab1é. \n…", max_size=12))
def test_quotations_are_looked_for_as_by_a_pattern(quotation: str, text: str) -> None:
    sought = re.sub(r"(?:…|\.\.\.)$", "", re.sub(r"\s+", " ", quotation).strip()).strip()
    before = "(?<![a-zA-Z0-9])" if re.match("[a-zA-Z0-9]", sought) else ""
    behind = "(?![a-zA-Z0-9])" if re.search("[a-zA-Z0-9]$", sought) else ""
    found = re.search(before + re.escape(sought) + behind, re.sub(r"\s+", " ", text).strip())
    assert is_verbatim(quotation, [text]) == (bool(sought) and found is not None)
