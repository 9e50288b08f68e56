"""Properties of a phrase in the posts of a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.folding import fold, strip_accents

MIN_AUTHORS = 2
NEARLY_ALL = 0.75
"""A topic is called by the longer phrase that so many of its posts contain, and one word has so many of its forms."""
MIN_WRITING_AUTHORS = 3
LEADING_SHARE = 0.6
"""A single word is what posts are about where so many of them begin with it."""
_FEW_FORMS = frozenset({"de", "en", "es", "fr", "it", "nl", "pt"})
_MIN_HALF_CHARS = 4


def author_count(posts: Iterable[TokenizedPost]) -> int:
    """How many authors the posts have."""
    return len({post.author_key for post in posts})


def is_written_about(anchor: str, members: Sequence[TokenizedPost]) -> bool:
    """Whether most of three authors or more begin with the word."""
    leading = [member for member in members if anchor in member.leading_keys]
    return len(leading) >= LEADING_SHARE * len(members) and author_count(leading) >= MIN_WRITING_AUTHORS


def is_one_word(anchor: str, members: Sequence[TokenizedPost]) -> bool:
    """Whether nearly all posts mean one word: stemmers give "customs" and "customer" one key.

    Judged in languages whose nouns change at the end by little more than a plural.
    """
    forms = [
        _form(phrase.surface)
        for member in members
        if member.language in _FEW_FORMS
        for phrase in member.phrases.get(anchor, ())[:1]
        if phrase.size == 1
    ]
    return not forms or max(Counter(forms).values()) >= NEARLY_ALL * len(forms)


@lru_cache(maxsize=8_192)
def _form(word: str) -> str:
    """A word without case and plural endings: "Volunteers" and "volunteer" are one, "customs" and "customer" two."""
    return strip_accents(fold(word)).removesuffix("s").rstrip("aeiouy")


def is_in_text(key: str, posts: Sequence[TokenizedPost]) -> bool:
    """Whether some post contains the phrase, or both halves of what a tag runs together."""
    for post in posts:
        if key in post.caption_keys:
            return True
    halves = [(key[:cut], key[cut:]) for cut in range(2, len(key) - 1)]
    return any(
        (first in post.caption_keys or first in post.transcript_keys)
        and (second in post.caption_keys or second in post.transcript_keys)
        for post in posts
        for first, second in halves
    )


def has_part_in_text(key: str, posts: Iterable[TokenizedPost]) -> bool:
    """Whether two authors say a half of what a tag runs together: "late" or "payment" for #latepayments."""
    hinting = set()
    for post in posts:
        words = [word for word in post.caption_keys | post.transcript_keys if len(word) >= _MIN_HALF_CHARS]
        for cut in range(_MIN_HALF_CHARS, len(key) - 2):
            if key[:cut] in words or any(word.startswith(key[cut:]) for word in words):
                hinting.add(post.author_key)
    return len(hinting) >= MIN_AUTHORS
