from __future__ import annotations

from kairo.hero.text.folding import fold, plain, strip_accents, visible


def test_folding_is_equal_for_texts_that_read_the_same() -> None:
    assert fold("Straße") == fold("STRASSE")
    assert strip_accents(fold("É")) == "e"
    assert plain("a\u2019b\u2011c") == "a'b-c"
    assert visible(" \u200b\x07 ") == ""
