# ruff: noqa: RUF001  (letters of several scripts are meant here)
"""Boards of five trades, each in another language, as BuiltinSynthesizer words them."""

from __future__ import annotations

import re
from functools import cache

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.dto import PillarCoverageDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.engine.claims import numbers
from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.engine.wording.titles import MAX_TITLE_CHARS
from kairo.hero.enums import AnglePartKind
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from kairo.hero.text.languages import detect
from kairo.hero.text.words import tokenize
from tests.hero.builders import AS_OF
from tests.hero.engine.wording.trade_boards import TRADE_BOARDS


@cache
def result(language: str) -> SynthesisResult:
    board = TRADE_BOARDS[language]
    return BuiltinSynthesizer().synthesize(SynthesisRequest(as_of=AS_OF, brand=board.brand, evidence=board.evidence))


def candidates(language: str) -> tuple[CandidateDTO, ...]:
    return result(language).candidates


def unquoted(text: str, language: str) -> str:
    opening, closing = GRAMMARS[language].quotes
    return re.sub(f"{re.escape(opening)}.*?{re.escape(closing)}", "", text)


def language_of(text: str) -> str:
    return detect([word.folded for word in tokenize(text).words])


@pytest.fixture(params=sorted(TRADE_BOARDS))
def language(request: pytest.FixtureRequest) -> str:
    code: str = request.param
    return code


def test_opportunities_are_in_the_language_of_the_brand(language: str) -> None:
    assert len(candidates(language)) >= 2
    for candidate in candidates(language):
        assert language_of(f"{unquoted(candidate.angle, language)} {candidate.why_now}") == language
        assert language == "nl" or not any("posts" in part.sentence for part in candidate.score_parts)


def test_angles_are_their_parts_and_quote_letter_by_letter(language: str) -> None:
    posts = {item.id: item for item in TRADE_BOARDS[language].evidence}
    opening, closing = GRAMMARS[language].quotes
    for candidate in candidates(language):
        assert candidate.angle == GRAMMARS[language].space.join(part.text for part in candidate.angle_parts)
        assert AnglePartKind.TASK in {part.kind for part in candidate.angle_parts}
        for part in candidate.angle_parts:
            assert set(part.evidence_ids) <= set(candidate.evidence_ids)
            for quote in re.findall(f"{re.escape(opening)}(.*?){re.escape(closing)}", part.text):
                assert any(quote.rstrip("…") in posts[found].text_primary for found in part.evidence_ids)


def test_numbers_outside_quotations_are_values_of_claims(language: str) -> None:
    for candidate in candidates(language):
        values = {claim.value for claim in candidate.claims}
        assert set(numbers(unquoted(f"{candidate.title} {candidate.angle}", language))) <= values


def test_titles_are_short_and_name_no_competitor(language: str) -> None:
    for candidate in candidates(language):
        assert len(candidate.title) <= MAX_TITLE_CHARS
        if candidate.type is OpportunityType.COMPETITIVE:
            handle = TRADE_BOARDS[language].brand.competitor_handles[0]
            assert handle.split(".")[0].split("_")[0] not in f"{candidate.title} {candidate.angle}".lower()


def test_angles_of_a_board_repeat_no_sentence(language: str) -> None:
    sentences = [unquoted(part.text, language) for candidate in candidates(language) for part in candidate.angle_parts]
    assert len(sentences) == len(set(sentences))


def coverage(language: str) -> list[PillarCoverageDTO]:
    return list(result(language).coverage)


def test_coverage_is_in_the_brands_language() -> None:
    assert coverage("it")[1].reason == "0 post corrispondono, 0 persone, ne servono 2."
    assert coverage("pl")[0].reason == "4 wpisy pasują, 4 autorzy: 1 pomysł."
    assert coverage("ko")[0].reason == "게시물 4개 일치, 4명: 아이디어 1개."
    assert coverage("nl")[0].reason == "4 posts passen, 4 makers: 1 idee."
    assert coverage("tr")[0].reason == "4 gönderi uyuyor, 4 kişi: 1 fikir."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("it", "5 persone hanno pubblicato su ponticello negli ultimi 3 giorni."),
        ("pl", "W ciągu ostatnich 3 dni 4 osoby opublikowały wpisy na temat: zimowla."),
        ("ko", "최근 3일 동안 4명이 물레에 대해 올렸습니다."),
        ("nl", "4 makers postten over starter in de laatste 3 dagen."),
        ("tr", "Son 3 günde 4 kişi erken hasat hakkında paylaşım yaptı."),
    ],
)
def test_why_now_counts_in_the_language(language: str, sentence: str) -> None:
    trend = next(candidate for candidate in candidates(language) if candidate.type is OpportunityType.TREND)
    assert trend.why_now.startswith(sentence)


def test_question_that_two_ask_is_quoted_once() -> None:
    trend = next(candidate for candidate in candidates("it") if candidate.type is OpportunityType.TREND)
    (question,) = [part for part in trend.angle_parts if part.kind is AnglePartKind.QUESTION]
    assert len(question.evidence_ids) == 2
    assert trend.angle.count("«È normale che il ponticello penda?»") == 1
