"""The grammar of German."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.de import GERMAN
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestGerman(GrammarContract):
    language = "de"


@pytest.mark.parametrize(
    ("count", "text"), [(1, "1 Person hat über Wolle gepostet"), (2, "2 Personen haben über Wolle gepostet")]
)
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(GERMAN.claims.authors_share, count, topic="Wolle") == text


def test_sentences_count_posts_and_ideas() -> None:
    assert [counted(GERMAN.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 Beiträge passen",
        "1 Beitrag passt",
        "5 Beiträge passen",
    ]
    assert [counted(GERMAN.sentences.ideas, count) for count in (1, 2)] == ["1 Idee", "2 Ideen"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert GERMAN.sentence(GERMAN.quoted("Woran liegt es?")) == "„Woran liegt es?“"
    assert GERMAN.number(1_234_567) == "1.234.567"
    assert GERMAN.sentences.number(0.25) == "0,2"
    assert GERMAN.date(date(2025, 3, 1)) == "1. März"
