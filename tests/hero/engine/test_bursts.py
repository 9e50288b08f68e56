"""When a topic breaks out."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from kairo.hero.engine.bursts import Burst, DatedPost, OtherPosts, poisson_tail, series_bursts
from kairo.hero.engine.bursts import find_burst as find_burst_among
from tests.hero.builders import AS_OF


def mentions(*days_ago: float, authors: str = "abcdefghij") -> list[DatedPost]:
    return [
        DatedPost(AS_OF - timedelta(days=days), authors[index % len(authors)]) for index, days in enumerate(days_ago)
    ]


def find_burst(topic: list[DatedPost], others: list[DatedPost]) -> Burst | None:
    return find_burst_among(topic, OtherPosts.of(others, as_of=AS_OF), as_of=AS_OF)


USUAL = mentions(1, 4, 6, 8, 10, 12, 15, 18, 20, 25)


def test_burst_is_four_authors_in_three_days_where_none_were() -> None:
    burst = find_burst(mentions(0.1, 1, 2, 2.9), USUAL)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.authors, burst.earlier) == (3, 4, 4, 0)
    assert burst.p < 0.01


def test_burst_of_a_slower_topic_spans_seven_days() -> None:
    burst = find_burst(mentions(0.5, 3.5, 4.5, 5.5, 6.5), USUAL)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.authors) == (7, 5, 5)


def test_burst_has_the_window_with_the_smallest_chance() -> None:
    burst = find_burst(mentions(0.1, 0.7, 1.25, 3.04, 3.5, 4.2), mentions(1, 2, 3.5, 5, 9, 12, 15, 20, 25))
    assert burst is not None
    assert (burst.window.days, burst.authors) == (7, 6)


def test_burst_uses_counts_over_all_stored_posts() -> None:
    others = OtherPosts(by_age=[5] * 30, oldest=AS_OF - timedelta(days=29), phrase_posts_by_age=[2, 2, 2, *[2] * 27])
    topic = mentions(0.1, 1, 2, 2.9)
    assert find_burst(topic, USUAL) is not None
    assert find_burst_among(topic, others, as_of=AS_OF) is None


def test_burst_is_never_two_authors() -> None:
    assert find_burst(mentions(0.1, 1, 2, 2.5, authors="ab"), USUAL) is None


def test_burst_is_not_half_by_one_author() -> None:
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, 2.5, authors="aabcad"), USUAL) is None
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, authors="aabcd"), USUAL) is not None


def test_burst_is_not_a_topic_as_frequent_before() -> None:
    assert find_burst(mentions(1, 2, 2.5, 5, 8, 11, 14, 17, 20), USUAL) is None


def test_burst_is_not_a_topic_that_grows_with_everything() -> None:
    busy = mentions(*[0.1 * step for step in range(20)], 9)
    assert find_burst(mentions(0.1, 1, 2, 2.9), busy) is None


def test_burst_needs_earlier_posts() -> None:
    assert find_burst(mentions(0.1, 1, 2), mentions(1, 2)) is None


def test_burst_ignores_future_posts() -> None:
    assert find_burst(mentions(-0.1, -1, -2, -2.9), USUAL) is None


@pytest.mark.parametrize(("count", "expected"), [(0, 2.0), (1, 0.5), (3, 0.5), (5, 1.0), (40, 1e-3)])
def test_poisson_tail_is_exact(count: int, expected: float) -> None:
    exact = 1 - sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(count))
    assert poisson_tail(count, expected) == pytest.approx(exact, abs=1e-12)


def test_series_bursts_where_it_leaves_its_noise() -> None:
    calm = [20.0, 23, 18, 22, 19, 21, 20, 24, 17, 22, 20, 19, 21, 23, 20, 18]
    assert series_bursts(calm) == []
    assert series_bursts([*calm, 60, 21]) == [len(calm)]
    assert series_bursts([*calm[:10], 60]) == []


def burst_of(recent: str, *, days_ago: float = 1, other_recent: int, other_earlier: int) -> Burst | None:
    """A burst of a topic without earlier posts: one author per letter."""
    mentions = [
        DatedPost(AS_OF - timedelta(days=days_ago, minutes=n), author_key) for n, author_key in enumerate(recent)
    ]
    others = [DatedPost(AS_OF - timedelta(days=days_ago, minutes=n), f"r{n}") for n in range(other_recent)]
    others += [DatedPost(AS_OF - timedelta(days=29, minutes=n), f"e{n}") for n in range(other_earlier)]
    return find_burst(mentions, others)


def test_burst_needs_a_chance_below_one_in_a_hundred() -> None:
    """With 10 other posts in the window and 9 before, 0.4 · 10.4 / 9.4 = 0.44 authors are to be expected."""
    near = burst_of("abc", other_recent=10, other_earlier=10)
    assert near is not None
    assert near.expected == pytest.approx(0.4)
    assert near.p == pytest.approx(poisson_tail(3, 0.4))
    assert 0.007 < near.p < 0.01
    assert burst_of("abc", other_recent=10, other_earlier=9) is None
    assert 0.01 < poisson_tail(3, 0.4 * 10.4 / 9.4) < 0.011


def test_burst_needs_three_authors() -> None:
    assert poisson_tail(2, 0.4 * 3 / 26) < 0.01
    assert burst_of("ab", other_recent=0, other_earlier=60) is None
    assert burst_of("abc", other_recent=0, other_earlier=60) is not None


def test_burst_has_no_author_with_half_of_its_posts() -> None:
    assert burst_of("aabc", other_recent=0, other_earlier=60) is None
    assert burst_of("aabcd", other_recent=0, other_earlier=60) is not None


def test_burst_is_looked_for_in_three_days_and_in_seven() -> None:
    for days_ago, window in ((2.9, 3), (3.1, 7), (6.9, 7)):
        found = burst_of("abcd", days_ago=days_ago, other_recent=0, other_earlier=60)
        assert found is not None
        assert found.window == timedelta(days=window)
    assert burst_of("abcd", days_ago=7.1, other_recent=0, other_earlier=60) is None
