"""A topic's authors and its dated posts."""

from __future__ import annotations

from kairo.hero.engine.bursts import DatedPost
from kairo.hero.engine.topics import Topic, dated_post, dated_posts
from tests.hero.engine.workshop_board import tokenized


def test_topic_counts_an_author_once_however_the_name_is_written() -> None:
    members = (*tokenized("one", author="Anna"), *tokenized("two", author=" anna"), *tokenized("three", author="ben"))
    assert Topic(anchor="one", terms=("one",), members=members, burst=None, is_in_text=True).authors == 2


def test_dated_posts_leave_out_posts_without_a_date() -> None:
    (dated,), (undated,) = tokenized("one", author="anna"), tokenized("two", hours_ago=None)
    assert dated.item.published_at is not None
    assert dated_posts([dated, undated]) == [DatedPost(dated.item.published_at, dated.author_key)]
    assert dated_post(undated) is None
