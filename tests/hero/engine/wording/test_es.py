"""The grammar of Spanish."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.es import SPANISH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestSpanish(GrammarContract):
    language = "es"


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 persona ha publicado sobre lana"), (2, "2 personas han publicado sobre lana")],
)
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(SPANISH.claims.authors_share, count, topic="lana") == text


def test_sentences_count_posts_and_ideas() -> None:
    assert [counted(SPANISH.sentences.matching, count) for count in (0, 1, 5)] == [
        "0 publicaciones encajan",
        "1 publicación encaja",
        "5 publicaciones encajan",
    ]
    assert [counted(SPANISH.sentences.ideas, count) for count in (1, 2)] == ["1 idea", "2 ideas"]


def test_quotation_marks_numbers_and_dates() -> None:
    assert SPANISH.sentence(SPANISH.quoted("¿Quién paga?")) == "«¿Quién paga?»"
    assert SPANISH.number(1_234_567) == "1.234.567"
    assert SPANISH.sentences.number(0.25) == "0,2"
    assert SPANISH.date(date(2025, 3, 1)) == "1 de marzo"
