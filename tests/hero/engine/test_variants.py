"""One key for a spelling to which the stemmers of two languages give two."""

from __future__ import annotations

from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.tokenized_posts import tokenize_post
from kairo.hero.engine.variants import with_common_keys
from tests.hero.builders import post

ENGLISH = [
    tokenize_post(
        post(f"en-{n}", f"The best of Halloween for the people of this town, part {n} #halloween"), languages=["en"]
    )
    for n in range(2)
]
SPANISH = tokenize_post(
    post("es", "Las mejores ideas para la noche de Halloween con los niños de la casa"), languages=["es"]
)
EN, ES = phrase_key("halloween", "en"), phrase_key("halloween", "es")


def test_common_key_is_that_of_most_posts() -> None:
    assert (ENGLISH[0].language, SPANISH.language) == ("en", "es")
    assert EN != ES
    renamed = with_common_keys([*ENGLISH, SPANISH])[-1]
    for keys in (renamed.written_keys, renamed.caption_keys, renamed.phrases.keys()):
        assert EN in keys
        assert ES not in keys
    assert with_common_keys([*ENGLISH, SPANISH])[:2] == ENGLISH


def test_common_keys_leave_posts_of_one_language_alone() -> None:
    assert with_common_keys(ENGLISH) == ENGLISH
    assert with_common_keys([SPANISH]) == [SPANISH]
