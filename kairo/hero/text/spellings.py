"""The ways to type one word: with accents, without them, or transliterated."""

from __future__ import annotations

import unicodedata

from kairo.hero.text.folding import replace_characters, strip_accents

# Transliterations of letters that a keyboard lacks; `strip_accents` handles the plain letter.
_TRANSLITERATED = {
    "\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00e5": "aa", "\u00f8": "oe", "\u00e6": "ae", "\u0153": "oe",
}  # fmt: skip
_UNMARKED = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe"}


def spellings(folded: str) -> frozenset[str]:
    """The folded word, the word without accents, and with its umlauts transliterated ("laubblaeser")."""
    composed = unicodedata.normalize("NFC", folded)
    return frozenset({composed, unaccented(composed), strip_accents(replace_characters(composed, _TRANSLITERATED))})


def unaccented(folded: str) -> str:
    """The folded text without accents, and with plain letters for those in _UNMARKED."""
    return strip_accents(folded) if folded.isascii() else replace_characters(strip_accents(folded), _UNMARKED)
