# ruff: noqa: RUF001  (letters of Turkish)
"""The grammar of Turkish."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.tr import TURKISH
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestTurkish(GrammarContract):
    language = "tr"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_claims_count_without_a_plural(count: int) -> None:
    assert counted(TURKISH.claims.authors_share, count, topic="yün") == f"{count} kişi yün hakkında paylaşım yaptı"
    assert counted(TURKISH.sentences.matching, count) == f"{count} gönderi uyuyor"
    assert counted(TURKISH.sentences.ideas, count) == f"{count} fikir"


def test_quotation_marks_numbers_and_dates() -> None:
    assert TURKISH.sentence(TURKISH.quoted("Kim öder?")) == "“Kim öder?”"
    assert TURKISH.number(1_234_567) == "1.234.567"
    assert TURKISH.sentences.number(0.25) == "0,2"
    assert TURKISH.date(date(2025, 3, 1)) == "1 Mart"
