"""Properties of a phrase in the posts of a topic."""

from __future__ import annotations

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.topic_words import author_count, has_part_in_text, is_in_text, is_one_word, is_written_about
from tests.hero.engine.workshop_board import tokenized

RUCKING = phrase_key("rucking", "en")


def test_author_count_counts_each_author_once() -> None:
    assert author_count(tokenized("one", "two")) == 2
    assert author_count(tokenized("one", "two", author="anna")) == 1


def test_written_about_needs_three_authors_who_begin_with_the_word() -> None:
    late = "Every single one of my long and slow days ends with rucking"
    assert is_written_about(RUCKING, tokenized("Rucking today", "Rucking again", "Rucking in rain", late, late))
    assert not is_written_about(
        RUCKING, tokenized("Rucking today", "Rucking again", "Rucking in rain", late, late, late)
    )
    assert not is_written_about(RUCKING, tokenized("Rucking today", "Rucking again"))


def test_one_word_separates_words_with_one_stem() -> None:
    key = phrase_key("customs", "en")
    assert key == phrase_key("customer", "en")
    assert is_one_word(key, tokenized("Customs", "customs again", "the customs", "a customer"))
    assert not is_one_word(key, tokenized("Customs", "customs again", "a customer"))


def test_phrase_of_a_hashtag_is_in_text_where_a_caption_has_it_or_both_halves() -> None:
    assert is_in_text("handsaw", tokenized("My hand saw", "#handsaw"))
    assert is_in_text("handsaw", tokenized("A saw in my hand", "#handsaw"))
    assert not is_in_text("handsaw", tokenized("My hand", "#handsaw"))


def test_phrase_of_a_hashtag_is_hinted_at_by_two_authors_who_say_a_half() -> None:
    key = phrase_key("latepayments", "en")
    assert has_part_in_text(key, tokenized("late again", "a payment at last"))
    assert not has_part_in_text(key, tokenized("late again", "#latepayments"))
    assert not has_part_in_text(key, tokenized("late again", "a payment at last", author="anna"))
