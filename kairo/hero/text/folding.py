"""Makes texts comparable, and fit to be shown."""

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
# Begins with the marks: a pattern that begins with what stands before them is tried at every letter.
_LATIN_MARK = re.compile(r"[\u0300-\u036f](?<=[a-z].)[\u0300-\u036f]*")
_TAG = re.compile(r"<[^<>]{1,200}>")


def visible(text: str) -> str:
    """What of the text can be seen, without outer space: "" for blanks, control and zero-width characters."""
    if not text.isprintable():
        text = _without_invisible(_CONTROL.sub(" ", text))
    return text.strip()


def plain(text: str) -> str:
    """The text in NFKC without links, tags, control or invisible characters; letters keep their case."""
    if not text.isprintable():
        text = _CONTROL.sub(" ", text)
    if not text.isascii():
        text = replace_characters(_without_invisible(unicodedata.normalize("NFKC", text)), _PUNCTUATION)
    # Most texts hold neither, and to look for a pattern costs ten times a look for its sign.
    if "://" in text or "www." in text.lower():
        text = _LINK.sub(" ", text)
    return _TAG.sub(" ", text) if "<" in text else text


def fold(text: str) -> str:
    """The text as `plain` gives it, without case: two texts that read the same fold to the same."""
    return plain(text).casefold()


def strip_accents(folded: str) -> str:
    """A folded word without the accents of Latin letters, which hashtags leave out ("café", "#cafe")."""
    if folded.isascii():
        return folded
    return unicodedata.normalize("NFC", _LATIN_MARK.sub("", unicodedata.normalize("NFD", folded)))


def replace_characters(text: str, by: Mapping[str, str]) -> str:
    """The text with each letter replaced, none by another one of them. 100 times as fast as `str.translate`, which
    looks up every letter beyond ASCII.
    """
    for letter, other in by.items():
        text = text.replace(letter, other)
    return text


def combining_marks() -> str:
    """Vowel signs of Indic scripts, which \\w leaves out and without which Hindi falls to pieces: the inside of a regex
    class."""
    return _ranges_of(frozenset({"Mn", "Mc"}))


def _without_invisible(text: str) -> str:
    return text if text.isprintable() else _invisible().sub("", text)


@cache
def _invisible() -> re.Pattern[str]:
    """Made with the first text: looking at every character there is takes 30 ms, and who serves boards reads none."""
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
