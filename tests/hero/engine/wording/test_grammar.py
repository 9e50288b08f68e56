"""The signs of a grammar: lists, full stops, quotation marks, and templates by type."""

from __future__ import annotations

import pytest

from kairo.core.enums import OpportunityType
from kairo.hero.engine.wording.grammar import Titles
from kairo.hero.engine.wording.languages import GRAMMARS


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Make it", "Make it."),
        ("Is it worth it?", "Is it worth it?"),
        ("They say “it lasts!”", "They say “it lasts!”"),
        ("They ask “who pays?”", "They ask “who pays?”"),
        ("They say “it lasts”", "They say “it lasts”."),
        ("They say “it lasts and…”", "They say “it lasts and…”"),
    ],
)
def test_sentence_ends_with_one_mark(text: str, sentence: str) -> None:
    assert GRAMMARS["en"].sentence(text) == sentence


def test_listed_joins_at_most_two() -> None:
    assert GRAMMARS["en"].listed(("wool",)) == "wool"
    assert GRAMMARS["en"].listed(("wool", "needles", "tea")) == "wool and needles"


def test_titles_of_a_type_come_before_those_of_all_topics() -> None:
    titles = Titles(
        topic=("topic",), trend=("trend",), evergreen=("ever",), competitive=("rival",), named=("n",), campaign=("c",)
    )
    assert titles.of(OpportunityType.TREND) == ("trend", "topic")
    assert titles.of(OpportunityType.EVERGREEN) == ("ever", "topic")
    assert titles.of(OpportunityType.COMPETITIVE) == ("rival",)
    assert titles.of(OpportunityType.CAMPAIGN) == ("c",)
