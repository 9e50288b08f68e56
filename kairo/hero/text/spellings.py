"""The ways in which one word is typed: with its accents, without them, or with letters in their place."""

from __future__ import annotations

import unicodedata

from kairo.hero.text.folding import replace_characters, strip_accents

# Two ways to type a letter on a keyboard that lacks it; the one without its mark is `strip_accents`'s.
_TRANSLITERATED = {
    "\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue", "\u00e5": "aa", "\u00f8": "oe", "\u00e6": "ae", "\u0153": "oe",
}  # fmt: skip
_UNMARKED = {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u0131": "i", "\u00e6": "ae", "\u0153": "oe"}


def spellings(folded: str) -> frozenset[str]:
    """The folded word as it is, without accents, and with its umlauts written out: "laubblaeser" for "laubbläser"."""
    composed = unicodedata.normalize("NFC", folded)
    return frozenset({composed, unaccented(composed), strip_accents(replace_characters(composed, _TRANSLITERATED))})


def unaccented(folded: str) -> str:
    """The folded text without accents, and with plain letters for those that have a mark of their own."""
    return strip_accents(folded) if folded.isascii() else replace_characters(strip_accents(folded), _UNMARKED)
