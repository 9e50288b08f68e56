"""A topic: the posts of several authors that share an anchor phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from kairo.hero.engine.bursts import (
    Burst,
    DatedPost,
    ShareBurst,
)
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.engine.window_days import WindowDays


@dataclass(frozen=True, slots=True)
class Topic:
    """The posts that share an anchor phrase.

    `members` are ordered by id; each has the anchor in its caption, a hashtag, a compound or its transcript. `terms`
    are the anchor and the keys of further phrases that most members share. `is_in_text` is false where the anchor
    occurs in hashtags only, `is_coherent` where the members share one common word and nothing else. `is_surging`
    compares the topic's recent posts with its own earlier ones; a `burst` also outgrows the rest of the board.
    `share` replaces a burst where there is no baseline. `root` is the key that the topic was found by; the anchor may
    be a longer phrase around it.
    """

    anchor: str
    terms: tuple[str, ...]
    members: tuple[TokenizedPost, ...]
    burst: Burst | None
    is_in_text: bool
    root: str = ""
    is_keyword: bool = False
    is_coherent: bool = True
    is_surging: bool = False
    share: ShareBurst | None = None

    @property
    def authors(self) -> int:
        return len({member.author_key for member in self.members})


@dataclass(frozen=True, slots=True)
class TopicSearch:
    """What topics are looked for in: the posts, the keys of the brand's phrases, and the moment.

    `long_keywords` are those of several words, which mean something even as a bare hashtag. `trade` are the keys of
    words for the brand's whole trade. `fits` says whether
    posts are the brand's business. `days` are counts over all posts of the window.
    """

    posts: Sequence[TokenizedPost]
    keywords: frozenset[str]
    long_keywords: frozenset[str]
    trade: frozenset[str]
    fits: Callable[[Sequence[TokenizedPost]], bool]
    days: WindowDays
    as_of: datetime


def dated_posts(members: Iterable[TokenizedPost]) -> list[DatedPost]:
    """The dated posts as mentions."""
    return [mention for member in members if (mention := dated_post(member)) is not None]


def dated_post(post: TokenizedPost) -> DatedPost | None:
    at = post.item.published_at
    return DatedPost(at, post.author_key) if at is not None else None
