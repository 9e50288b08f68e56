"""Text from outside, made safe to store and to show: no control characters, one Unicode form, no broken letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 without tab and newline; the byte order mark; and the marks that reorder the text around them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

_LONGEST_GRAPHEME = 64  # longer ones are not letters but a prank; they are cut anyway


def clean(text: str) -> str:
    """The text in NFC without control characters, with plain newlines, stripped at both ends.

    A lone surrogate, which no database stores, becomes U+FFFD. Cleaning twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _LINE_BREAKS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _LONE_SURROGATES.sub(_REPLACEMENT, text)
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """As `clean`, on one line: every run of white space is one space."""
    return " ".join(clean(text).split())


def cut(text: str, *, most: int) -> str:
    """The beginning of the text, at most `most` characters, never ending inside what a reader sees as one character."""
    if len(text) <= most:
        return text
    end = 0
    for grapheme in _grapheme().finditer(text, _start_before(text, most), most + _LONGEST_GRAPHEME):
        if grapheme.end() > most:
            is_letter = grapheme.end() - grapheme.start() <= _LONGEST_GRAPHEME
            end = grapheme.start() if is_letter else most
            break
        end = grapheme.end()
    return text[:end].rstrip()


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  its tables are needed by texts that are too long, and by nothing at a process's start

    return regex.compile(r"\X")


def _start_before(text: str, at: int) -> int:
    """A place from which letters can be counted: after the last white space well before, or the beginning."""
    return text.rfind(" ", 0, max(at - _LONGEST_GRAPHEME, 0)) + 1
