"""Near-duplicate posts."""

from __future__ import annotations

from kairo.hero.engine.near_duplicate_posts import without_near_duplicates
from kairo.hero.engine.tokenized_posts import tokenize_post
from tests.hero.builders import post


def test_near_duplicates_keep_the_oldest_post() -> None:
    first = post("first", "five words make this text", hours_ago=50)
    again = post("again", "five words make this text!", hours_ago=10)
    assert [one.id for one in without_near_duplicates([tokenize_post(again), tokenize_post(first)])] == [first.id]
