"""A text tokenized once for all taboo terms."""

from __future__ import annotations

import re

from kairo.hero.text.spellings import spellings, unaccented
from kairo.hero.text.words import tokenize

_MAX_CHARS = 1_000_000
_PAUSE = re.compile(r"[.,;:!?\u2026()\[\]{}\"\u201c-\u201f\u00ab\u00bb\n\r|\u2022\u2013\u2014]")


class TabooText:
    """A text, its coarse key, its plain form, and its words with the spellings of each."""

    def __init__(self, text: str, key: str) -> None:
        self.text, self.key = text, key
        tokenized = tokenize(text, max_chars=_MAX_CHARS)
        self.shown, self.words = tokenized.shown, tokenized.words

    def forms(self, place: int) -> tuple[str, ...]:
        """The spellings of a word, without accents."""
        word = self.words[place]
        if word.surface.isascii():
            return (word.folded,)
        return tuple(sorted({word.folded, *map(unaccented, spellings(word.surface.casefold()))}))

    def pauses_between(self, first: int, last: int) -> bool:
        """Whether punctuation separates any two adjacent words from the first to the last."""
        return any(
            _PAUSE.search(self.shown, self.words[index].end, self.words[index + 1].start) is not None
            for index in range(first, last)
        )
