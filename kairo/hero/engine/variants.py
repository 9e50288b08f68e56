"""Unifies keys where the stemmers of two languages give one spelling different keys."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from kairo.hero.engine.phrase_words import Phrase
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.folding import strip_accents


def with_common_keys(posts: Sequence[TokenizedPost]) -> list[TokenizedPost]:
    """The posts with one key wherever the stemmers of two languages gave the same spelling two.

    "Halloween" has one stem in English and another in Spanish. The key of most posts stays; of equals, the longer.
    """
    if len({post.language for post in posts}) < 2:
        return list(posts)
    renamed = _renamed(posts)
    return [_rename(post, renamed) for post in posts] if renamed else list(posts)


def _renamed(posts: Sequence[TokenizedPost]) -> dict[str, str]:
    keys_of: defaultdict[str, set[str]] = defaultdict(set)
    spelled = {
        (phrase.surface, phrase.size, key) for post in posts for key, shown in post.phrases.items() for phrase in shown
    }
    for shown, size, key in spelled:
        keys_of[_spelling(shown, size)].add(key)
    ambiguous = frozenset(key for keys in keys_of.values() if len(keys) > 1 for key in keys)
    counts = Counter(
        spelling_and_key
        for post in posts
        for key in ambiguous & post.phrases.keys()
        for spelling_and_key in {(_spelling(phrase.surface, phrase.size), key) for phrase in post.phrases[key]}
    )
    renamed: dict[str, str] = {}
    for spelling, keys in sorted(keys_of.items()):
        if len(keys) > 1:
            kept = max(keys, key=lambda key: (counts[spelling, key], len(key), key))
            for key in keys:
                if key != kept and kept not in renamed:
                    renamed.setdefault(key, kept)
    return renamed


@lru_cache(maxsize=16_384)
def _spelling(shown: str, size: int) -> str:
    shown = shown.casefold()
    return strip_accents(shown if size == 1 else re.sub(r"[\W_]", "", shown))


def _rename(post: TokenizedPost, renamed: Mapping[str, str]) -> TokenizedPost:
    if post.written_keys.isdisjoint(renamed) and post.transcript_keys.isdisjoint(renamed):
        return post
    shown: dict[str, tuple[Phrase, ...]] = {}
    for key, found in post.phrases.items():
        kept = renamed.get(key, key)
        shown[kept] = shown.get(kept, ()) + found
    return replace(
        post,
        caption_keys=_mapped(post.caption_keys, renamed),
        hashtag_keys=_mapped(post.hashtag_keys, renamed),
        transcript_keys=_mapped(post.transcript_keys, renamed),
        description_keys=_mapped(post.description_keys, renamed),
        written_keys=_mapped(post.written_keys, renamed),
        joined_words=tuple(renamed.get(tag, tag) for tag in post.joined_words),
        phrases=shown,
    )


def _mapped(keys: Iterable[str], renamed: Mapping[str, str]) -> frozenset[str]:
    return frozenset(renamed.get(key, key) for key in keys)
