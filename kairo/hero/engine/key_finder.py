"""Finds the keys of given phrases in texts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat

from kairo.hero.engine.phrase_keys import joined_key
from kairo.hero.engine.phrase_words import KnownWord, KnownWords, SharedWords, carries_meaning, is_topical, word_facts
from kairo.hero.engine.phrases import MAX_WORDS
from kairo.hero.text.scripts import is_unspaced, pieces
from kairo.hero.text.stems import stem
from kairo.hero.text.words import TokenizedText


class KeyFinder:
    """Finds the keys of phrases in texts, as `PhraseFinder` does where no two authors share a word, and nothing else.

    A word has its key, and so has a phrase of several words that begins with one of the `openings`, or that is one of
    `shared.tags`. How phrases are written is left out: only topics need it, and it takes half of the time.
    """

    def __init__(self, *, openings: frozenset[str], shared: SharedWords) -> None:
        self._openings, self._shared = openings, shared
        self._starts = openings | shared.hashtag_starts

    def add(self, text: TokenizedText, language: str, said: set[str], tagged: dict[str, None]) -> None:
        """Adds the keys of a text to those that it says and to those of its hashtags, which keep their order."""
        folded = text.folded
        if text.hashtags or is_unspaced(text.shown):
            for place, word in enumerate(folded):
                keys = pieces(word) if is_unspaced(word) else (stem(word, language),)
                if place in text.hashtags:
                    tagged.update(dict.fromkeys(keys))
                else:
                    said.update(keys)
        else:
            said.update(map(stem, folded, repeat(language)))
        for start, word in enumerate(folded[:-1]):
            if word in self._starts and text.follows[start + 1] and not is_unspaced(word):
                said.update(self._keys_from(text, start, language))

    def _keys_from(self, text: TokenizedText, start: int, language: str) -> Iterator[str]:
        """The keys of the phrases of several words that begin at a word."""
        folded, shared = text.folded, self._shared
        joined, wanted = folded[start], folded[start] in self._openings
        if not (wanted or text.hyphened(start + 1) or carries_meaning(text, start, word_facts(joined, language))):
            return
        for place in range(start + 1, min(start + MAX_WORDS, len(folded))):
            if not text.follows[place] or not (wanted or joined in shared.hashtag_starts):
                return
            key = joined_key(joined, folded[place], language)
            if wanted or (key in shared.hashtags and is_topical(text, self._learnt(text, language), start, place)):
                yield key
            joined += folded[place]

    def _learnt(self, text: TokenizedText, language: str) -> list[KnownWord]:
        known = KnownWords(language, self._openings, self._shared)
        return [known[folded] for folded in text.folded]
