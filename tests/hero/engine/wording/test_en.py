"""The grammar of English."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.en import ENGLISH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestEnglish(GrammarContract):
    language = "en"


@pytest.mark.parametrize(("count", "text"), [(1, "1 creator posted about wool"), (2, "2 creators posted about wool")])
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(ENGLISH.claims.authors_share, count, topic="wool") == text


def test_sentences_count_none_in_the_plural() -> None:
    assert [counted(ENGLISH.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 items match",
        "1 item matches",
        "5 items match",
    ]


def test_quotation_marks_numbers_and_dates() -> None:
    assert ENGLISH.sentence(ENGLISH.quoted("Who pays?")) == "“Who pays?”"
    assert ENGLISH.number(1_234_567) == "1,234,567"
    assert ENGLISH.sentences.number(0.25) == "0.2"
    assert ENGLISH.date(date(2025, 3, 1)) == "1 March"
