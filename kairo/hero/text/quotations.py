"""The quotations in a text, in the quotation marks of the supported languages, and whether a post says one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MIN_CHARS = 3
_MAX_CHARS = 400
_SPACE = r"[\s\u00a0\u202f]*"
_INSIDE = rf"{{{_MIN_CHARS},{_MAX_CHARS}}}?"
# Straight and single marks are also inches, feet and apostrophes: there a quotation begins and ends at a word's edge.
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
_ELLIPSIS = re.compile(r"(?:\u2026|\.\.\.)$")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A text between quotation marks, and where it stands with them."""

    text: str
    start: int
    end: int


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text, in order; none inside another."""
    found = []
    for match in _QUOTATION.finditer(text):
        inner = next(group for group in match.groups() if group is not None)
        if inner.strip():
            found.append(Quotation(inner.strip(), match.start(), match.end()))
    return found


def without(text: str, found: Iterable[Quotation]) -> str:
    """The text with a gap in place of each quotation."""
    for one in sorted(found, key=lambda one: -one.start):
        text = f"{text[: one.start]} \u2026 {text[one.end :]}"
    return text


def is_said(quotation: str, texts: Iterable[str]) -> bool:
    """Whether one of the texts holds the quotation letter by letter, but for white space and an ellipsis at its end.

    It must begin and end at the edge of a word.
    """
    sought = _ELLIPSIS.sub("", _one_space(quotation)).strip()
    if not sought:
        return False
    pattern = rf"{_edge(sought[0], before=True)}{re.escape(sought)}{_edge(sought[-1], before=False)}"
    return any(re.search(pattern, _one_space(text)) is not None for text in texts)


def _edge(letter: str, *, before: bool) -> str:
    if not (letter.isascii() and letter.isalnum()):
        return ""
    return "(?<![a-zA-Z0-9])" if before else "(?![a-zA-Z0-9])"


def _one_space(text: str) -> str:
    return _WHITE.sub(" ", text).strip()
