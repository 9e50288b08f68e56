"""Post counts by day, and the posts that a topic is compared with."""

from __future__ import annotations

from datetime import timedelta

from kairo.core.enums import Platform
from kairo.hero.dto import DayCountDTO, PhraseCountDTO, WindowCountsDTO
from kairo.hero.engine.baseline import counts_of
from kairo.hero.engine.brand_subject import BrandSubject
from kairo.hero.engine.tokenized_posts import tokenize_post
from kairo.hero.engine.window_days import considered, window_days
from tests.hero.builders import AS_OF, brand, post

POSTS = [post(f"p{n}", "text", hours_ago=hours) for n, hours in enumerate((1, 2, 25, 50, None))]


def test_considered_posts_are_ordered_by_id_without_own_and_future_ones() -> None:
    subject = BrandSubject(brand(handles=("tidewater",)))
    own, later = post("own", "text", author="@Tidewater"), post("later", "text", hours_ago=-1)
    expected = sorted(POSTS, key=lambda one: one.id)
    assert considered([*POSTS, own, later, POSTS[0]], subject, as_of=AS_OF) == expected


def test_other_posts_are_those_read_without_the_topics_own() -> None:
    days = window_days(POSTS, counts_of(POSTS, as_of=AS_OF), as_of=AS_OF)
    assert days.considered == (2, 1, 1)
    others = days.other_posts("text", [tokenize_post(POSTS[0]), tokenize_post(POSTS[4])])
    assert list(others.by_age) == [1, 1, 1]
    assert others.phrase_posts_by_age is None


def test_other_posts_are_all_stored_ones_where_the_phrase_was_counted() -> None:
    counts = WindowCountsDTO(
        posts=9,
        authors=9,
        days=tuple(DayCountDTO(age_days=age, platform=Platform.X, posts=3, authors=3) for age in range(3)),
        phrases=(PhraseCountDTO(key="saw", age_days=1, posts=2, authors=2),),
    )
    days = window_days(POSTS, counts, as_of=AS_OF)
    others = days.other_posts("saw", [tokenize_post(POSTS[0])])
    assert list(others.by_age) == [3, 1, 3]
    assert others.phrase_posts_by_age == (0, 2)


def test_share_needs_three_authors_of_a_week_none_with_half_of_the_posts() -> None:
    days = window_days(POSTS, counts_of(POSTS, as_of=AS_OF), as_of=AS_OF)
    members = [tokenize_post(item) for item in POSTS]
    share = days.share_of(members)
    assert share is not None
    assert (share.window, share.posts, share.authors, share.total) == (timedelta(days=7), 4, 4, 5)
    assert days.share_of(members[:2]) is None
    old = [tokenize_post(post(f"old-{n}", "text", hours_ago=24 * 8)) for n in range(3)]
    assert days.share_of(old) is None
