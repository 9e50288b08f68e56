# ruff: noqa: RUF001  (marks of Japanese)
"""The grammar of Japanese."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.ja import JAPANESE
from kairo.hero.engine.wording.why_now import why_now_text
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestJapanese(GrammarContract):
    language = "ja"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_claims_count_with_counters_and_no_plural(count: int) -> None:
    assert counted(JAPANESE.claims.authors_share, count, topic="毛糸") == f"{count}人が毛糸について投稿"
    assert counted(JAPANESE.sentences.matching, count) == f"{count}件の投稿が一致"
    assert counted(JAPANESE.sentences.ideas, count) == f"アイデア{count}件"


def test_sentences_run_on_without_spaces() -> None:
    assert why_now_text(["2人が毛糸について投稿", "合計10回再生"], JAPANESE) == "2人が毛糸について投稿、合計10回再生。"
    assert JAPANESE.listed(("毛糸", "針")) == "毛糸と針"


def test_quotation_marks_full_stops_and_dates() -> None:
    assert JAPANESE.sentence(JAPANESE.quoted("だれが払う？")) == "「だれが払う？」"
    assert JAPANESE.sentence("見せます") == "見せます。"
    assert JAPANESE.date(date(2025, 3, 1)) == "3月1日"
