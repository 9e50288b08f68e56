"""Detects texts that are clearly in a language that is not allowed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from functools import cache, lru_cache

from kairo.hero.text.languages import detect
from kairo.hero.text.scripts import language_of_script
from kairo.hero.text.stopwords import STOPWORDS
from kairo.hero.text.words import MAX_CHARS, TokenizedText, tokenize

_MIN_LETTERS = 12
_MIN_STOP_WORDS = 3
_CLEAR_FACTOR = 2
_MIN_SHARE = 0.25
"""In a text of a language, at least a quarter of the words are its stop words."""
_NOT_LATIN = frozenset(
    ("ar be bg bn el fa gu he hi hy ja ka kk km kn ko lo mk ml mn mr my ne pa ru si ta te th uk ur zh").split()  # noqa: SIM905  codes are read as text
)
_SAME_SCRIPT = tuple(frozenset(group.split()) for group in ("ru uk be bg mk kk mn", "hi mr ne", "ar fa ur", "ja zh"))
_LATIN_LETTER = re.compile("[a-z\u00e0-\u024f]")


def foreign_language(texts: Sequence[str], *, allowed: Sequence[str], with_grammar: Set[str]) -> str | None:
    """Returns the language that the texts together, or one of them, are clearly in, unless it is allowed or unclear.

    English is allowed too if one of the languages is not in `with_grammar`: its opportunities are worded in English
    templates.
    Without `allowed`, every language is.
    """
    codes = {language.lower()[:2] for language in allowed}
    if not codes:
        return None
    if not codes <= with_grammar:
        codes.add("en")
    tokenized = [tokenize(text) for text in texts]
    for words in (joined_words(texts, tokenized), *(text.folded for text in tokenized)):
        if language := _foreign(words, codes):
            return language
    return None


def joined_words(texts: Sequence[str], tokenized: Sequence[TokenizedText]) -> list[str]:
    """The folded words of the joined texts, one text a line; `tokenized` are the same texts tokenized separately."""
    joined = " \n".join(texts)
    # A tag may start in one text and end in another, and the end of a long text is cut off.
    is_long = len(joined) + sum(len(text.shown) for text in tokenized) > MAX_CHARS
    if is_long or any("<" in text.shown for text in tokenized):
        return tokenize(joined).folded
    return [folded for text in tokenized for folded in text.folded]


def _foreign(words: Sequence[str], allowed: set[str]) -> str | None:
    joined = " ".join(words)
    by_script = language_of_script(joined)
    if by_script is not None:
        related = next((group for group in _SAME_SCRIPT if by_script in group), frozenset({by_script}))
        enough = sum(letter.isalpha() for letter in joined) >= _MIN_LETTERS // 2
        return None if allowed & related or not enough else by_script
    if allowed <= _NOT_LATIN:
        return detect(words) if len(_LATIN_LETTER.findall(joined)) >= _MIN_LETTERS * 2 else None
    return _by_stop_words(words, allowed)


def _by_stop_words(words: Sequence[str], allowed: set[str]) -> str | None:
    """The language with far more stop words in the text than the allowed ones; stop words they share do not count."""
    allowed_words, languages_of = _stop_words_of(frozenset(allowed)), _languages_of_stop_words()
    counts = Counter(language for word in words if word not in allowed_words for language in languages_of.get(word, ()))
    clear: list[tuple[int, str]] = []
    for language, count in counts.items():
        if count < _MIN_STOP_WORDS:
            continue
        stop_words = STOPWORDS[language]
        total = sum(word in stop_words for word in words)
        only_allowed = sum(word in allowed_words and word not in stop_words for word in words)
        if total >= _MIN_SHARE * len(words) and count > _CLEAR_FACTOR * only_allowed:
            clear.append((-count, language))
    return min(clear)[1] if clear else None


@lru_cache(maxsize=64)
def _stop_words_of(languages: frozenset[str]) -> frozenset[str]:
    return frozenset[str]().union(*(STOPWORDS.get(language, frozenset()) for language in languages))


@cache
def _languages_of_stop_words() -> dict[str, tuple[str, ...]]:
    """The languages in Latin script, by stop word."""
    languages_of: dict[str, tuple[str, ...]] = {}
    for language in STOPWORDS.keys() - _NOT_LATIN:
        for word in STOPWORDS[language]:
            languages_of[word] = (*languages_of.get(word, ()), language)
    return languages_of
