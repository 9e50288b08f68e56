"""Guesses the language of a short text, from its script and its small words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kairo.hero.text.scripts import language_of_script
from kairo.hero.text.stopwords import STOPWORDS

_LATIN_LANGUAGES = ("en", "es", "pt", "de", "fr", "it", "nl")
_OWNERS: dict[str, tuple[str, ...]] = {}
for _language in _LATIN_LANGUAGES:
    for _word in STOPWORDS[_language]:
        _OWNERS[_word] = (*_OWNERS.get(_word, ()), _language)


def detect(folded_words: Iterable[str], *, likely: Sequence[str] = ()) -> str:
    """The language of a text given by its folded words.

    `likely` names the languages to prefer where the small words do not decide; without them English is.
    """
    words = list(folded_words)
    by_script = language_of_script(" ".join(words))
    if by_script is not None:
        return by_script
    votes = dict.fromkeys(_LATIN_LANGUAGES, 0.0)
    for word in words:
        owners = _OWNERS.get(word, ())
        for language in owners:
            votes[language] += 1 / len(owners)
    order = [*(name.lower()[:2] for name in likely), "en", *_LATIN_LANGUAGES]
    best = max(
        votes, key=lambda language: (votes[language] + 0.5 * (language in order[: len(likely)]), -order.index(language))
    )
    return best if votes[best] >= 1 else order[0]
