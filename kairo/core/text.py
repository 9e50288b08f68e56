"""Cleans and truncates text from outside: no control characters, NFC, no split grapheme clusters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 controls except tab and newline, the byte order mark, and bidirectional formatting characters.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

_MAX_GRAPHEME_LENGTH = 64  # longer clusters are cut; no writing system has them


def clean(text: str) -> str:
    """The text in NFC without control characters, with plain newlines, stripped at both ends.

    A lone surrogate, which UTF-8 cannot encode, becomes U+FFFD. Idempotent.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _LINE_BREAKS.sub("\n", text)
    text = _CONTROLS.sub("", text)
    text = _LONE_SURROGATES.sub(_REPLACEMENT, text)
    return unicodedata.normalize("NFC", text).strip()


def clean_line(text: str) -> str:
    """As `clean`, with every run of white space replaced by one space."""
    return " ".join(clean(text).split())


def cut(text: str, *, max_length: int) -> str:
    """Truncates to at most `max_length` characters, at the boundary of a grapheme cluster."""
    if len(text) <= max_length:
        return text
    end = 0
    for grapheme in _grapheme().finditer(text, _start_before(text, max_length), max_length + _MAX_GRAPHEME_LENGTH):
        if grapheme.end() > max_length:
            is_grapheme = grapheme.end() - grapheme.start() <= _MAX_GRAPHEME_LENGTH
            end = grapheme.start() if is_grapheme else max_length
            break
        end = grapheme.end()
    return text[:end].rstrip()


@cache
def _grapheme() -> regex.Pattern[str]:
    import regex  # noqa: PLC0415  slow to import, and needed only for texts that are too long

    return regex.compile(r"\X")


def _start_before(text: str, at: int) -> int:
    """The start of a grapheme cluster well before `at`: after white space, or the start of the text."""
    return text.rfind(" ", 0, max(at - _MAX_GRAPHEME_LENGTH, 0)) + 1
