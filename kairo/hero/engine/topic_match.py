"""Matches phrases in posts, inflected or joined, in captions, hashtags and transcripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.phrase_keys import phrase_key
from kairo.hero.engine.post_tokenizer import PostTokenizer
from kairo.hero.engine.tokenized_posts import TokenizedPost, tokenize_post
from kairo.hero.text.folding import fold
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.words import tokenize

_MIN_EDGE_CHARS = 5
_MIN_JOINED_CHARS = 8


def has_key(post: TokenizedPost, key: str) -> bool:
    """Whether the post contains the phrase with this key, in its own words, inside a hashtag, or spoken."""
    if key in post.written_keys or key in post.transcript_keys:
        return True
    return len(key) >= _MIN_EDGE_CHARS and any(tag.startswith(key) or tag.endswith(key) for tag in post.joined_words)


def edges_of(tag: str) -> list[str]:
    """The beginnings and ends of a hashtag that may be phrases."""
    sizes = range(_MIN_EDGE_CHARS, len(tag))
    return [tag[:size] for size in sizes] + [tag[-size:] for size in sizes]


def edges_of_tags(posts: Iterable[TokenizedPost]) -> dict[str, list[str]]:
    """The edges of each hashtag of the posts: most hashtags of a board are in many posts."""
    return {tag: edges_of(tag) for tag in {tag for post in posts for tag in post.joined_words}}


class PhraseMatcher:
    """Answers whether posts contain phrases, for posts of a brand with these languages.

    With a `reader` that looks for the phrases, posts are read once; others are read again for each phrase.
    """

    def __init__(self, languages: Sequence[str], *, reader: PostTokenizer | None = None) -> None:
        self._languages = tuple(languages)
        self._reader = reader
        self._known: dict[tuple[UUID, str], bool] = {}

    def has_phrase(self, item: EvidenceItemDTO, phrase: str) -> bool:
        """Whether the post contains the phrase. A phrase without words is said by no post."""
        if (item.id, phrase) not in self._known:
            self._known[item.id, phrase] = self._has_phrase(item, phrase)
        return self._known[item.id, phrase]

    def _has_phrase(self, item: EvidenceItemDTO, phrase: str) -> bool:
        opening = opening_of(phrase)
        if opening is None:
            return False
        reader = self._reader
        if reader is None or not reader.finds(opening):
            reader = PostTokenizer(languages=self._languages, openings=[opening])
        post = reader.tokenize(item)
        if is_unspaced(phrase):
            sought = fold(phrase).replace(" ", "")
            return any(sought in text for text in post.unspaced_texts)
        languages = dict.fromkeys([post.language, *(one.lower()[:2] for one in self._languages), "en"])
        keys = {phrase_key(phrase, language) for language in languages}
        if any(has_key(post, key) for key in keys):
            return True
        # A phrase written as one word may be two words in the post: "picklebrine", "pickle brine".
        return " " not in phrase and len(phrase) >= _MIN_JOINED_CHARS and self._has_phrase_in_parts(item, keys)

    def _has_phrase_in_parts(self, item: EvidenceItemDTO, keys: Iterable[str]) -> bool:
        post = tokenize_post(item, languages=self._languages, openings=frozenset())
        return any(has_key(post, key) for key in keys)


def opening_of(phrase: str) -> str | None:
    """The first word of a phrase, folded; None where it has none."""
    words = tokenize(phrase).folded
    return words[0] if words else None
