"""Excludes the brand's own posts, which are no evidence of demand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Protocol, TypeVar

from kairo.hero.text.handles import handle_of, handles_of


class Authored(Protocol):
    @property
    def author_ref(self) -> str: ...


Post = TypeVar("Post", bound=Authored)


def exclude_own_posts(posts: Iterable[Post], handles: Sequence[str]) -> tuple[Post, ...]:
    """The posts of authors other than the brand's own accounts."""
    own = handles_of(handles)
    if not own:
        return tuple(posts)
    name_of = cache(handle_of)  # authors repeat
    return tuple(post for post in posts if name_of(post.author_ref) not in own)
