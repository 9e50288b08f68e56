"""Quotations are told from apostrophes, and compared letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.text.quotations import is_verbatim, quotations, without_quotations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He says “so it is”.", ["so it is"]),
        ("Er sagt „so ist es“.", ["so ist es"]),
        ("Mówi „tak jest”.", ["tak jest"]),
        ("Il dit «\u00a0c'est ainsi\u00a0».", ["c'est ainsi"]),
        ("Er sagt »so ist es«.", ["so ist es"]),
        ("彼は「そうです」と『言う』前に『そうですか』", ["そうです", "そうですか"]),
        ('She says "so it is", then "that too".', ["so it is", "that too"]),
        ("She says 'so it is' again", ["so it is"]),
        ("It isn't the creators' or the brands' choice", []),
        ('a 5" and a 7" pan', []),
        ("rock 'n' roll", []),
        ("“never closed", []),
    ],
)
def test_quotations_are_found_in_the_marks_of_each_language(text: str, found: list[str]) -> None:
    assert [one.text for one in quotations(text)] == found


def test_quotations_are_verbatim_except_for_spaces_and_an_ellipsis() -> None:
    post = "Why I flatten\n my water stones every Sunday"
    assert is_verbatim("Why I flatten my water stones", [post])
    assert is_verbatim("flatten my water…", [post])
    assert not is_verbatim("why I flatten", [post])
    assert not is_verbatim("Why I flat", [post])
    assert not is_verbatim("Why I flatten my stones", [post])
    assert not is_verbatim("…", [post])


def test_quotations_leave_a_gap() -> None:
    text = "From “so it is” on"
    assert without_quotations(text, quotations(text)) == "From  …  on"


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab1é. \n…", max_size=4), st.text(alphabet="ab1é. \n…", max_size=12))
def test_quotations_are_verbatim_as_by_a_pattern(quotation: str, text: str) -> None:
    sought = re.sub(r"(?:…|\.\.\.)$", "", re.sub(r"\s+", " ", quotation).strip()).strip()
    before = "(?<![a-zA-Z0-9])" if re.match("[a-zA-Z0-9]", sought) else ""
    behind = "(?![a-zA-Z0-9])" if re.search("[a-zA-Z0-9]$", sought) else ""
    found = re.search(before + re.escape(sought) + behind, re.sub(r"\s+", " ", text).strip())
    assert is_verbatim(quotation, [text]) == (bool(sought) and found is not None)
