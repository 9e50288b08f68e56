"""Review's tokenizer finds the same keys as the engine's, for the phrases that it looks for."""

from __future__ import annotations

import pytest

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.tokenized_posts import tokenize_post
from tests.hero.builders import post

TEXTS = (
    "Sharpening a hand saw, bench plane at last #HandSaw #sharpening",
    "Die alte Handsäge und der Torfsubstrat #Handsaege",
    "研ぎ方を学ぶ #研ぎ",
    "",
)


@pytest.mark.parametrize("transcript", [None, "so the hand saw is next"])
@pytest.mark.parametrize("text", TEXTS)
def test_post_tokenizer_agrees_with_the_engine(text: str, transcript: str | None) -> None:
    openings = ["hand", "bench"]
    item = post("one", text, transcript=transcript, text_secondary=transcript or "a hand saw described")
    found = PostTokenizer(languages=["en", "de"], openings=openings).tokenize(item)
    expected = tokenize_post(item, languages=["en", "de"], openings=openings)
    for name in ("language", "author_key", "hashtag_keys", "joined_words", "unspaced_texts"):
        assert getattr(found, name) == getattr(expected, name)
    sought = {phrase_key(phrase, found.language) for phrase in ("hand saw", "bench plane", "saw", "sharpening")}
    for name in ("caption_keys", "written_keys", "transcript_keys", "description_keys"):
        assert getattr(found, name) & sought == getattr(expected, name) & sought


def test_post_tokenizer_keeps_only_phrases_with_its_openings() -> None:
    reader = PostTokenizer(languages=["en"], openings=["hand"])
    keys = reader.tokenize(post("one", "A hand saw and a bench plane")).caption_keys
    assert phrase_key("hand saw", "en") in keys
    assert phrase_key("bench plane", "en") not in keys
    assert (reader.finds("hand"), reader.finds("bench")) == (True, False)


def test_post_tokenizer_joins_two_words_of_a_given_key() -> None:
    key = phrase_key("whetstone", "en")
    item = post("one", "A whet stone from the river")
    assert key in PostTokenizer(languages=["en"], openings=[], joined=[key]).tokenize(item).caption_keys
    assert key not in PostTokenizer(languages=["en"], openings=[]).tokenize(item).caption_keys


def test_post_tokenizer_tokenizes_each_item_once() -> None:
    reader = PostTokenizer(languages=["en"], openings=[])
    item = post("one", "A hand saw")
    assert reader.tokenize(item) is reader.tokenize(item)
