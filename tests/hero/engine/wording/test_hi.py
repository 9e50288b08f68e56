"""The grammar of Hindi."""

from __future__ import annotations

from datetime import date

import pytest

from kairo.hero.engine.wording.hi import HINDI
from tests.hero.engine.wording.grammar_contract import GrammarContract, counted


class TestHindi(GrammarContract):
    language = "hi"


@pytest.mark.parametrize(("count", "text"), [(1, "1 व्यक्ति ने ऊन पर पोस्ट किया"), (2, "2 लोगों ने ऊन पर पोस्ट किया")])
def test_claims_count_people(count: int, text: str) -> None:
    assert counted(HINDI.claims.authors_share, count, topic="ऊन") == text


def test_sentences_count_posts_and_hours() -> None:
    assert [counted(HINDI.sentences.matching, count) for count in (1, 5)] == [
        "1 पोस्ट मेल खाती है",
        "5 पोस्ट मेल खाती हैं",
    ]
    assert counted(HINDI.sentences.newest_hours, 1) == "सबसे नई पोस्ट 1 घंटा पुरानी है।"
    assert counted(HINDI.sentences.newest_hours, 2) == "सबसे नई पोस्ट 2 घंटे पुरानी है।"


def test_quotation_marks_full_stops_and_dates() -> None:
    assert HINDI.sentence(HINDI.quoted("कौन देगा?")) == "“कौन देगा?”"
    assert HINDI.sentence("ऊन दिखाएँ") == "ऊन दिखाएँ।"
    assert HINDI.date(date(2025, 3, 1)) == "1 मार्च"
