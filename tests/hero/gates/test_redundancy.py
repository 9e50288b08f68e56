from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kairo.hero.gates import thresholds as t
from kairo.hero.gates.redundancy import count_redundant
from tests.hero.builders import post

WORDS = ("oak", "elm", "ash", "fir", "yew", "box", "bay", "fig", "sorb", "beech")


def test_redundant_items_are_found_by_link_and_by_author_and_words() -> None:
    first = post("one", "five words make this text", author="anna")
    same_words = post("two", "five words make this text!", author="anna")
    other_author = post("three", "five words make this text", author="ben")
    same_link = replace(post("four", "entirely different here"), canonical_url=first.canonical_url)
    assert count_redundant([first, other_author]) == 0
    assert count_redundant([first, same_words]) == 1
    assert count_redundant([first, same_link]) == 1
    assert count_redundant([post("five", "", author="anna"), post("six", "", author="anna")]) == 0


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), st.sets(st.sampled_from(WORDS), max_size=9), st.integers(0, 12)), max_size=14
    )
)
def test_redundant_items_equal_those_of_a_pairwise_comparison(rows: list[tuple[str, set[str], int]]) -> None:
    items = [
        replace(post(str(n), " ".join(sorted(words)), author=author), canonical_url=f"https://u.example/{url}")
        for n, (author, words, url) in enumerate(rows)
    ]

    def repeats(place: int) -> bool:
        author, words, url = rows[place]
        return any(
            url == other_url
            or (author == other_author and words and len(words & other) / len(words | other) >= t.DUPLICATE_SIMILARITY)
            for other_author, other, other_url in rows[:place]
        )

    assert count_redundant(items) == sum(repeats(place) for place in range(len(items)))
