"""Cuts a text into words, keeping where each stood so that a phrase can be shown as it was written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from kairo.hero.text.folding import combining_marks, fold, plain, strip_accents

_BLANKS = (" ", "\t", "\u00a0")
_JOINING_GAPS = frozenset({"-", "/", "&", *_BLANKS, *(first + second for first in _BLANKS for second in _BLANKS)})
_SENTENCE_END = re.compile(r"[\n.!?\u3002\uff01\uff1f\u2026:|\u2013\u2014]")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

MAX_CHARS = 4_000
"""How much of one text is read for its topics; a longer one says nothing new."""


class Word(NamedTuple):
    """One word of a text.

    `folded` is for matching, `surface` for showing. `follows` is true where the word and the one before it can
    form a phrase; `hyphened` where a hyphen joins them; `opens` at the start of a sentence.
    """

    surface: str
    folded: str
    start: int
    end: int
    hashtag: bool
    follows: bool
    hyphened: bool
    opens: bool


class TokenizedText:
    """A text and its words; `shown` is the plain text that word positions refer to.

    `surfaces`, the `gaps` before them, `folded`, `follows` and `opens` are lists by the place of a word, `hashtags` the
    places of hashtags. `words` has the same by the word; most of what is asked of a text needs no word as a whole.
    """

    __slots__ = ("_parts", "_words", "folded", "follows", "gaps", "hashtags", "opens", "shown", "surfaces")

    def __init__(self, shown: str, parts: Sequence[str]) -> None:
        """A text and what it is made of: gaps and, by turns, words, hashtags and mentions."""
        self.shown = shown
        self._parts = parts
        self._words: tuple[Word, ...] | None = None
        gaps, found = parts[:-1:2], parts[1::2]
        follows = [gap in _JOINING_GAPS for gap in gaps]
        hashtags: list[int] = []
        if any(sign in shown for sign in _SIGNS):
            plain_words = [one[0] not in _SIGNS for one in found]
            follows = [
                joins and word and before
                for joins, word, before in zip(follows, plain_words, [False, *plain_words], strict=False)
            ]
            places = [place for place, one in enumerate(found) if one[0] != "@"]
            hashtags = [number for number, place in enumerate(places) if not plain_words[place]]
            found = [found[place] if plain_words[place] else found[place].lstrip("#\uff03 ") for place in places]
            gaps, follows = [gaps[place] for place in places], [follows[place] for place in places]
        self.surfaces, self.gaps, self.follows, self.hashtags = found, gaps, follows, hashtags
        self.folded = [*map(_folded, found)]
        self.opens = [*map(_ends_sentence, gaps)]
        if found:
            self.follows[0], self.opens[0] = False, True

    @property
    def words(self) -> tuple[Word, ...]:
        """The words, in order, hashtags among them and mentions of accounts not."""
        if self._words is None:
            self._words = self._made()
        return self._words

    def hyphened(self, place: int) -> bool:
        """Whether a hyphen joins the word and the one before it."""
        return self.follows[place] and self.gaps[place] == "-"

    def _made(self) -> tuple[Word, ...]:
        ends = [*accumulate(map(len, self._parts))]
        spans = [
            (ends[place - 1], ends[place]) for place in range(1, len(ends), 2) if not self._parts[place].startswith("@")
        ]
        return tuple(
            Word(
                self.surfaces[place],
                self.folded[place],
                start,
                end,
                place in self.hashtags,
                self.follows[place],
                self.hyphened(place),
                self.opens[place],
            )
            for place, (start, end) in enumerate(spans)
        )


def tokenize(text: str, *, max_chars: int = MAX_CHARS) -> TokenizedText:
    """The words of a text, in order. Mentions of accounts are not words."""
    if len(text) <= min(max_chars, MAX_CHARS):
        return _read_short(text)
    return _read(text, max_chars)


@lru_cache(maxsize=4_096)
def _read_short(text: str) -> TokenizedText:
    """The captions of one board, which gates, engine and review each read, and its transcripts. About 6 kB a text."""
    return _read(text, MAX_CHARS)


def _read(text: str, max_chars: int) -> TokenizedText:
    shown = plain(text[: max_chars * 2])[:max_chars]
    # Few texts hold vowel signs; without them letters are one character class, which is found four times as fast.
    pattern = _WORD_WITHOUT_MARKS if shown.isascii() or _mark().search(shown) is None else _word()
    return TokenizedText(shown, pattern.split(shown))


_TAG_SIGNS = "#\uff03"
_SIGNS = f"{_TAG_SIGNS}@"
# A word, a hashtag or a mention, in one group: a text split by it is gaps and these by turns.
_WORD_WITHOUT_MARKS = re.compile(r"([^\W_]+(?:'[^\W_]+)?|[#\uff03]\s?\w+|@[\w.]+)")


@lru_cache(maxsize=1_024)
def _ends_sentence(gap: str) -> bool:
    return _SENTENCE_END.search(gap) is not None


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{combining_marks()}]")


@cache
def _word() -> re.Pattern[str]:
    letter = rf"(?:[^\W_]|[{combining_marks()}])"
    return re.compile(rf"([#\uff03]\s?(?:{letter}|_)+|@[\w.]+|{letter}+(?:'{letter}+)?)")


@lru_cache(maxsize=65_536)
def _folded(surface: str) -> str:
    folded = strip_accents(surface.casefold())
    if folded.isalnum():
        return folded
    return folded.removesuffix("'s").replace("'", "").replace("_", "")


def camel_parts(hashtag: str) -> list[str]:
    """The words that capitals and underscores mark inside a hashtag: "YearEndClose" gives three."""
    return [part for chunk in hashtag.split("_") for part in _CAMEL.split(chunk) if part]


def word_set(text: str) -> frozenset[str]:
    """The distinct folded words of a text, hashtags among them; for measuring likeness."""
    return frozenset(tokenize(text).folded)


def title_words(title: str) -> frozenset[str]:
    """What titles are compared by. A title of signs alone is its own single word."""
    return word_set(title) or frozenset({fold(title).strip()})


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index of two word sets, 0 to 1; two empty sets have nothing in common."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
