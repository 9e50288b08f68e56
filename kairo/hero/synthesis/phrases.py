"""Step 1, first half: phrases, and the keys by which their spellings meet.

"Pickle brine", "pickle-brine" and "#picklebrine" have one key; so have "e-invoices" and "#einvoicing".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kairo.hero.text.scripts import is_unspaced, pieces
from kairo.hero.text.stems import stem
from kairo.hero.text.stopwords import BOILERPLATE, STOPWORDS
from kairo.hero.text.words import Text, Word, read

MAX_WORDS = 3
# Stemmers decide by where a word's syllables begin; in front of the last word of a phrase there are always some.
_LEAD = "ababab"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One to three words of a text under their key. `shown` is how they were written.

    `topical` is false for what cannot be a topic by itself: small words, numbers, words every post has.
    """

    key: str
    shown: str
    size: int
    topical: bool
    opens: bool
    hashtag: bool


def phrases(text: Text, language: str) -> Iterator[Phrase]:
    """Every phrase of a text, hashtags included; one of several words never crosses punctuation."""
    words = text.words
    for start, first in enumerate(words):
        if is_unspaced(first.folded):
            yield from _unspaced(first, language)
            continue
        yield _single(first, language)
        for size in range(2, MAX_WORDS + 1):
            last_index = start + size - 1
            if last_index >= len(words) or not words[last_index].follows:
                break
            yield _several(text, words[start : last_index + 1], language)


def phrase_key(phrase: str, language: str) -> str:
    """The key of a phrase that is given by itself, such as a brand's keyword; "" where it has no words."""
    words = read(phrase).words
    if len(words) == 1 and not is_unspaced(words[0].folded):
        return stem(words[0].folded, language)
    return _key([word.folded for word in words], language) if words else ""


def _key(folded: Sequence[str], language: str) -> str:
    if len(folded) == 1:
        return stem(folded[0], language)
    *lead, last = folded
    return "".join(lead) + (stem(_LEAD + last, language)[len(_LEAD) :] if last.isalpha() else last)


def _single(word: Word, language: str) -> Phrase:
    # A long hashtag is words run together, so it is stemmed as those words would be.
    key = stem(word.folded, language)
    return Phrase(key, word.surface, 1, _carries(word, language), word.opens, word.hashtag)


def _several(text: Text, words: Sequence[Word], language: str) -> Phrase:
    first, last = words[0], words[-1]
    shown = text.shown[first.start : last.end]
    if shown.endswith("'s"):
        shown = shown[:-2]
    hyphened = all(word.hyphened for word in words[1:])
    topical = hyphened and any(_carries(word, language) for word in words)
    if not topical:
        ends = _carries(first, language) or (len(words) > 2 and words[1].hyphened and _carries(words[1], language))
        topical = ends and _carries(last, language) and len(last.folded) > 1
    key = _key([word.folded for word in words], language)
    return Phrase(key, shown, len(words), topical, first.opens, hashtag=False)


def _unspaced(word: Word, language: str) -> Iterator[Phrase]:
    for piece in pieces(word.folded):
        topical = piece not in STOPWORDS.get(language, frozenset()) and not piece.isdigit()
        yield Phrase(piece, piece, 1, topical, opens=False, hashtag=word.hashtag)


def _carries(word: Word, language: str) -> bool:
    """Whether the word says anything about a topic."""
    folded = word.folded
    if folded.isdigit() or folded in BOILERPLATE or _is_small(folded, language):
        return False
    if len(folded) >= 3:
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and (word.surface.isupper() or any(letter.isdigit() for letter in folded))


def _is_small(folded: str, language: str) -> bool:
    return folded in STOPWORDS["en"] or folded in STOPWORDS.get(language, frozenset())
