"""Each post is tokenized once into the keys of its phrases, by place."""

from __future__ import annotations

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import tokenize_post, tokenize_posts
from tests.hero.builders import post
from tests.hero.engine.workshop_board import tokenized

PLANE, BENCH_PLANE = phrase_key("plane", "en"), phrase_key("bench plane", "en")
WHETSTONE = phrase_key("whetstone", "en")


def test_tokenized_post_has_its_keys_by_place() -> None:
    (spoken,) = tokenized("A bench plane #chisel", transcript="whetstone at last")
    assert {PLANE, BENCH_PLANE} <= spoken.caption_keys
    assert spoken.hashtag_keys == {phrase_key("chisel", "en")}
    assert spoken.written_keys == spoken.caption_keys | spoken.hashtag_keys
    assert WHETSTONE in spoken.transcript_keys - spoken.written_keys
    assert spoken.description_keys == frozenset()


def test_tokenized_description_is_no_transcript_and_has_no_topics() -> None:
    (described,) = tokenized("A bench plane", text_secondary="whetstone at last")
    assert WHETSTONE in described.description_keys
    assert WHETSTONE not in described.phrases
    assert described.transcript_keys == frozenset()


def test_tokenized_hashtag_with_capitals_has_the_phrase_inside_it() -> None:
    (tagged,) = tokenized("Today #MyBenchPlane")
    assert BENCH_PLANE in tagged.hashtag_keys
    assert BENCH_PLANE not in tokenized("Today #mybenchplane")[0].hashtag_keys


def test_tokenized_leading_keys_are_of_the_first_eight_words_and_the_hashtags() -> None:
    (late,) = tokenized("one two three four five six seven whetstone plane #chisel")
    assert WHETSTONE in late.leading_keys
    assert PLANE not in late.leading_keys
    assert phrase_key("chisel", "en") in late.leading_keys


def test_tokenized_board_keeps_only_phrases_that_two_authors_share() -> None:
    items = [post("one", "A bench plane, cold chisel"), post("two", "My bench plane"), post("three", "A chisel")]
    first = tokenize_posts(items, openings=frozenset())[0]
    assert BENCH_PLANE in first.phrases
    assert phrase_key("cold chisel", "en") not in first.caption_keys
    assert phrase_key("cold chisel", "en") in tokenize_post(items[0]).phrases


def test_tokenized_board_keeps_what_a_watched_account_repeats() -> None:
    items = [post(name, "A bench plane", author="rival") for name in ("one", "two")]
    assert BENCH_PLANE not in tokenize_posts(items, openings=frozenset())[0].phrases
    assert BENCH_PLANE in tokenize_posts(items, openings=frozenset(), watched={"rival"})[0].phrases
