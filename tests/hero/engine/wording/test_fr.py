"""The grammar of French."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.claims import numbers
from kairo.hero.engine.wording.fr import FRENCH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestFrench(GrammarContract):
    language = "fr"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 personne a publié sur la laine"), (2, "2 personnes ont publié sur la laine")],
)
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(FRENCH.claims.authors_share, count, topic="la laine") == text


def test_sentences_count_none_in_the_singular() -> None:
    assert [counted(FRENCH.sentences.matching, count) for count in (0, 1, 2)] == [
        "0 publication correspond",
        "1 publication correspond",
        "2 publications correspondent",
    ]
    assert [counted(FRENCH.sentences.ideas, count) for count in (0, 2)] == ["0 idée", "2 idées"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert FRENCH.sentence(FRENCH.quoted("Qui paie ?")) == "«\u00a0Qui paie ?\u00a0»"
    assert FRENCH.number(1_234_567) == "1\u202f234\u202f567"
    assert numbers(FRENCH.number(1_234_567)) == ["1234567"]
    assert FRENCH.date(date(2025, 3, 1)) == "1er mars"
    assert FRENCH.date(date(2025, 3, 2)) == "2 mars"
