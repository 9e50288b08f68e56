"""The grammars there are, and which of them words an opportunity and a board."""

from __future__ import annotations

from kairo.hero.engine.wording.languages import (
    GRAMMARS,
    NEUTRAL_GRAMMAR,
    Choice,
    board_grammar,
    choose_grammar,
    grammar_for,
)
from tests.hero.engine.wording.builders import members_of
from tests.hero.engine.wording.grammar_contract import TITLE_SLOTS, filled, title_templates

ITALIAN = members_of(
    ("La calza della nonna si rammenda con calma", "Oggi si rammenda la calza con la lana"), language="it"
)


def test_grammars_are_the_twelve() -> None:
    assert tuple(GRAMMARS) == ("en", "es", "pt", "de", "fr", "hi", "ja", "it", "nl", "pl", "tr", "ko")


def test_choose_grammar_takes_the_posts_language_where_the_brand_publishes_in_it() -> None:
    assert choose_grammar(ITALIAN, languages=("it", "en")).grammar.language == "it"
    assert choose_grammar(ITALIAN, languages=("pl",)).grammar.language == "pl"
    assert choose_grammar(ITALIAN, languages=("PL-pl",)).grammar.language == "pl"
    assert choose_grammar(ITALIAN, languages=()).grammar.language == "it"
    assert grammar_for(ITALIAN, languages=()) is GRAMMARS["it"]


def test_choose_grammar_is_neutral_for_a_language_without_one() -> None:
    assert choose_grammar(ITALIAN, languages=("sv",)) == Choice(NEUTRAL_GRAMMAR, "sv")
    assert choose_grammar([], languages=()) == Choice(NEUTRAL_GRAMMAR)


def test_board_grammar_is_that_of_the_brands_first_language_that_has_one() -> None:
    assert board_grammar(ITALIAN, languages=("sv", "nl")).language == "nl"
    assert board_grammar(ITALIAN, languages=()).language == "it"
    assert board_grammar([], languages=()).language == "en"


def test_neutral_titles_are_topic_words_alone() -> None:
    for template in title_templates(NEUTRAL_GRAMMAR.titles):
        assert filled(template, TITLE_SLOTS).replace("바람", "").strip() == ":"
