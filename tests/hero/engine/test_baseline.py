"""Bursts can be detected from the day on which enough posts lie before the burst window."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, EvidenceItemDTO, WindowCountsDTO
from kairo.hero.engine.baseline import baseline_from, counts_of, has_baseline
from kairo.hero.gates.thresholds import BURST_WINDOW
from kairo.hero.gates.thresholds import MIN_BASELINE_POSTS as ENOUGH
from tests.hero.builders import AS_OF, post

WEEK_H = 7 * 24


def posts(*hours_ago: float | None) -> list[EvidenceItemDTO]:
    return [post(f"p{n}", "text", hours_ago=hours) for n, hours in enumerate(hours_ago)]


@pytest.mark.parametrize(
    ("hours_ago", "expected"),
    [
        ([WEEK_H + n for n in range(ENOUGH)], True),  # the youngest of them is exactly a week old
        ([WEEK_H + n for n in range(ENOUGH - 1)], False),
        ([WEEK_H + n for n in range(ENOUGH - 1)] + [WEEK_H - 0.001], False),
        ([WEEK_H + n for n in range(ENOUGH)] + [1, 2, 3], True),
        ([WEEK_H + n for n in range(ENOUGH - 1)] + [None] * 5, False),  # what has no date was not published before
        ([WEEK_H + n for n in range(ENOUGH)] + [1 + n for n in range(4 * ENOUGH)], True),  # a fifth of all
        ([WEEK_H + n for n in range(ENOUGH)] + [1 + n for n in range(4 * ENOUGH + 1)], False),
        ([1.0, 2, 3], False),
        ([], False),
    ],
)
def test_baseline_needs_enough_posts_before_the_burst_window(hours_ago: list[float | None], expected: bool) -> None:
    counts = counts_of(posts(*hours_ago), as_of=AS_OF)
    assert has_baseline(counts, AS_OF) is expected


def test_baseline_begins_a_week_after_the_last_post_it_needs() -> None:
    counts = counts_of(posts(*range(1, 21)), as_of=AS_OF)
    needed = AS_OF - timedelta(hours=21 - ENOUGH)
    assert counts.baseline_from == needed + BURST_WINDOW
    assert counts.oldest_published_at == AS_OF - timedelta(hours=20)
    assert not has_baseline(counts, AS_OF)


def test_baseline_of_few_dated_posts_begins_a_week_after_the_oldest() -> None:
    few = posts(5, None, 9)
    assert len(few) < ENOUGH
    assert counts_of(few, as_of=AS_OF).baseline_from == AS_OF - timedelta(hours=9) + BURST_WINDOW
    assert counts_of(posts(None, None), as_of=AS_OF).baseline_from is None
    assert baseline_from([]) is None


def test_baseline_moment_is_the_one_at_which_there_is_a_baseline() -> None:
    items = posts(*range(10, 30))
    begins = counts_of(items, as_of=AS_OF).baseline_from
    assert begins is not None
    for moment, expected in ((begins, True), (begins - timedelta(microseconds=1), False)):
        assert has_baseline(counts_of(items, as_of=moment), moment) is expected


def test_baseline_is_missing_with_few_posts_whatever_moment_is_shown() -> None:
    counts = WindowCountsDTO(
        posts=3,
        authors=3,
        days=(DayCountDTO(age_days=20, platform=Platform.X, posts=3, authors=3),),
        baseline_from=AS_OF - timedelta(days=13),
    )
    assert not has_baseline(counts, AS_OF)


def test_window_counts_are_by_platform_and_day_of_24_hours() -> None:
    items = [
        post("a", "", author="Anna", hours_ago=1),
        post("b", "", author=" anna", hours_ago=23.9),
        post("c", "", author="ben", hours_ago=24),
        post("d", "", author=" ", hours_ago=25),
        post("e", "", author=" ", hours_ago=26),
        post("later", "", hours_ago=-1),
        post("undated", "", author="ben", hours_ago=None),
    ]
    counts = counts_of(items, as_of=AS_OF)
    assert (counts.posts, counts.authors) == (6, 4)  # posts without an author have one each
    assert [(day.age_days, day.posts, day.authors) for day in counts.days] == [(0, 2, 1), (1, 3, 3)]
