"""Normalizes texts for comparison and for display."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# Typographic variants that NFKC leaves apart.
_PUNCTUATION = {
    "\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u2010": "-", "\u2011": "-", "\u00ad": "", "\u00d7": "x",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")
# The pattern starts with the marks: with the letter first, the engine would try it at every letter.
_LATIN_MARK = re.compile(r"[\u0300-\u036f](?<=[a-z].)[\u0300-\u036f]*")
_TAG = re.compile(r"<[^<>]{1,200}>")


def visible(text: str) -> str:
    """The visible characters of the text, stripped: "" for blanks, control and zero-width characters."""
    if not text.isprintable():
        text = _without_invisible(_CONTROL.sub(" ", text))
    return text.strip()


def plain(text: str) -> str:
    """The text in NFKC without links, tags, control or invisible characters; letters keep their case."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if not text.isascii():
        text = replace_characters(_without_invisible(unicodedata.normalize("NFKC", text)), _PUNCTUATION)
    # A substring test costs a tenth of a regular expression, and most texts contain neither.
    if "://" in text or "www." in text.lower():
        text = _LINK.sub(" ", text)
    return _TAG.sub(" ", text) if "<" in text else text


def fold(text: str) -> str:
    """The text as `plain` returns it, case-folded: texts that read the same fold to the same string."""
    return plain(text).casefold()


def strip_accents(folded: str) -> str:
    """A folded word without the accents of Latin letters, which hashtags often omit ("café", "#cafe")."""
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _LATIN_MARK.sub("", unicodedata.normalize("NFD", folded)))


def replace_characters(text: str, by: Mapping[str, str]) -> str:
    """The text with each character replaced. No replacement may contain a character that is replaced later.

    100 times as fast as `str.translate`, which looks up every non-ASCII character.
    """
    for character, replacement in by.items():
        text = text.replace(character, replacement)
    return text


def combining_marks() -> str:
    """Vowel signs of Indic scripts, as the inside of a regex class. \\w does not match them, and would split words."""
    return _ranges_of(frozenset({"Mn", "Mc"}))


def _without_invisible(text: str) -> str:
    return text if text.isprintable() else _invisible().sub("", text)


@cache
def _invisible() -> re.Pattern[str]:
    """Built at first use: it takes 30 ms, and a process that only serves boards never needs it."""
    return re.compile(f"[{_ranges_of(frozenset({'Cf'}))}\U000e0000-\U000e007f]")


def _ranges_of(categories: frozenset[str]) -> str:
    """The characters of the given Unicode categories in the basic plane, as the inside of a regex class."""
    ranges: list[str] = []
    start = None
    for code in range(0x10000):
        if unicodedata.category(chr(code)) in categories:
            start = code if start is None else start
        elif start is not None:
            ranges.append(f"\\u{start:04x}-\\u{code - 1:04x}")
            start = None
    return "".join(ranges)
