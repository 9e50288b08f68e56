"""Step 5 of the engine: finds the topics that several authors share, strongest first."""

from __future__ import annotations

from collections.abc import Callable

from kairo.hero.engine.topic_postings import Postings
from kairo.hero.engine.topic_words import (
    MIN_AUTHORS,
)
from kairo.hero.engine.topics import Topic, TopicSearch

MAX_TAKEN = 0.5
"""A topic may share so many of its posts with stronger ones."""
_MAX_OFF_BRAND = 200
"""So many of the strongest topics that are not the brand's business are looked at, to say why they were dropped."""


def find_topics(board: TopicSearch, *, accept: Callable[[Topic], bool]) -> None:
    """Offers the board's topics to `accept`, strongest first: the brand's own, then what is of now.

    A post is in one accepted topic; a later topic may take along posts of stronger ones, where most of its posts are
    its own and it is accepted only with them. A topic that is not accepted leaves its posts free. Which posts a topic
    has depends on those that share its phrases, never on how much else is on the board.
    """
    postings = Postings(board)
    taken: set[int] = set()
    off_brand = 0
    for anchor in postings.ranked():
        posts = postings.of(anchor)
        if not postings.fits(anchor):
            off_brand += 1
            if off_brand > _MAX_OFF_BRAND:
                break
        free = posts if taken.isdisjoint(posts) else [place for place in posts if place not in taken]
        if len(free) < len(posts) and postings.own_author_count(anchor, free) < MIN_AUTHORS:
            continue
        if accept(postings.topic(anchor, free)):
            taken.update(free)
        elif len(free) < len(posts) and len(posts) - len(free) <= MAX_TAKEN * len(posts) and postings.may_burst(posts):
            whole = postings.topic(anchor, posts)
            if whole.burst is not None and accept(whole):
                taken.update(free)
