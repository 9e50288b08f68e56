"""Cuts a text into words, keeping where each stood so that a phrase can be shown as it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kairo.hero.text.folding import MARKS, bare, plain

_LETTER = rf"(?:[^\W_]|[{MARKS}])"
_WORD = re.compile(rf"(?P<tag>[#\uff03]\s?(?:{_LETTER}|_)+)|(?P<at>@[\w.]+)|(?P<word>{_LETTER}+(?:'{_LETTER}+)?)")
_JOINABLE_GAP = re.compile(r"[ \t\u00a0]{1,2}|-|/|&")
_SENTENCE_END = re.compile(r"[.!?\u3002\uff01\uff1f\u2026:|\u2013\u2014]")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

MAX_CHARS = 4_000
"""How much of one text is read for its topics; a longer one says nothing new."""


@dataclass(frozen=True, slots=True)
class Word:
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


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its words; `shown` is the plain text that word positions refer to."""

    shown: str
    words: tuple[Word, ...]


def read(text: str, *, max_chars: int = MAX_CHARS) -> Text:
    """The words of a text, in order. Mentions of accounts are not words."""
    shown = plain(text[: max_chars * 2])[:max_chars]
    words: list[Word] = []
    end, was_running = 0, False
    for match in _WORD.finditer(shown):
        gap = shown[end : match.start()]
        end = match.end()
        if match["at"]:
            was_running = False
            continue
        hashtag = match["tag"] is not None
        surface = match.group().lstrip("#\uff03 ") if hashtag else match.group()
        folded = bare(surface.casefold()).replace("_", "")
        if not hashtag and folded.endswith("'s"):
            folded = folded[:-2]
        running = was_running and not hashtag
        words.append(
            Word(
                surface=surface,
                folded=folded.replace("'", ""),
                start=match.start(),
                end=match.end(),
                hashtag=hashtag,
                follows=running and _JOINABLE_GAP.fullmatch(gap) is not None,
                hyphened=running and gap == "-",
                opens=not words or _SENTENCE_END.search(gap) is not None or "\n" in gap,
            )
        )
        was_running = not hashtag
    return Text(shown, tuple(words))


def camel_parts(hashtag: str) -> list[str]:
    """The words that capitals and underscores mark inside a hashtag: "YearEndClose" gives three."""
    return [part for chunk in hashtag.split("_") for part in _CAMEL.split(chunk) if part]


def word_set(text: str) -> frozenset[str]:
    """The distinct folded words of a text, hashtags among them; for measuring likeness."""
    return frozenset(word.folded for word in read(text).words)


def likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Jaccard index of two word sets, 0 to 1; two empty sets have nothing in common."""
    if not first or not second:
        return 0.0
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared)
