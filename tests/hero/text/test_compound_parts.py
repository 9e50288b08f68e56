from __future__ import annotations

from kairo.hero.text.compound_parts import LONGEST_PART, PARTS


def test_compound_parts_have_every_spelling_of_their_umlauts() -> None:
    assert {"bläser", "blaser", "blaeser"} <= PARTS
    assert {"lön", "lon", "loen"} <= PARTS


def test_compound_parts_are_single_lower_case_words() -> None:
    assert all(part == part.lower() and part.isalpha() for part in PARTS)
    assert max(map(len, PARTS)) == LONGEST_PART
