# ruff: noqa: RUF001  (letters of several scripts are meant here)
"""The five newest languages on short boards: what a strategist would be handed."""

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


def ideas(language: str) -> tuple[CandidateDTO, ...]:
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


def test_ideas_speak_the_language_of_the_trade(language: str) -> None:
    assert len(ideas(language)) >= 2
    for idea in ideas(language):
        assert language_of(f"{unquoted(idea.angle, language)} {idea.why_now}") == language
        for part in idea.score_parts:
            assert "posts" not in part.sentence or language == "nl"


def test_angles_are_their_parts_and_quote_letter_by_letter(language: str) -> None:
    posts = {item.id: item for item in TRADE_BOARDS[language].evidence}
    opening, closing = GRAMMARS[language].quotes
    for idea in ideas(language):
        assert idea.angle == GRAMMARS[language].space.join(part.text for part in idea.angle_parts)
        assert AnglePartKind.TASK in {part.kind for part in idea.angle_parts}
        for part in idea.angle_parts:
            assert set(part.evidence_ids) <= set(idea.evidence_ids)
            for quote in re.findall(f"{re.escape(opening)}(.*?){re.escape(closing)}", part.text):
                assert any(quote.rstrip("…") in posts[found].text_primary for found in part.evidence_ids)


def test_numbers_outside_quotations_are_values_of_claims(language: str) -> None:
    for idea in ideas(language):
        values = {claim.value for claim in idea.claims}
        assert set(numbers(unquoted(f"{idea.title} {idea.angle}", language))) <= values


def test_titles_are_short_and_name_no_competitor(language: str) -> None:
    for idea in ideas(language):
        assert len(idea.title) <= MAX_TITLE_CHARS
        if idea.type is OpportunityType.COMPETITIVE:
            handle = TRADE_BOARDS[language].brand.competitor_handles[0]
            assert handle.split(".")[0].split("_")[0] not in f"{idea.title} {idea.angle}".lower()


def test_no_sentence_of_a_board_comes_twice(language: str) -> None:
    said = [unquoted(part.text, language) for idea in ideas(language) for part in idea.angle_parts]
    assert len(said) == len(set(said))


def coverage(language: str) -> list[PillarCoverageDTO]:
    return list(result(language).coverage)


def test_coverage_is_in_the_brands_language() -> None:
    assert coverage("it")[1].reason == "0 post corrispondono, 0 persone, ne servono 2."
    assert coverage("pl")[0].reason == "4 wpisy pasują, 4 autorzy: 1 pomysł."
    assert coverage("ko")[0].reason == "게시물 4개 일치, 4명: 아이디어 1개."
    assert coverage("nl")[0].reason == "4 posts passen, 4 makers: 1 idee."
    assert coverage("tr")[0].reason == "4 gönderi uyuyor, 4 kişi: 1 fikir."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "5 persone hanno pubblicato su ponticello negli ultimi 3 giorni."),
        ("pl", "W ciągu ostatnich 3 dni 4 osoby opublikowały wpisy na temat: zimowla."),
        ("ko", "최근 3일 동안 4명이 물레에 대해 올렸습니다."),
        ("nl", "4 makers postten over starter in de laatste 3 dagen."),
        ("tr", "Son 3 günde 4 kişi erken hasat hakkında paylaşım yaptı."),
    ],
)
def test_why_now_counts_in_the_language(language: str, said: str) -> None:
    trend = next(idea for idea in ideas(language) if idea.type is OpportunityType.TREND)
    assert trend.why_now.startswith(said)


def test_question_that_two_ask_is_quoted_once() -> None:
    trend = next(idea for idea in ideas("it") if idea.type is OpportunityType.TREND)
    (question,) = [part for part in trend.angle_parts if part.kind is AnglePartKind.QUESTION]
    assert len(question.evidence_ids) == 2
    assert trend.angle.count("«È normale che il ponticello penda?»") == 1
