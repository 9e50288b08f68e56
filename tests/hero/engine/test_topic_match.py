"""A post contains a phrase however it is inflected or joined, in caption, hashtag or transcript."""

from __future__ import annotations

import pytest

from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.topic_match import PhraseMatcher, edges_of, edges_of_tags, has_key, opening_of
from tests.hero.builders import post
from tests.hero.engine.workshop_board import tokenized


@pytest.mark.parametrize(
    ("text", "transcript", "expected"),
    [
        ("My chisels", None, True),
        ("Listen", "my chisel", True),
        ("#chiselday", None, True),
        ("#mychisel", None, True),
        ("#mychiselday", None, False),
        ("chiselday", None, False),
    ],
)
def test_key_is_found_in_caption_transcript_and_at_the_edge_of_a_hashtag(
    text: str, transcript: str | None, expected: bool
) -> None:
    assert has_key(tokenized(text, transcript=transcript)[0], "chisel") is expected


def test_key_of_fewer_than_five_letters_is_not_found_inside_a_hashtag() -> None:
    assert not has_key(tokenized("#sawdust")[0], "saw")
    assert has_key(tokenized("#saw")[0], "saw")


def test_edges_of_a_hashtag_have_five_letters_or_more() -> None:
    assert edges_of("handsaw") == ["hands", "handsa", "ndsaw", "andsaw"]
    assert edges_of("saws") == []
    assert edges_of_tags(tokenized("#handsaw", "#handsaw again")) == {"handsaw": edges_of("handsaw")}


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("bench plane", "My bench planes", True),
        ("bench plane", "a plane on a bench", False),
        ("picklebrine", "with pickle brine", True),
        ("pickle brine", "#picklebrine", True),
        ("studio", "ein studio in Berlin", True),
        ("研ぎ", "日本の研ぎ方", True),
        ("研ぎ", "日本の鋸", False),
        ("!!!", "anything !!!", False),
    ],
)
def test_phrase_matcher_finds_every_spelling(phrase: str, text: str, expected: bool) -> None:
    assert PhraseMatcher(["en"]).has_phrase(post("one", text), phrase) is expected


def test_phrase_matcher_finds_phrases_that_its_reader_does_not_look_for() -> None:
    reader = PostTokenizer(languages=["en"], openings=["hand"])
    matcher = PhraseMatcher(["en"], reader=reader)
    item = post("one", "A hand saw and a bench plane")
    assert matcher.has_phrase(item, "hand saw")
    assert matcher.has_phrase(item, "bench plane")
    assert not matcher.has_phrase(item, "hand plane")


def test_opening_of_a_phrase_is_its_first_word_folded() -> None:
    assert opening_of("Bench Plane") == "bench"
    assert opening_of("🔥") is None
