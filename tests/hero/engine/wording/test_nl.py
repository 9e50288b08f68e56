"""The grammar of Dutch."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.nl import DUTCH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestDutch(GrammarContract):
    language = "nl"


@pytest.mark.parametrize(("count", "text"), [(1, "1 maker postte over wol"), (2, "2 makers postten over wol")])
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(DUTCH.claims.authors_share, count, topic="wol") == text


def test_sentences_count_posts_and_ideas() -> None:
    assert [counted(DUTCH.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 posts passen",
        "1 post past",
        "5 posts passen",
    ]
    assert [counted(DUTCH.sentences.ideas, count) for count in (1, 2)] == ["1 idee", "2 ideeën"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert DUTCH.sentence(DUTCH.quoted("Wie betaalt?")) == "“Wie betaalt?”"
    assert DUTCH.number(1_234_567) == "1.234.567"
    assert DUTCH.sentences.number(0.25) == "0,2"
    assert DUTCH.date(date(2025, 3, 1)) == "1 maart"
