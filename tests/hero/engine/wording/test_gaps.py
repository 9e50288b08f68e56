"""The brand's phrases that no post of a topic contains."""

from __future__ import annotations

from kairo.hero.engine.wording.gaps import gaps_of, has_phrase, is_said_in
from tests.hero.engine.wording.builders import tokenized


def test_gaps_are_phrases_of_which_no_post_contains_a_word() -> None:
    members = [
        tokenized("Darning the heel with wool from the attic", name="a"),
        tokenized("Socks, needles, tea", name="b"),
    ]
    phrases = ("wool", "darned heels", "moth traps", "sock", "visible mending", "moth trap")
    assert list(gaps_of(members, phrases, label="darning")) == ["moth traps", "visible mending"]


def test_gaps_are_not_the_topic_itself() -> None:
    assert list(gaps_of([tokenized("Socks, needles, tea")], ("visible mending",), label="visible mending kits")) == []


def test_gaps_count_nothing() -> None:
    assert list(gaps_of([tokenized("Socks, needles, tea")], ("seven stitches", "moth traps"), label="darning")) == [
        "moth traps"
    ]


def test_has_phrase_finds_inflections_hashtags_and_unspaced_text() -> None:
    assert has_phrase("moth trap", tokenized("Two moth traps by the door"))
    assert has_phrase("moth trap", tokenized("Cedar instead #mothtrap"))
    assert not has_phrase("moth trap", tokenized("A trap, and no moth"))
    assert has_phrase("手帳", tokenized("冬の手帳を買う", language="ja"))


def test_is_said_in_uses_the_languages_of_posts_with_the_phrase() -> None:
    board = {"calcetines": frozenset({"es"})}
    assert not is_said_in("calcetines", "en", board)
    assert is_said_in("calcetines", "es", board)
    assert is_said_in("moth traps", "en", board)
