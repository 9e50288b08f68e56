"""The grammar of Italian."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.it import ITALIAN
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestItalian(GrammarContract):
    language = "it"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 persona ha pubblicato su lana"), (2, "2 persone hanno pubblicato su lana")],
)
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(ITALIAN.claims.authors_share, count, topic="lana") == text


def test_sentences_count_posts_and_ideas() -> None:
    assert [counted(ITALIAN.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 post corrispondono",
        "1 post corrisponde",
        "5 post corrispondono",
    ]
    assert [counted(ITALIAN.sentences.ideas, count) for count in (1, 2)] == ["1 idea", "2 idee"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert ITALIAN.sentence(ITALIAN.quoted("Chi paga?")) == "«Chi paga?»"
    assert ITALIAN.number(1_234_567) == "1.234.567"
    assert ITALIAN.date(date(2025, 3, 1)) == "1º marzo"
    assert ITALIAN.date(date(2025, 3, 2)) == "2 marzo"
