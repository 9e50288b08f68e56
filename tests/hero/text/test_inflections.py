from __future__ import annotations

import pytest

from kairo.hero.text.inflections import changed_numbers, is_acronym, is_ending, is_inflection


@pytest.mark.parametrize(
    ("language", "root", "word", "expected"),
    [
        ("en", "dvd", "dvds", True),
        ("en", "crunch", "crunchy", False),
        ("de", "torf", "torfes", True),
        ("pl", "wodka", "wodce", True),
        ("pl", "odchudzanie", "odchudzajaca", True),
        ("pt", "papel", "papeis", True),
        ("fr", "cheval", "chevaux", True),
        ("tr", "sigara", "sigaralar", True),
        ("ko", "담배", "담배를", True),
        ("ko", "담배", "담배꽁초", False),
        ("ru", "сигарета", "сигаретами", True),
    ],
)
def test_inflection_of_a_root(language: str, root: str, word: str, expected: bool) -> None:
    assert is_inflection(word, root, languages=(language, "en")) is expected


def test_inflection_of_short_roots_has_few_endings() -> None:
    assert is_ending("s", "nft", languages=("en",))
    assert is_ending("es", "box", languages=("en",))
    assert not is_ending("es", "ai", languages=("en",))
    assert not is_ending("ed", "tea", languages=("en",))


def test_inflection_replaces_endings_of_some_plurals() -> None:
    assert changed_numbers("promocao", languages=("pt",)) == ["promocoes", "promocaes"]
    assert changed_numbers("luces", languages=("es",)) == ["luz"]
    assert changed_numbers("mal", languages=("pt",)) == []


def test_acronyms_have_three_letters_without_vowels() -> None:
    assert [word for word in ("nft", "dvd", "ai", "sex", "4ks", "bb") if is_acronym(word)] == ["nft", "dvd"]
