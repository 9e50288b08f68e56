"""Tokenizes posts for given phrases only, as review needs them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from uuid import UUID

from kairo.hero.dto import EvidenceItemDTO
from kairo.hero.engine.key_finder import KeyFinder
from kairo.hero.engine.parsed_posts import (
    MAX_HASHTAGS,
    ParsedPost,
    compounds_of,
    parsed_post,
    unspaced_text,
)
from kairo.hero.engine.phrases import phrases
from kairo.hero.engine.shared_words import NOTHING_SHARED, with_joined_keys
from kairo.hero.engine.tokenized_posts import TokenizedPost
from kairo.hero.text.words import camel_parts, tokenize


class PostTokenizer:
    """Reads posts for given phrases alone, each once: what review needs of the posts that candidates cite.

    `openings` are the first words, folded, of all phrases of several words that are looked for, `joined` the keys of
    words that posts may also write as two. The posts have no `phrases`, `leading_keys` or `caption_words`.
    """

    def __init__(self, *, languages: Sequence[str], openings: Iterable[str], joined: Iterable[str] = ()) -> None:
        self._languages, self._openings = tuple(languages), frozenset(openings)
        self._finder = KeyFinder(openings=self._openings, shared=with_joined_keys(NOTHING_SHARED, frozenset(joined)))
        self._known: dict[UUID, TokenizedPost] = {}

    def finds(self, opening: str) -> bool:
        """Whether phrases that begin with this word are looked for."""
        return opening in self._openings

    def tokenize(self, item: EvidenceItemDTO) -> TokenizedPost:
        """The post with the keys of its words, its hashtags and the phrases looked for."""
        if item.id not in self._known:
            self._known[item.id] = self._reading(parsed_post(item, self._languages))
        return self._known[item.id]

    def _reading(self, draft: ParsedPost) -> TokenizedPost:
        item, language, caption, secondary = draft.item, draft.language, draft.caption, draft.secondary
        said: set[str] = set()
        tagged: dict[str, None] = {}
        for text in (caption, draft.hashtag_text):
            self._finder.add(text, language, said, tagged)
        for place in caption.hashtags:
            tagged.update(dict.fromkeys(_keys_inside(caption.surfaces[place], language)))
        aside: set[str] = set()
        tagged_aside: dict[str, None] = {}
        self._finder.add(secondary, language, aside, tagged_aside)
        spoken, nothing = frozenset(aside.union(tagged_aside)), frozenset[str]()
        return TokenizedPost(
            item=item,
            language=language,
            author_key=draft.author_key,
            caption_keys=frozenset(said),
            hashtag_keys=frozenset(tagged),
            transcript_keys=spoken if item.has_transcript else nothing,
            description_keys=nothing if item.has_transcript else spoken,
            phrases={},
            caption_words=nothing,
            joined_words=(*tuple(tagged)[:MAX_HASHTAGS], *compounds_of(caption, language)),
            written_keys=frozenset(said.union(tagged)),
            unspaced_texts=(unspaced_text(caption.shown), unspaced_text(secondary.shown)),
        )


@lru_cache(maxsize=4_096)
def _keys_inside(hashtag: str, language: str) -> tuple[str, ...]:
    """The keys of the phrases of several words inside a hashtag with capitals."""
    parts = camel_parts(hashtag)
    found = phrases(tokenize(" ".join(parts)), language) if len(parts) > 1 else []
    return tuple(phrase.key for phrase in found if phrase.size > 1)
