# ruff: noqa: E501  (posts are one line each, in the letters of their language)
"""Sentences of posts that are quoted letter by letter."""

from __future__ import annotations

import pytest

from kairo.hero.engine.wording.quotes import MAX_UNSPACED_CHARS, MAX_WORDS, questions, quotable
from tests.hero.engine.wording.builders import tokenized


def first_quote(text: str, language: str = "en") -> str | None:
    return next((quote.shown for quote in quotable(tokenized(text, language=language))), None)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "The moths had the elbow of this jumper. Now it has a star. #mending",
            "The moths had the elbow of this jumper",
        ),
        ("Hey guys! The heel goes first, always.", "The heel goes first, always"),
        ("Link in bio for the kit\nThe heel goes first, always", "The heel goes first, always"),
        ("Thanks @wool.shop for this! The heel goes first, always.", "The heel goes first, always"),
        ("#mending #socks #wool", None),
        ("We love #mending here. The heel goes first, always.", "The heel goes first, always"),
        ("🧦🧦 The heel goes first, always 🧵 #mending", "The heel goes first, always"),
        ("See https://wool.example/kit for it all today", None),
        ("Does the heel always go first?", "Does the heel always go first?"),
        ('She said "never darn nylon" and left. The heel goes first, always.', "The heel goes first, always"),
        ("Wow. The heel goes first, always.", "The heel goes first, always"),
        (
            "Darn the heel before it opens, because a hole that is open needs twice the wool and the patience of a saint",
            "Darn the heel before it opens",
        ),
        (
            "I spent four winters learning to darn the heels of my father's heavy old hiking socks",
            "I spent four winters learning to darn the heels of my father's…",
        ),
    ],
)
def test_quotable_is_a_sentence_that_stands_by_itself(text: str, quote: str | None) -> None:
    assert first_quote(text) == quote


def test_quotable_is_in_the_post_letter_by_letter_and_short() -> None:
    text = "Ça y est : j'ai reprisé mes chaussettes, les bleues, les vertes, et même celles que le chien avait mangées hier soir"
    for quote in quotable(tokenized(text, language="fr")):
        assert quote.text in text
        assert len(quote.text.split()) <= MAX_WORDS


def test_quotable_of_an_unspaced_text_ends_at_a_word() -> None:
    text = "祖母に手紙を書くために便箋を選んでいたら気がつけば二時間も文具店の棚の前に立っていましたがまだ決まりません"
    (quote,) = quotable(tokenized(text, language="ja"))
    assert text.startswith(quote.text)
    assert quote.shown.endswith("…")
    assert len(quote.text) <= MAX_UNSPACED_CHARS


def test_questions_are_quoted_whole_or_not_at_all() -> None:
    long = "Honest question for all of you: who darns the heel when the best darner is also the busiest darner in town?"
    assert list(questions(tokenized(long))) == []
