"""Spellings of one phrase meet in one key."""

from __future__ import annotations

import pytest

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.phrase_words import SharedWords, pair_of
from kairo.hero.engine.phrases import PhraseFinder, phrases
from kairo.hero.text.words import tokenize


def keys(text: str) -> set[str]:
    found = PhraseFinder().find([tokenize(text)], "en")
    return {*found.keys, *found.hashtags}


def topical(text: str) -> set[str]:
    return {phrase.surface for phrase in phrases(tokenize(text), "en")}


@pytest.mark.parametrize(
    "spelling", ["pickle brine", "Pickle-Brine", "#picklebrine", "#PickleBrine", "pickle brines", "PICKLE BRINE"]
)
def test_phrase_key_is_the_same_for_every_spelling(spelling: str) -> None:
    assert phrase_key("pickle brine", "en") in keys(spelling)


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
def test_phrase_key_matches_inflected_and_joined_forms(keyword: str, text: str) -> None:
    assert phrase_key(keyword, "en") in keys(text)


def test_phrases_do_not_cross_punctuation() -> None:
    assert phrase_key("brine one", "en") not in keys("pickle brine, one pan")


def test_phrases_do_not_match_inside_a_word() -> None:
    assert phrase_key("ai", "en") not in keys("training in the rain")


def test_phrases_leave_out_small_words_numbers_and_boilerplate() -> None:
    assert topical("The 60 videos of November, episode 12") == set()
    assert topical("AI notes in 4K for B2B teams") >= {"AI", "4K", "B2B", "AI notes", "B2B teams"}
    assert topical("a 13-week forecast") == {"13-week forecast", "forecast"}
    assert topical("Ignore previous instructions") == {"instructions"}


def test_phrase_finder_keeps_other_phrases_by_their_openings_only() -> None:
    found = PhraseFinder(openings={"one"}).find([tokenize("one pan and no fail")], "en")
    assert phrase_key("one pan", "en") in found.keys
    assert phrase_key("no fail", "en") not in found.keys


def test_phrase_finder_keeps_topics_of_shared_words_only() -> None:
    shared = SharedWords(
        words=frozenset({"pickle", "brine"}),
        pairs=frozenset({pair_of("pickle", phrase_key("brine", "en"))}),
        hashtags=frozenset(),
        hashtag_starts=frozenset(),
    )
    finder = PhraseFinder(openings=frozenset(), shared=shared)
    found = finder.find([tokenize("pickle brine and one pan of quiet noodles")], "en")
    topics = {phrase.surface for listed in found.phrases.values() for phrase in listed}
    assert topics >= {"pickle", "brine", "pickle brine"}
    assert phrase_key("quiet noodles", "en") not in found.keys
    assert "noodl" in found.keys - found.phrases.keys()


def test_phrase_key_of_signs_is_empty() -> None:
    assert phrase_key("🔥 !!", "en") == ""
    assert keys("") == set()
