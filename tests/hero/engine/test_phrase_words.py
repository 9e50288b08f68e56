"""Which words can begin, end or be a phrase."""

from __future__ import annotations

import pytest

from kairo.hero.engine.phrase_words import KnownWords, SharedWords, carries_meaning, is_topical, pair_of, word_facts
from kairo.hero.text.words import tokenize

SHARED = SharedWords(
    words=frozenset({"file", "the"}), pairs=frozenset(), hashtags=frozenset(), hashtag_starts=frozenset({"hand"})
)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("file", "en", True),
        ("saw", "en", False),
        ("AI", "en", True),
        ("ai", "en", False),
        ("4k", "en", True),
        ("60", "en", False),
        ("the", "en", False),
        ("episode", "en", False),
        ("mit", "de", False),
        ("kimchi", "ko", True),
        ("김치", "ko", True),
    ],
)
def test_word_carries_meaning(text: str, language: str, expected: bool) -> None:
    words = tokenize(text)
    assert carries_meaning(words, 0, word_facts(words.folded[0], language)) is expected


def test_known_word_begins_a_topic_where_it_is_shared_or_begins_a_hashtag() -> None:
    known = KnownWords("en", frozenset({"one"}), SHARED)
    assert {word for word in ("file", "the", "hand", "plane", "one") if known[word].may_begin_topic} == {"file", "hand"}
    assert {word for word in known if known[word].is_opening} == {"one"}
    assert KnownWords("en", None, None)["plane"].may_begin_topic


def test_known_word_of_a_script_without_spaces_begins_no_phrase() -> None:
    word = KnownWords("ja", None, None)["研ぎ"]
    assert (word.shared, word.may_begin_topic, word.is_opening) == (False, False, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bench plane", True),
        ("the plane", False),
        ("bench the", False),
        ("13-week forecast", True),
        ("e-invoice", True),
    ],
)
def test_phrase_is_topical_with_meaning_at_both_ends_or_as_a_hyphened_whole(text: str, expected: bool) -> None:
    words = tokenize(text)
    known = KnownWords("en", None, None)
    learnt = [known[folded] for folded in words.folded]
    assert is_topical(words, learnt, 0, len(learnt) - 1) is expected


def test_pair_is_the_folded_first_word_and_the_stem_of_the_second() -> None:
    assert pair_of("bench", word_facts("planes", "en").key) == pair_of("bench", word_facts("plane", "en").key)
    assert pair_of("bench", "saw") != pair_of("hand", "saw")
