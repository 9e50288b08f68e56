"""The words, pairs of words and hashtags that two authors of a board share."""

from __future__ import annotations

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.parsed_posts import parsed_post
from kairo.hero.engine.phrase_words import SharedWords, pair_of
from kairo.hero.engine.shared_words import NOTHING_SHARED, shared_words, with_joined_keys
from kairo.hero.text.stems import stem
from tests.hero.builders import post


def shared(*items: EvidenceItemDTO, watched: frozenset[str] = frozenset()) -> SharedWords:
    return shared_words([parsed_post(item, ("en",)) for item in items], watched)


def test_shared_words_are_those_of_two_authors_in_any_inflection() -> None:
    found = shared(post("one", "Bench planes and rust"), post("two", "My bench plane"))
    assert found.words == {"bench", "planes", "plane"}
    assert found.pairs == {pair_of("bench", stem("plane", "en"))}


def test_shared_words_count_an_author_once() -> None:
    twice = [post(name, "Bench plane", author="anna") for name in ("one", "two")]
    assert shared(*twice) == NOTHING_SHARED
    assert shared(*twice, watched=frozenset({"anna"})).words == {"bench", "plane"}


def test_shared_pairs_do_not_cross_punctuation() -> None:
    found = shared(post("one", "Bench, plane"), post("two", "Bench, plane"))
    assert found.words == {"bench", "plane"}
    assert found.pairs == frozenset()


def test_shared_hashtags_are_all_hashtags_with_their_beginnings() -> None:
    found = shared(post("one", "Rust #handsaw"))
    assert found.words == frozenset()
    assert found.hashtags == {stem("handsaw", "en")}
    assert found.hashtag_starts == {"ha", "han", "hand", "hands", "handsa"}


def test_joined_keys_count_as_hashtags() -> None:
    joined = with_joined_keys(NOTHING_SHARED, frozenset({"weekday"}))
    assert joined.hashtags == {"weekday"}
    assert "week" in joined.hashtag_starts
    assert joined.words == frozenset()
