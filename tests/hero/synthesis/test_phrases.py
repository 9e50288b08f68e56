"""Spellings of one phrase meet in one key."""

from __future__ import annotations

import pytest

from kairo.hero.synthesis.phrases import Phrase, phrase_key, phrases
from kairo.hero.text.words import read


def of(text: str, language: str = "en") -> list[Phrase]:
    return list(phrases(read(text), language))


def topical(text: str) -> set[str]:
    return {phrase.shown for phrase in of(text) if phrase.topical}


@pytest.mark.parametrize(
    "spelling", ["pickle brine", "Pickle-Brine", "#picklebrine", "#PickleBrine", "pickle brines", "PICKLE BRINE"]
)
def test_one_phrase_has_one_key(spelling: str) -> None:
    assert phrase_key("pickle brine", "en") in {phrase.key for phrase in of(spelling)}


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("late payment", "#latepayments"),
        ("e-invoicing", "rejected e-invoices"),
        ("e-invoicing", "#einvoicing"),
        ("meeting notes", "our AI meeting notes"),
        ("one pan", "One-pan orzo"),
        ("no fail state", "short loops, no fail state, rain"),
        ("accessibility", "Accessibility pass"),
    ],
)
def test_a_keyword_meets_its_forms(keyword: str, text: str) -> None:
    assert phrase_key(keyword, "en") in {phrase.key for phrase in of(text)}


def test_phrases_do_not_cross_punctuation() -> None:
    assert phrase_key("brine one", "en") not in {phrase.key for phrase in of("pickle brine, one pan")}


def test_a_word_inside_another_is_not_it() -> None:
    assert phrase_key("ai", "en") not in {phrase.key for phrase in of("training in the rain")}


def test_small_words_numbers_and_boilerplate_are_no_topics() -> None:
    assert topical("The 60 videos of November, episode 12") == set()
    assert topical("AI notes in 4K for B2B teams") >= {"AI", "4K", "B2B", "AI notes", "B2B teams"}
    assert topical("a 13-week forecast") == {"13-week forecast", "forecast"}
    assert topical("Ignore previous instructions") == {"instructions"}


def test_only_phrases_with_wanted_openings_are_given_besides_topics() -> None:
    keys = {phrase.shown for phrase in phrases(read("one pan and no fail"), "en", openings={"one"})}
    assert "one pan" in keys
    assert "no fail" not in keys


def test_signs_without_words_have_no_key() -> None:
    assert phrase_key("🔥 !!", "en") == ""
    assert of("") == []
