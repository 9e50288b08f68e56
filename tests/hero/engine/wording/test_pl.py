"""The grammar of Polish."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.claims import numbers
from kairo.hero.engine.wording.pl import POLISH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestPolish(GrammarContract):
    language = "pl"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 osoba opublikowała wpis"),
        (2, "2 osoby opublikowały wpisy"),
        (5, "5 osób opublikowało wpisy"),
        (12, "12 osób opublikowało wpisy"),
        (22, "22 osoby opublikowały wpisy"),
        (25, "25 osób opublikowało wpisy"),
        (112, "112 osób opublikowało wpisy"),
    ],
)
def test_claims_count_people_in_three_forms(count: int, text: str) -> None:
    assert counted(POLISH.claims.authors_share, count, topic="wełna") == f"{text} na temat: wełna"


def test_sentences_count_posts_and_ideas() -> None:
    assert [counted(POLISH.sentences.matching, count) for count in (1, 2, 5)] == [
        "1 wpis pasuje",
        "2 wpisy pasują",
        "5 wpisów pasuje",
    ]
    assert [counted(POLISH.sentences.ideas, count) for count in (1, 2, 5)] == ["1 pomysł", "2 pomysły", "5 pomysłów"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert POLISH.sentence(POLISH.quoted("Kto płaci?")) == "„Kto płaci?”"
    assert POLISH.number(1_234_567) == "1\u00a0234\u00a0567"
    assert numbers(POLISH.number(1_234_567)) == ["1234567"]
    assert POLISH.date(date(2025, 3, 1)) == "1 marca"
