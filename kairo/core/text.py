"""Text from outside, made safe to store and to show: no control characters, one Unicode form, no broken letters."""

from __future__ import annotations

import re
import unicodedata

_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# C0 and C1 without tab and newline; the byte order mark; and the marks that reorder the text around them.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u202a-\u202e\u2066-\u2069]")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"

_ZERO_WIDTH_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F3FF + 1)
_TAGS = range(0xE0020, 0xE007F + 1)
_FLAG_LETTERS = range(0x1F1E6, 0x1F1FF + 1)
_HANGUL_VOWELS_AND_FINALS = range(0x1160, 0x11FF + 1)
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
    for end in range(most, max(most - _LONGEST_GRAPHEME, 0), -1):
        if not _joined(text, end):
            return text[:end].rstrip()
    return text[:most].rstrip()


def _joined(text: str, at: int) -> bool:
    """Whether the characters on both sides of `at` belong to one grapheme."""
    before, after = text[at - 1], text[at]
    return (
        _ZERO_WIDTH_JOINER in (before, after)
        or unicodedata.category(after) in {"Mn", "Mc", "Me"}  # accents, vowel signs, variation selectors, keycaps
        or ord(after) in _SKIN_TONES
        or ord(after) in _TAGS
        or ord(after) in _HANGUL_VOWELS_AND_FINALS
        or (ord(after) in _FLAG_LETTERS and _flag_letters_before(text, at) % 2 == 1)
    )


def _flag_letters_before(text: str, at: int) -> int:
    """How many flag letters stand directly before `at`: two make one flag."""
    count = 0
    while count < at and ord(text[at - 1 - count]) in _FLAG_LETTERS:
        count += 1
    return count
