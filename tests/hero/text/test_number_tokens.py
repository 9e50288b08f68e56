from __future__ import annotations

import pytest

from kairo.hero.text.number_tokens import SourceNumbers, number_tokens, numbers, unproven_number


@pytest.mark.parametrize(
    ("text", "values"),
    [("1,240 posts", ["1240"]), ("1 240 of 7", ["1240", "7"]), ("1.5", ["1", "5"]), ("none", []), ("४", ["4"])],
)
def test_numbers_have_no_thousands_separators(text: str, values: list[str]) -> None:
    assert numbers(text) == values


def test_number_tokens_have_values_and_adjacent_words() -> None:
    first, second = number_tokens("Room 7, then seven rooms")
    assert (first.text, first.values, first.before, first.after) == ("7", ("7",), "room", "then")
    assert (second.text, second.values, second.before, second.after) == ("seven", ("7",), "then", "rooms")


def test_number_tokens_mark_names_with_letters() -> None:
    assert [(token.text, token.mixed) for token in number_tokens("B2B on the 3rd, 24/7")] == [
        ("b2b", True),
        ("3rd", False),
        ("24/7", True),
    ]


def test_source_numbers_contain_a_number_next_to_the_same_word() -> None:
    sources = SourceNumbers.of(["Flat in 10 minutes", "for B2B"])
    (same, other, name) = (number_tokens(text)[0] for text in ("ten minutes", "10 days", "B2B offers"))
    assert sources.contain(same)
    assert not sources.contain(other)
    assert sources.contain(name)


def test_unproven_number_is_the_first_without_claim_or_source() -> None:
    def check(text: str, *proven: str) -> str | None:
        sources = SourceNumbers.of(["ten minutes"])
        return unproven_number(text, proven=frozenset(proven), sources=lambda: [sources], likely=("en",))

    assert check("10 minutes, 3 people, 4 days", "3") == "4"
    assert check("10 minutes, 3 people", "3") is None
