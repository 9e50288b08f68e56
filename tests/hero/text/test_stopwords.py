from __future__ import annotations

from kairo.hero.text.folding import fold, strip_accents
from kairo.hero.text.stopwords import BOILERPLATE, FEASTS, STOPWORDS


def test_stop_words_exist_for_the_languages_with_grammar_and_spaces() -> None:
    assert set("en es pt de fr it nl pl tr hi ko".split()) <= STOPWORDS.keys()  # noqa: SIM905  codes are read as text


def test_stop_words_are_folded_without_accents() -> None:
    for word in frozenset[str]().union(*STOPWORDS.values(), BOILERPLATE, FEASTS):
        assert word == strip_accents(fold(word)), word


def test_stop_words_of_a_language_are_no_boilerplate_of_its_topics() -> None:
    assert "the" in STOPWORDS["en"]
    assert "november" in BOILERPLATE
    assert "november" not in STOPWORDS["en"]
