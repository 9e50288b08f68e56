"""Cuts a text into words, keeping where each stood so that a phrase can be shown as it was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from kairo.hero.text.folding import bare, fold, marks, plain

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


class Text(NamedTuple):
    """A text and its words; `shown` is the plain text that word positions refer to."""

    shown: str
    words: tuple[Word, ...]


def read(text: str, *, max_chars: int = MAX_CHARS) -> Text:
    """The words of a text, in order. Mentions of accounts are not words."""
    if len(text) <= min(max_chars, MAX_CHARS):
        return _read_short(text)
    return _read(text, max_chars)


@lru_cache(maxsize=4_096)
def _read_short(text: str) -> Text:
    """The captions of one board, which gates, engine and review each read, and its transcripts. About 6 kB a text."""
    return _read(text, MAX_CHARS)


def _read(text: str, max_chars: int) -> Text:
    shown = plain(text[: max_chars * 2])[:max_chars]
    # Few texts hold vowel signs; without them letters are one character class, which is found four times as fast.
    pattern = _WORD_WITHOUT_MARKS if shown.isascii() or _mark().search(shown) is None else _word()
    parts = pattern.split(shown)
    ends = [*accumulate(map(len, parts))]
    words: list[Word] = []
    was_running = False
    for gap, found, start, end in zip(parts[::2], parts[1::2], ends[::2], ends[1::2], strict=False):
        joins, hyphen, ends_sentence = _gap(gap)
        if found[0] not in _SIGNS:
            follows = was_running and joins
            words.append(
                _word_of((found, _folded(found), start, end, False, follows, follows and hyphen, ends_sentence))
            )
            was_running = True
        else:
            was_running = False
            if found[0] != "@":
                surface = found.lstrip("#\uff03 ")
                words.append(_word_of((surface, _folded(surface), start, end, True, False, False, ends_sentence)))
    if words and not words[0].opens:
        words[0] = words[0]._replace(opens=True)
    return Text(shown, tuple(words))


_word_of: Callable[[tuple[str, str, int, int, bool, bool, bool, bool]], Word] = partial(tuple.__new__, Word)
"""As `Word._make`, in a third of the time: every word of every text is made by it."""
_SIGNS = "#\uff03@"
# A word, a hashtag or a mention, in one group: a text split by it is gaps and these by turns.
_WORD_WITHOUT_MARKS = re.compile(r"([^\W_]+(?:'[^\W_]+)?|[#\uff03]\s?\w+|@[\w.]+)")


@lru_cache(maxsize=1_024)
def _gap(gap: str) -> tuple[bool, bool, bool]:
    """Whether the words around a gap can form a phrase, whether a hyphen joins them, and whether a sentence ends."""
    return gap in _JOINING_GAPS, gap == "-", gap != " " and _SENTENCE_END.search(gap) is not None


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{marks()}]")


@cache
def _word() -> re.Pattern[str]:
    letter = rf"(?:[^\W_]|[{marks()}])"
    return re.compile(rf"([#\uff03]\s?(?:{letter}|_)+|@[\w.]+|{letter}+(?:'{letter}+)?)")


@lru_cache(maxsize=65_536)
def _folded(surface: str) -> str:
    folded = bare(surface.casefold())
    if folded.isalnum():
        return folded
    return folded.removesuffix("'s").replace("'", "").replace("_", "")


def camel_parts(hashtag: str) -> list[str]:
    """The words that capitals and underscores mark inside a hashtag: "YearEndClose" gives three."""
    return [part for chunk in hashtag.split("_") for part in _CAMEL.split(chunk) if part]


def word_set(text: str) -> frozenset[str]:
    """The distinct folded words of a text, hashtags among them; for measuring likeness."""
    return frozenset(word.folded for word in read(text).words)


def title_words(title: str) -> frozenset[str]:
    """What titles are compared by. A title of signs alone is its own single word."""
    return word_set(title) or frozenset({fold(title).strip()})


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index of two word sets, 0 to 1; two empty sets have nothing in common."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
