"""The grammar of Portuguese."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.pt import PORTUGUESE
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestPortuguese(GrammarContract):
    language = "pt"


@pytest.mark.parametrize(("count", "text"), [(1, "1 pessoa publicou sobre lã"), (2, "2 pessoas publicaram sobre lã")])
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(PORTUGUESE.claims.authors_share, count, topic="lã") == text


def test_sentences_count_no_post_in_the_singular() -> None:
    assert [counted(PORTUGUESE.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 post combina",
        "1 post combina",
        "5 posts combinam",
    ]
    assert [counted(PORTUGUESE.sentences.ideas, count) for count in (1, 2)] == ["1 ideia", "2 ideias"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert PORTUGUESE.sentence(PORTUGUESE.quoted("Quem paga?")) == "“Quem paga?”"
    assert PORTUGUESE.number(1_234_567) == "1.234.567"
    assert PORTUGUESE.sentences.number(0.25) == "0,2"
    assert PORTUGUESE.date(date(2025, 3, 1)) == "1 de março"
