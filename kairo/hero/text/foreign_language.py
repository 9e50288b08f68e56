"""Whether a text is clearly in a language that it should not be in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from kairo.hero.text.languages import detect
from kairo.hero.text.scripts import language_of_script
from kairo.hero.text.stopwords import STOPWORDS
from kairo.hero.text.words import MAX_CHARS, TokenizedText, tokenize

LANGUAGES_WITH_GRAMMAR = frozenset({"en", "es", "pt", "de", "fr", "hi", "ja", "it", "nl", "pl", "tr", "ko"})
_MIN_LETTERS = 12
_MIN_SMALL_WORDS = 3
_CLEAR_FACTOR = 2
_MIN_SHARE = 0.25
"""Of the words of a text in a language, a quarter or more are small words of it."""
_NOT_LATIN = frozenset(
    ("ar be bg bn el fa gu he hi hy ja ka kk km kn ko lo mk ml mn mr my ne pa ru si ta te th uk ur zh").split()  # noqa: SIM905  codes are read as text
)
_SAME_SCRIPT = tuple(frozenset(group.split()) for group in ("ru uk be bg mk kk mn", "hi mr ne", "ar fa ur", "ja zh"))
_LATIN_LETTER = re.compile("[a-z\u00e0-\u024f]")


def foreign_language(texts: Sequence[str], *, allowed: Sequence[str]) -> str | None:
    """The language that the texts together, or else one of them, are clearly in where that is none of the allowed.

    None where it is allowed or not clear. English is allowed where one of the languages has no grammar here: its ideas
    are worded in short English frames. No languages allow all.
    """
    spoken = {language.lower()[:2] for language in allowed}
    if not spoken:
        return None
    if not spoken <= LANGUAGES_WITH_GRAMMAR:
        spoken.add("en")
    each = [tokenize(text) for text in texts]
    for words in (joined_words(texts, each), *(one.folded for one in each)):
        if found := _foreign(words, spoken):
            return found
    return None


def joined_words(texts: Sequence[str], each: Sequence[TokenizedText]) -> list[str]:
    """The folded words of the texts read as one, a line each; `each` are the texts as they are read by themselves."""
    whole = " \n".join(texts)
    # A tag may begin in one text and end in another, and the end of a long text is not read.
    too_long = len(whole) + sum(len(one.shown) for one in each) > MAX_CHARS
    if too_long or any("<" in one.shown for one in each):
        return tokenize(whole).folded
    return [folded for one in each for folded in one.folded]


def _foreign(words: Sequence[str], spoken: set[str]) -> str | None:
    joined = " ".join(words)
    by_script = language_of_script(joined)
    if by_script is not None:
        related = next((group for group in _SAME_SCRIPT if by_script in group), frozenset({by_script}))
        enough = sum(letter.isalpha() for letter in joined) >= _MIN_LETTERS // 2
        return None if spoken & related or not enough else by_script
    if spoken <= _NOT_LATIN:
        return detect(words) if len(_LATIN_LETTER.findall(joined)) >= _MIN_LETTERS * 2 else None
    return _by_small_words(words, spoken)


def _by_small_words(words: Sequence[str], spoken: set[str]) -> str | None:
    """The language that has far more of the text's small words than the allowed ones; shared words tell nothing."""
    ours, languages_of = _small_words_of(frozenset(spoken)), _languages_of_small_words()
    theirs = Counter(language for word in words if word not in ours for language in languages_of.get(word, ()))
    found: list[tuple[int, str]] = []
    for language, count in theirs.items():
        if count < _MIN_SMALL_WORDS:
            continue
        small = STOPWORDS[language]
        held = sum(word in small for word in words)
        own = sum(word in ours and word not in small for word in words)
        if held >= _MIN_SHARE * len(words) and count > _CLEAR_FACTOR * own:
            found.append((-count, language))
    return min(found)[1] if found else None


@lru_cache(maxsize=64)
def _small_words_of(languages: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(STOPWORDS.get(language, frozenset()) for language in languages))


@cache
def _languages_of_small_words() -> dict[str, tuple[str, ...]]:
    """The languages in Latin letters that each small word is one of."""
    found: dict[str, tuple[str, ...]] = {}
    for language in STOPWORDS.keys() - _NOT_LATIN:
        for word in STOPWORDS[language]:
            found[word] = (*found.get(word, ()), language)
    return found
