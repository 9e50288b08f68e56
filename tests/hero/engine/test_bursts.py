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


def test_four_voices_in_three_days_where_none_were_is_a_burst() -> None:
    burst = find_burst(mentions(0.1, 1, 2, 2.9), USUAL)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.authors, burst.earlier) == (3, 4, 4, 0)
    assert burst.p < 0.01


def test_a_slower_topic_is_judged_over_seven_days() -> None:
    burst = find_burst(mentions(0.5, 3.5, 4.5, 5.5, 6.5), USUAL)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.authors) == (7, 5, 5)


def test_the_window_that_tells_most_clearly_is_used() -> None:
    burst = find_burst(mentions(0.1, 0.7, 1.25, 3.04, 3.5, 4.2), mentions(1, 2, 3.5, 5, 9, 12, 15, 20, 25))
    assert burst is not None
    assert (burst.window.days, burst.authors) == (7, 6)


def test_counts_over_all_stored_posts_replace_what_was_read_of_a_topic() -> None:
    others = OtherPosts(by_age=[5] * 30, oldest=AS_OF - timedelta(days=29), phrase_posts_by_age=[2, 2, 2, *[2] * 27])
    topic = mentions(0.1, 1, 2, 2.9)
    assert find_burst(topic, USUAL) is not None
    assert find_burst_among(topic, others, as_of=AS_OF) is None


def test_two_voices_are_never_a_burst() -> None:
    assert find_burst(mentions(0.1, 1, 2, 2.5, authors="ab"), USUAL) is None


def test_half_of_the_posts_by_one_author_are_too_many() -> None:
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, 2.5, authors="aabcad"), USUAL) is None
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, authors="aabcd"), USUAL) is not None


def test_a_topic_as_frequent_before_is_none() -> None:
    assert find_burst(mentions(1, 2, 2.5, 5, 8, 11, 14, 17, 20), USUAL) is None


def test_a_topic_that_grows_only_with_everything_is_none() -> None:
    busy = mentions(*[0.1 * step for step in range(20)], 9)
    assert find_burst(mentions(0.1, 1, 2, 2.9), busy) is None


def test_without_earlier_posts_there_is_nothing_to_compare() -> None:
    assert find_burst(mentions(0.1, 1, 2), mentions(1, 2)) is None


def test_future_posts_do_not_count() -> None:
    assert find_burst(mentions(-0.1, -1, -2, -2.9), USUAL) is None


@pytest.mark.parametrize(("count", "expected"), [(0, 2.0), (1, 0.5), (3, 0.5), (5, 1.0), (40, 1e-3)])
def test_the_poisson_tail_is_exact(count: int, expected: float) -> None:
    exact = 1 - sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(count))
    assert poisson_tail(count, expected) == pytest.approx(exact, abs=1e-12)


def test_a_series_bursts_where_it_leaves_its_noise() -> None:
    calm = [20.0, 23, 18, 22, 19, 21, 20, 24, 17, 22, 20, 19, 21, 23, 20, 18]
    assert series_bursts(calm) == []
    assert series_bursts([*calm, 60, 21]) == [len(calm)]
    assert series_bursts([*calm[:10], 60]) == []
