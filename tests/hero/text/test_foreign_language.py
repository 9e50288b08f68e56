from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.hero.engine.wording.languages import GRAMMARS
from kairo.hero.text.foreign_language import foreign_language, joined_words
from kairo.hero.text.words import tokenize
from tests.hero.text.strategies import TEXTS as _TEXTS


@settings(max_examples=200, deadline=None)
@given(st.lists(_TEXTS | st.sampled_from(["\u0301a", "ﷺ " * 120, "word " * 500, "#", "क़लम"]), max_size=4))
def test_joined_words_equal_those_of_the_joined_texts(texts: list[str]) -> None:
    whole = [word.folded for word in tokenize(" \n".join(texts)).words]
    assert joined_words(texts, [tokenize(text) for text in texts]) == whole


@pytest.mark.parametrize(
    ("text", "allowed", "language"),
    [
        ("Zeige die flache Seite und sage, warum sie für dich so wichtig ist", ("en",), "de"),
        ("Zeige die flache Seite und sage, warum sie für dich so wichtig ist", ("de",), None),
        ("Show the flat side of it and say why it is for you", ("sv",), None),
        ("Show the flat side of it and say why it is for you", ("de",), "en"),
        ("石を平らに保つ方法を動画で見せてください", ("en",), "ja"),
        ("石を平らに保つ方法を動画で見せてください", ("zh",), None),
        ("flat stones", ("de",), None),
        ("anything at all, and in any of the languages", (), None),
    ],
)
def test_foreign_language_is_reported_only_if_clear(text: str, allowed: tuple[str, ...], language: str | None) -> None:
    assert foreign_language([text], allowed=allowed, with_grammar=GRAMMARS.keys()) == language


def test_foreign_language_of_one_text_among_several() -> None:
    german = "Zeige die flache Seite und sage, warum sie für dich so wichtig ist"
    english = "Show the flat side of it and say why it is for you, and why it is so good for all of us to have. " * 2
    assert foreign_language([english, german], allowed=("en",), with_grammar=GRAMMARS.keys()) == "de"
