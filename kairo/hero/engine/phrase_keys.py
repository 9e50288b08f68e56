"""The key under which all spellings of a phrase meet."""

from __future__ import annotations

from collections.abc import Sequence

from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stems import stem
from kairo.hero.text.words import tokenize

# Stemmers decide by where a word's syllables begin; in front of the last word of a phrase there are always some.
_LEAD = "ababab"


def phrase_key(phrase: str, language: str) -> str:
    """The key of a phrase that is given by itself, such as a brand's keyword; "" where it has no words."""
    words = tokenize(phrase).folded
    if len(words) == 1 and not is_unspaced(words[0]):
        return stem(words[0], language)
    return _key(words, language) if words else ""


def _key(folded: Sequence[str], language: str) -> str:
    *lead, last = folded
    return joined_key("".join(lead), last, language) if lead else stem(last, language)


def joined_key(lead: str, last: str, language: str) -> str:
    """The key of words run together, stemmed as a hashtag of them is."""
    if not last.isalpha():
        return lead + last
    if len(lead) < len(_LEAD) // 2 + 1:
        return stem(lead + last, language)
    # What a stemmer may cut from a long word depends on its last part alone, so that part is stemmed once.
    return lead + stem(_LEAD + last, language)[len(_LEAD) :]
