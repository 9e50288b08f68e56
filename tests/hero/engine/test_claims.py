"""Claims are recomputed from what they cite."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kairo.hero.dto import ClaimDTO, MetricsDTO
from kairo.hero.engine.claims import ClaimWindow, numbers, read_window, recompute, why_unproven, write_window
from tests.hero.builders import AS_OF, an_id, brand, campaign, post

DAY = timedelta(days=1)
POSTS = {
    item.id: item
    for item in (
        post("one", "first 41 things", author="Anna", hours_ago=10, metrics=MetricsDTO(views=100, likes=7)),
        post("two", "second", author="anna", hours_ago=30, metrics=MetricsDTO(views=None, likes=-1)),
        post("three", "third", author="ben", hours_ago=24 * 12, metrics=MetricsDTO(views=-1, likes=3)),
        post("undated", "fourth", author="cleo", hours_ago=None, metrics=MetricsDTO(views=5)),
    )
}
BRAND = brand(campaigns=(campaign("30-day sprint", "2025-11-03", "2025-11-10"),))


def claim(metric: str, value: str = "", *, window: str = "", text: str = "", cited: Any = None) -> ClaimDTO:
    ids = tuple(an_id(name) for name in ("one", "two", "three", "undated")) if cited is None else cited
    return ClaimDTO(text=text, metric=metric, value=value, window=window, evidence_ids=ids)


def value_of(metric: str, *, window: str = "", cited: Any = None) -> str:
    return recompute(claim(metric, window=window, cited=cited), evidence=POSTS, as_of=AS_OF, brand=BRAND)


LAST_WEEK = write_window(start=AS_OF - 7 * DAY, end=AS_OF)


@pytest.mark.parametrize(
    ("metric", "window", "value"),
    [
        ("posts", "", "4"),
        ("posts", LAST_WEEK, "2"),
        ("authors", "", "3"),
        ("authors", LAST_WEEK, "1"),
        ("platforms", "", "1"),
        ("views", "", "105"),
        ("views", LAST_WEEK, "100"),
        ("likes", "", "10"),
        ("span_days", "", "11"),
        ("span_days", LAST_WEEK, "0"),
        ("days_until_start", "2025-11-03T00:00:00Z/2025-11-10T23:59:59Z", "2"),
        ("days_until_end", "2025-11-03/2025-11-10", "9"),
    ],
)
def test_claim_metric_counts_the_cited_posts_of_its_window(metric: str, window: str, value: str) -> None:
    assert value_of(metric, window=window) == value


def test_claim_counts_a_post_cited_twice_once() -> None:
    assert value_of("posts", cited=(an_id("one"), an_id("one"))) == "1"


@pytest.mark.parametrize(
    "bad",
    [
        claim("posts", cited=()),
        claim("posts", cited=(an_id("stranger"),)),
        claim("charm"),
        claim("posts", window="lately"),
        claim("posts", window="2025-99-99/.."),
        claim("days_until_end", window="2025-11-03/2025-11-11"),
        claim("days_until_end"),
    ],
)
def test_claim_that_cannot_be_recomputed_is_refused(bad: ClaimDTO) -> None:
    with pytest.raises(ValueError, match=r"."):
        recompute(bad, evidence=POSTS, as_of=AS_OF, brand=BRAND)
    assert why_unproven(bad, evidence=POSTS, as_of=AS_OF, brand=BRAND)


@pytest.mark.parametrize(
    "text",
    [
        "2 posts in the last 7 days",
        "2 posts in the last 168 hours",
        "2 posts, one of 41 things",
        "2 posts before the 30-day sprint",
        "2 posts since 25 October",
    ],
)
def test_claim_text_may_have_numbers_of_value_window_posts_and_brand(text: str) -> None:
    sound = claim("posts", "2", window=LAST_WEEK, text=text)
    assert why_unproven(sound, evidence=POSTS, as_of=AS_OF, brand=BRAND) is None


@pytest.mark.parametrize("text", ["2 posts, 400 % more", "2 posts by 17 people", "2 posts in 9 days"])
def test_claim_text_with_any_other_number_is_refused(text: str) -> None:
    bad = claim("posts", "2", window=LAST_WEEK, text=text)
    assert "is not in the evidence" in str(why_unproven(bad, evidence=POSTS, as_of=AS_OF, brand=BRAND))


def test_claim_with_a_wrong_value_names_the_right_one() -> None:
    bad = claim("posts", "5", window=LAST_WEEK, text="5 posts")
    assert why_unproven(bad, evidence=POSTS, as_of=AS_OF, brand=BRAND) == "it says 5 where the evidence gives 2"


def test_claim_windows_are_written_and_read_back() -> None:
    start = datetime(2025, 10, 3, 4, 5, 6, 789, tzinfo=UTC)
    assert read_window(write_window(start=start, end=None)) == ClaimWindow(start=start, end=None)
    assert read_window(write_window(start=None, end=AS_OF)) == ClaimWindow(start=None, end=AS_OF)
    assert write_window(start=None, end=None) == ""
    assert read_window("") == ClaimWindow(start=None, end=None)


def test_claim_window_with_bounds_excludes_undated_posts() -> None:
    assert not ClaimWindow(start=None, end=AS_OF).contains(None)
    assert ClaimWindow(start=None, end=None).contains(None)


def test_numbers_are_read_across_separators_and_scripts() -> None:
    assert numbers("1,240,000 views, 1.240 Aufrufe, 2\u202f000 vues, ४१, 13-week") == [
        "1240000",
        "1240",
        "2000",
        "41",
        "13",
    ]
    assert numbers("1, 2 and 3") == ["1", "2", "3"]
    assert numbers("7" * 5_000) == []


def test_claim_is_refused_after_its_post_changed() -> None:
    sound = claim("views", "100", window=LAST_WEEK, text="100 views")
    assert why_unproven(sound, evidence=POSTS, as_of=AS_OF, brand=BRAND) is None
    changed = POSTS | {an_id("one"): replace(POSTS[an_id("one")], metrics=MetricsDTO(views=101))}
    assert why_unproven(sound, evidence=changed, as_of=AS_OF, brand=BRAND)
