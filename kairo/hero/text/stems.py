"""Stems words, so that "invoices" matches "invoicing"."""

from __future__ import annotations

import threading
from functools import lru_cache

from kairo.hero.text.folding import strip_accents

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
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}
_OWN_SCRIPT = frozenset({"ar", "el", "hi", "ru", "ja", "zh", "ko", "th", "he"})
# Korean particles and the copula, longest first: after a consonant, after a vowel, or after either.
_AFTER_CONSONANT = (
    "이라는",
    "이라고",
    "이지만",
    "이에요",
    "입니다",
    "으로는",
    "으로도",
    "으로",
    "이랑",
    "이나",
    "은",
    "을",
    "과",
    "이",
)
_AFTER_VOWEL = ("라는", "라고", "예요", "로는", "로도", "랑", "나", "는", "를", "와", "가", "로")
_AFTER_EITHER = (
    "에서는", "에서도", "에게서", "한테서", "까지", "부터", "에게", "한테", "에서", "에는", "에도", "보다", "처럼",
    "하고", "마다", "만의", "의", "에", "도", "만",
)  # fmt: skip
_SURE = frozenset(
    {
        "은",
        "는",
        "을",
        "를",
        "에서",
        "에서는",
        "에게",
        "한테",
        "까지",
        "부터",
        "으로",
        "입니다",
        "이에요",
        "예요",
        "처럼",
    }
)
_MIN_KOREAN_CHARS = 2
_FIRST_SYLLABLE, _LAST_SYLLABLE, _FINALS = 0xAC00, 0xD7A3, 28

# A stemmer is not thread-safe: each thread has its own.
_stemmers = threading.local()


@lru_cache(maxsize=65_536)
def stem(folded: str, language: str) -> str:
    """The stem of a folded word without Latin accents, or the word itself if the language has no stemmer."""
    if language == "ko" and not folded.isascii():
        return _without_particles(folded)
    # Posts in other scripts borrow English words with their English inflections.
    algorithm = _ALGORITHMS.get("en" if language in _OWN_SCRIPT and folded.isascii() else language)
    if algorithm is None or not 4 <= len(folded) <= 40:
        return folded
    if not folded.isalpha() and any(letter.isdigit() for letter in folded):
        return folded
    found = getattr(_stemmers, algorithm, None)
    if found is None:
        # Imported at first use: a process that only serves boards needs none of the stemmers' tables.
        from Stemmer import Stemmer  # type: ignore[import-not-found]  # noqa: PLC0415  it ships no types; see above

        # Without its own cache: this function has one.
        found = Stemmer(algorithm, 0)
        setattr(_stemmers, algorithm, found)
    return strip_accents(found.stemWord(folded)) or folded


def without_particle(word: str, *, only_sure: bool = False) -> str:
    """A Korean word without the particle at its end, if it agrees with the final sound. Two syllables always remain.

    With `only_sure`, particles that are as often the end of a noun ("이", "가", "도", "의") remain too.
    """
    for endings, after_consonant in ((_AFTER_CONSONANT, True), (_AFTER_VOWEL, False), (_AFTER_EITHER, None)):
        for ending in endings:
            rest = word.removesuffix(ending)
            if rest == word or len(rest) < _MIN_KOREAN_CHARS or (only_sure and ending not in _SURE):
                continue
            if after_consonant is None or after_consonant == _ends_in_consonant(rest):
                return rest
    return word


def _without_particles(word: str) -> str:
    """The word without all its particles, so that forms of one word are equal: "고양이" and "고양이를"."""
    rest = without_particle(word)
    while rest != word:
        word, rest = rest, without_particle(rest)
    return rest


def _ends_in_consonant(word: str) -> bool:
    code = ord(word[-1])
    return _FIRST_SYLLABLE <= code <= _LAST_SYLLABLE and (code - _FIRST_SYLLABLE) % _FINALS > 0
