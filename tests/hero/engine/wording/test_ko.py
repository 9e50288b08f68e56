"""The grammar of Korean."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.ko import KOREAN
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestKorean(GrammarContract):
    language = "ko"


@pytest.mark.parametrize("count", [1, 2, 5])
def test_claims_count_with_counters_and_no_plural(count: int) -> None:
    assert counted(KOREAN.claims.authors_share, count, topic="물레") == f"{count}명이 물레에 대해 올렸습니다"
    assert counted(KOREAN.sentences.matching, count) == f"게시물 {count}개 일치"
    assert counted(KOREAN.sentences.ideas, count) == f"아이디어 {count}개"


@pytest.mark.parametrize(("topic", "text"), [("침낭", "침낭을"), ("난로", "난로를")])
def test_particles_follow_the_topic(topic: str, text: str) -> None:
    sentence = counted(KOREAN.claims.authors_long, 2, topic=topic, days="7")
    assert sentence == f"최근 7일 동안 2명이 {text} 다시 다뤘습니다"


def test_quotation_marks_numbers_and_dates() -> None:
    assert KOREAN.sentence(KOREAN.quoted("누가 내나요?")) == "“누가 내나요?”"
    assert KOREAN.number(1_234_567) == "1,234,567"
    assert KOREAN.date(date(2025, 3, 1)) == "3월 1일"
