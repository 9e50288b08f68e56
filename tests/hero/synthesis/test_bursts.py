"""When a topic breaks out."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from kairo.hero.synthesis.bursts import Mention, find_burst, poisson_tail, series_bursts
from tests.hero.builders import AS_OF


def mentions(*days_ago: float, voices: str = "abcdefghij") -> list[Mention]:
    return [Mention(AS_OF - timedelta(days=days), voices[index % len(voices)]) for index, days in enumerate(days_ago)]


USUAL = mentions(1, 4, 6, 8, 10, 12, 15, 18, 20, 25)


def test_four_voices_in_three_days_where_none_were_is_a_burst() -> None:
    burst = find_burst(mentions(0.1, 1, 2, 2.9), USUAL, as_of=AS_OF)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.voices, burst.earlier) == (3, 4, 4, 0)
    assert burst.p < 0.01


def test_a_slower_topic_is_judged_over_seven_days() -> None:
    burst = find_burst(mentions(0.5, 3.5, 4.5, 5.5, 6.5), USUAL, as_of=AS_OF)
    assert burst is not None
    assert (burst.window.days, burst.recent, burst.voices) == (7, 5, 5)


def test_which_window_tells_of_a_topic_does_not_depend_on_other_posts() -> None:
    topic = mentions(0.1, 0.7, 1.25, 1.8, 3.04)
    found = {
        burst.window
        for extra in range(12)
        if (burst := find_burst(topic, [*USUAL, *mentions(*[3.5] * extra)], as_of=AS_OF)) is not None
    }
    assert found == {timedelta(days=3)}


def test_two_voices_are_never_a_burst() -> None:
    assert find_burst(mentions(0.1, 1, 2, 2.5, voices="ab"), USUAL, as_of=AS_OF) is None


def test_half_of_the_posts_by_one_author_are_too_many() -> None:
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, 2.5, voices="aabcad"), USUAL, as_of=AS_OF) is None
    assert find_burst(mentions(0.1, 0.5, 1, 1.5, 2, voices="aabcd"), USUAL, as_of=AS_OF) is not None


def test_a_topic_as_frequent_before_is_none() -> None:
    assert find_burst(mentions(1, 2, 2.5, 5, 8, 11, 14, 17, 20), USUAL, as_of=AS_OF) is None


def test_a_topic_that_grows_only_with_everything_is_none() -> None:
    busy = mentions(*[0.1 * step for step in range(20)], 9)
    assert find_burst(mentions(0.1, 1, 2, 2.9), busy, as_of=AS_OF) is None


def test_without_earlier_posts_there_is_nothing_to_compare() -> None:
    assert find_burst(mentions(0.1, 1, 2), mentions(1, 2), as_of=AS_OF) is None


def test_future_posts_do_not_count() -> None:
    assert find_burst(mentions(-0.1, -1, -2, -2.9), USUAL, as_of=AS_OF) is None


@pytest.mark.parametrize(("count", "expected"), [(0, 2.0), (1, 0.5), (3, 0.5), (5, 1.0), (40, 1e-3)])
def test_the_poisson_tail_is_exact(count: int, expected: float) -> None:
    exact = 1 - sum(math.exp(-expected) * expected**k / math.factorial(k) for k in range(count))
    assert poisson_tail(count, expected) == pytest.approx(exact, abs=1e-12)


def test_a_series_bursts_where_it_leaves_its_noise() -> None:
    calm = [20.0, 23, 18, 22, 19, 21, 20, 24, 17, 22, 20, 19, 21, 23, 20, 18]
    assert series_bursts(calm) == []
    assert series_bursts([*calm, 60, 21]) == [len(calm)]
    assert series_bursts([*calm[:10], 60]) == []
