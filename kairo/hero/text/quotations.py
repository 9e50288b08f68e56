"""Finds quotations, in the marks of the supported languages, and checks that a source contains them verbatim."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_MIN_CHARS = 3
_MAX_CHARS = 400
_SPACE = r"[\s\u00a0\u202f]*"
_INSIDE = rf"{{{_MIN_CHARS},{_MAX_CHARS}}}?"
# Straight and single marks are also inches, feet and apostrophes: such a quotation starts and ends at a word boundary.
_QUOTATION = re.compile(
    "|".join(
        (
            rf"[\u201e\u201a]([^\u201c\u201d\u201e\u2019\u2018]{_INSIDE})[\u201c\u201d\u2018\u2019]",
            rf"\u201c([^\u201c\u201d]{_INSIDE})\u201d",
            rf"\u201d([^\u201c\u201d]{_INSIDE})\u201d",
            rf"\u00ab{_SPACE}([^\u00ab\u00bb]{_INSIDE}){_SPACE}\u00bb",
            rf"\u00bb([^\u00ab\u00bb]{_INSIDE})\u00ab",
            rf"[\u2039\u203a]{_SPACE}([^\u2039\u203a]{_INSIDE}){_SPACE}[\u203a\u2039]",
            rf"\u300c([^\u300c\u300d]{_INSIDE})\u300d",
            rf"\u300e([^\u300e\u300f]{_INSIDE})\u300f",
            rf"(?<!\w)[\"\uff02](?=\S)([^\"\uff02\n]{_INSIDE})(?<=\S)[\"\uff02](?!\w)",
            rf"(?<![\w])['\u2018](?=\S)([^\u2018\n]{_INSIDE})(?<=\S)['\u2019](?!\w)",
        )
    )
)
_OPENING = re.compile("[\u201e\u201a\u201c\u201d\u00ab\u00bb\u2039\u203a\u300c\u300e\"\uff02'\u2018]")
_ELLIPSIS = re.compile(r"(?:\u2026|\.\.\.)$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A text between quotation marks; `start` and `end` include the marks."""

    text: str
    start: int
    end: int


# Several rules look for quotations in the same text.
@lru_cache(maxsize=256)
def quotations(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order and not nested."""
    found = []
    opening = _OPENING.search(text)
    for match in _QUOTATION.finditer(text, opening.start()) if opening else ():
        inner = next(group for group in match.groups() if group is not None)
        if inner.strip():
            found.append(Quotation(inner.strip(), match.start(), match.end()))
    return tuple(found)


def without_quotations(text: str, found: Iterable[Quotation]) -> str:
    """The text with a gap in place of each quotation."""
    for quotation in sorted(found, key=lambda quotation: -quotation.start):
        text = f"{text[: quotation.start]} \u2026 {text[quotation.end :]}"
    return text


def is_verbatim(quotation: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts contains the quotation literally, except for white space and a final ellipsis.

    It must start and end at a word boundary.
    """
    words = _ELLIPSIS.sub("", _collapse_spaces(quotation)).strip()
    return bool(words) and any(_contains(_collapse_spaces(text), words) for text in texts)


def _contains(text: str, words: str) -> bool:
    """Whether the text contains the words with word boundaries around them."""
    place = text.find(words)
    while place >= 0:
        end = place + len(words)
        if not _is_joined(text[place - 1 : place + 1]) and not _is_joined(text[end - 1 : end + 1]):
            return True
        place = text.find(words, place + 1)
    return False


def _is_joined(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())
