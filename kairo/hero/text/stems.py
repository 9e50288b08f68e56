"""Stems, so that "invoices" meets "invoicing"."""

from __future__ import annotations

import threading
from functools import lru_cache

from kairo.hero.text.folding import bare

_ALGORITHMS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_OWN_SCRIPT = frozenset({"ar", "el", "hi", "ru", "ja", "zh", "ko", "th", "he"})
# A stemmer holds the word it works on: each thread has its own.
_stemmers = threading.local()


@lru_cache(maxsize=65_536)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word without Latin accents; the word itself where the language has no stemmer."""
    # Posts in other scripts borrow English words, and English word forms with them.
    algorithm = _ALGORITHMS.get("en" if language in _OWN_SCRIPT and folded.isascii() else language)
    if algorithm is None or len(folded) < 4 or len(folded) > 40 or any(letter.isdigit() for letter in folded):
        return folded
    found = getattr(_stemmers, algorithm, None)
    if found is None:
        # Thirty languages' tables: a web process that only reads needs none of them.
        import snowballstemmer  # type: ignore[import-untyped]  # noqa: PLC0415  it ships no types; see above

        found = snowballstemmer.stemmer(algorithm)
        setattr(_stemmers, algorithm, found)
    return bare(found.stemWord(folded)) or folded
