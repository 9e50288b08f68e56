"""Detects the language of a short text from its script, its stop words and letters that few languages have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kairo.hero.text.scripts import language_of_script
from kairo.hero.text.stopwords import STOPWORDS

_LATIN_LANGUAGES = ("en", "es", "pt", "de", "fr", "it", "nl", "pl", "tr", "sv", "da", "no", "fi")
_OWNERS: dict[str, tuple[str, ...]] = {}
for _language in _LATIN_LANGUAGES:
    for _word in STOPWORDS[_language]:
        _OWNERS[_word] = (*_OWNERS.get(_word, ()), _language)
# Letters that remain after accents are stripped.
_LETTERS = {"\u0142": ("pl",), "\u0131": ("tr",), "\u00f8": ("da", "no"), "\u00e6": ("da", "no")}
_LETTER_VOTE = 0.5
# Danish and Norwegian share most stop words; the definite plural ("the houses") distinguishes them.
_ENDINGS = (("erne", "da"), ("ene", "no"), ("a", "no"))
_ANY_ENDING = tuple(ending for ending, _ in _ENDINGS)
_ENDING_VOTE = 0.2
_MIN_ENDING_CHARS = 5
_LIKELY_VOTE = 0.5
_MIN_VOTES = 1.0


def detect(folded_words: Iterable[str], *, likely: Sequence[str] = ()) -> str:
    """Returns the language of a text from its folded words.

    If the stop words do not decide, the first of `likely` wins, or English without `likely`.
    """
    words = list(folded_words)
    text = " ".join(words)
    by_script = language_of_script(text)
    if by_script is not None:
        return by_script
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words:
        if word in _OWNERS:
            owners = _OWNERS[word]
            for language in owners:
                votes[language] += 1 / len(owners)
    if not text.isascii():
        for letter, languages in _LETTERS.items():
            if letter in text:
                for language in languages:
                    votes[language] += _LETTER_VOTE * text.count(letter) / len(languages)
    if "da" in votes and "no" in votes:
        for word in words:
            if len(word) >= _MIN_ENDING_CHARS and word.endswith(_ANY_ENDING):
                votes[next(language for ending, language in _ENDINGS if word.endswith(ending))] += _ENDING_VOTE
    places, expected = _preference(tuple(likely))
    if not votes:
        return next(iter(places))
    best = max(votes, key=lambda language: (votes[language] + _LIKELY_VOTE * (language in expected), -places[language]))
    return best if votes[best] >= _MIN_VOTES else next(iter(places))


@lru_cache(maxsize=256)
def _preference(likely: tuple[str, ...]) -> tuple[dict[str, int], frozenset[str]]:
    """The rank of each language in the order of preference, and the likely languages."""
    order = list(dict.fromkeys([*(name.lower()[:2] for name in likely), "en", *_LATIN_LANGUAGES]))
    return {language: place for place, language in enumerate(order)}, frozenset(order[: len(likely)])
