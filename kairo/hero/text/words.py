"""Tokenizes a text into words with their positions, so that a phrase can be shown as it was written."""

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
"""The number of characters of one text that are tokenized for its topics."""


class Word(NamedTuple):
    """One word of a text.

    `folded` is for matching, `surface` for display. `follows` is true if the word can form a phrase with the one before
    it, `hyphened` if a hyphen joins the two, and `opens` at the start of a sentence.
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
    """A text and its words; word positions refer to `shown`, the plain text.

    The columns `surfaces`, `gaps` (the text before each word), `folded`, `follows` and `opens` are lists by word index;
    `hashtags` contains the indexes of hashtags. `words` has the same by row, built at first use: most callers need only
    columns.
    """

    __slots__ = ("_parts", "_words", "folded", "follows", "gaps", "hashtags", "opens", "shown", "surfaces")

    def __init__(self, shown: str, parts: Sequence[str]) -> None:
        """`parts` alternates gaps with words, hashtags and mentions."""
        self.shown = shown
        self._parts = parts
        self._words: tuple[Word, ...] | None = None
        gaps, surfaces = parts[:-1:2], parts[1::2]
        follows = [gap in _JOINING_GAPS for gap in gaps]
        hashtags: list[int] = []
        if any(sign in shown for sign in _SIGNS):
            is_word = [surface[0] not in _SIGNS for surface in surfaces]
            follows = [
                joins and current and previous
                for joins, current, previous in zip(follows, is_word, [False, *is_word], strict=False)
            ]
            places = [place for place, surface in enumerate(surfaces) if surface[0] != "@"]
            hashtags = [index for index, place in enumerate(places) if not is_word[place]]
            surfaces = [surfaces[place] if is_word[place] else surfaces[place].lstrip("#\uff03 ") for place in places]
            gaps, follows = [gaps[place] for place in places], [follows[place] for place in places]
        self.surfaces, self.gaps, self.follows, self.hashtags = surfaces, gaps, follows, hashtags
        self.folded = [*map(_folded, surfaces)]
        self.opens = [*map(_ends_sentence, gaps)]
        if surfaces:
            self.follows[0], self.opens[0] = False, True

    @property
    def words(self) -> tuple[Word, ...]:
        """The words in order, including hashtags but not mentions of accounts."""
        if self._words is None:
            self._words = self._build_words()
        return self._words

    def hyphened(self, place: int) -> bool:
        """Whether a hyphen joins the word to the one before it."""
        return self.follows[place] and self.gaps[place] == "-"

    def _build_words(self) -> tuple[Word, ...]:
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
    """Tokenizes the first `max_chars` characters of the plain text. Mentions of accounts are no words."""
    if len(text) <= min(max_chars, MAX_CHARS):
        return _tokenize_short(text)
    return _tokenize(text, max_chars)


@lru_cache(maxsize=4_096)
def _tokenize_short(text: str) -> TokenizedText:
    """Cached, because gates, engine and review tokenize the same captions. About 6 kB a text."""
    return _tokenize(text, MAX_CHARS)


def _tokenize(text: str, max_chars: int) -> TokenizedText:
    shown = plain(text[: max_chars * 2])[:max_chars]
    # Few texts contain vowel signs; without them the pattern is four times as fast.
    pattern = _WORD_WITHOUT_MARKS if shown.isascii() or _mark().search(shown) is None else _word()
    return TokenizedText(shown, pattern.split(shown))


_TAG_SIGNS = "#\uff03"
_SIGNS = f"{_TAG_SIGNS}@"
# A word, a hashtag or a mention, in one group: re.split alternates gaps with these.
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
    """The words that capitals and underscores separate in a hashtag: "YearEndClose" has three."""
    return [part for chunk in hashtag.split("_") for part in _CAMEL.split(chunk) if part]


def word_set(text: str) -> frozenset[str]:
    """The distinct folded words of a text, including hashtags, for `jaccard`."""
    return frozenset(tokenize(text).folded)


def title_words(title: str) -> frozenset[str]:
    """The word set of a title; a title without words is one word."""
    return word_set(title) or frozenset({fold(title).strip()})


def jaccard(first: frozenset[str], second: frozenset[str]) -> float:
    """The Jaccard index of two word sets, 0 to 1; 0 for two empty sets."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
