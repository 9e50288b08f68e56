"""Phonetic keys, which are equal for common misspellings: "Glyfosat", "krypto", "harrassment", "d3tox"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LEET = {"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "$": "s", "@": "a"}
_LETTERS = str.maketrans({**_LEET, "y": "i", "z": "s"})
_REPEATED = re.compile(r"(.)\1+")
# C is pronounced s before e and i, otherwise k.
_C = re.compile(r"c(?=[ei])")
# Letters with a common phonetic key are one letter here; h and everything but letters is dropped.
_COARSE = str.maketrans(
    {
        **{chr(code): None for code in range(128) if not chr(code).isalnum()},
        **_LEET,
        **dict.fromkeys("ckqz", "s"),
        "y": "i",
        "p": "f",
        "h": None,
        "w": "u",
    }
)
_DOUBLED = ("ll", "ss", "rr", "tt", "nn", "mm", "ff", "oo", "ee")
_NOT_DECOMPOSED = (
    ("\u00df", "ss"),
    ("\u00f8", "o"),
    ("\u0142", "l"),
    ("\u0111", "d"),
    ("\u0131", "i"),
    ("\u00d7", "x"),
)


@lru_cache(maxsize=32_768)
def phonetic_key(folded: str) -> str:
    """The key of a folded Latin word without accents; equal for commonly confused spellings."""
    key = folded.translate(_LETTERS).replace("ph", "f").replace("ck", "k").replace("qu", "kw")
    return _REPEATED.sub(r"\1", _C.sub("s", key).replace("ch", "\0").replace("c", "k").replace("\0", "ch"))


def coarse_key(text: str) -> str:
    """A cheap key of a whole text: its letters, coarser than `phonetic_key` and without separators.

    If a word of the text has the phonetic key of another word, the text's coarse key contains that word's coarse key.
    """
    text = text.lower()
    if not text.isascii():
        for letter, plain in _NOT_DECOMPOSED:
            text = text.replace(letter, plain)
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    key = text.translate(_COARSE)
    for pair in _DOUBLED:
        key = key.replace(pair, pair[0])
    return key
