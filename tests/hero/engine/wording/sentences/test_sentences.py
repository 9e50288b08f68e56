"""Numbers in the sentences on scores and coverage."""

from __future__ import annotations

import pytest

from kairo.hero.engine.wording.languages import GRAMMARS


@pytest.mark.parametrize("language", sorted(GRAMMARS))
def test_number_has_one_decimal_after_the_mark_of_the_language(language: str) -> None:
    mark = "." if language in {"en", "hi", "ja", "ko"} else ","
    sentences = GRAMMARS[language].sentences
    assert sentences.number(3) == f"3{mark}0"
    assert sentences.number(0.16) == f"0{mark}2"


def test_coverage_reason_is_one_sentence_with_its_counts() -> None:
    english = GRAMMARS["en"].sentences
    found, authors = english.matching.template(3).format(n=3), english.authors.template(1).format(n=1)
    ideas = english.ideas.template(2).format(n=2)
    assert english.with_ideas.format(found=found, authors=authors, ideas=ideas) == "3 items match, 1 author: 2 ideas."
    assert english.too_few.format(found=found, authors=authors, needed=2) == "3 items match, 1 author, need 2."
