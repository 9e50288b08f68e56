from __future__ import annotations

import pytest

from kairo.hero.text.compounds import (
    begins_compound,
    contains_compound,
    ends_compound,
    is_derivation,
    known_prefix_length,
    starts_derivation,
)

GERMAN = ("de", "en")


@pytest.mark.parametrize(
    ("word", "part", "expected"),
    [
        ("torfsubstrat", "torf", True),
        ("torfrau", "torf", False),
        ("glyphosathaltig", "glyphosat", True),
        ("nationalitat", "nation", False),
        ("pelz", "torf", False),
    ],
)
def test_compound_begins_with_a_part_only_before_a_word(word: str, part: str, expected: bool) -> None:
    assert begins_compound(word, part, languages=GERMAN) is expected


def test_compound_ends_with_a_part_or_its_inflection() -> None:
    assert ends_compound("gartentorf", "torf", languages=GERMAN)
    assert ends_compound("hochmoortorfs", "torf", languages=GERMAN)
    assert not ends_compound("gartentorf", "torf", languages=("fr", "en"))
    assert not ends_compound("destination", "nation", languages=GERMAN)


def test_compound_contains_a_part_between_known_ones() -> None:
    assert contains_compound("kunstpelzmantel", "pelz", languages=GERMAN)
    assert not contains_compound("kunstpelzmantel", "pelz", languages=("en",))


def test_compound_parts_differ_from_derivational_endings() -> None:
    assert is_derivation("alitat") or starts_derivation("alitat")
    assert not is_derivation("substrat")
    assert known_prefix_length("substratmix") == len("substrat")
    assert known_prefix_length("xyz") == 0
