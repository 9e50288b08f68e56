"""Evidence items cut into words, with their language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.hero.engine.parsed_posts import MAX_HASHTAGS, compounds_of, parsed_post, unspaced_text
from kairo.hero.text.words import tokenize
from tests.hero.builders import post


def test_parsed_caption_begins_with_the_title_unless_the_caption_has_it() -> None:
    item = post("one", "Sharpening a saw", title="Old tools")
    assert parsed_post(item, ("en",)).caption.folded == ["old", "tools", "sharpening", "a", "saw"]
    assert parsed_post(replace(item, title="a saw"), ("en",)).caption.folded == ["sharpening", "a", "saw"]


def test_parsed_hashtags_are_the_first_twelve() -> None:
    tags = tuple(f"tag{letter}" for letter in "abcdefghijklmnop")
    parsed = parsed_post(post("one", "Text", hashtags=("#taga", *tags[1:])), ("en",))
    assert parsed.hashtag_text.folded == list(tags[:MAX_HASHTAGS])
    assert list(parsed.hashtag_text.hashtags) == list(range(MAX_HASHTAGS))


@pytest.mark.parametrize(("transcript", "language"), [(True, "de"), (False, "en")])
def test_parsed_language_is_detected_in_the_transcript_but_not_in_a_description(
    transcript: bool, language: str
) -> None:
    spoken = "das ist nicht so schwer und die Säge wird wieder wie neu"
    item = replace(post("one", "Saw"), text_secondary=spoken, has_transcript=transcript)
    assert parsed_post(item, ("en", "de")).language == language


def test_compounds_are_long_words_of_languages_that_write_them() -> None:
    caption = tokenize("Torfsubstrat mit Sand #Torfballen")
    assert compounds_of(caption, "de") == ["torfsubstrat"]
    assert compounds_of(caption, "en") == []


def test_unspaced_text_is_kept_for_scripts_without_spaces_only() -> None:
    assert unspaced_text("研ぎ 方") == "研ぎ方"
    assert unspaced_text("hand saw") == ""
