"""Step 1, first half: phrases, and the keys by which their spellings meet.

"Pickle brine", "pickle-brine" and "#picklebrine" have one key; so have "e-invoices" and "#einvoicing".
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kairo.hero.text.scripts import is_unspaced, pieces
from kairo.hero.text.stems import stem
from kairo.hero.text.stopwords import BOILERPLATE, STOPWORDS
from kairo.hero.text.words import Text, Word, read

MAX_WORDS = 3
# Stemmers decide by where a word's syllables begin; in front of the last word of a phrase there are always some.
_LEAD = "ababab"


class Phrase(NamedTuple):
    """One to three words of a text under their key. `shown` is how they were written.

    `topical` is false for what cannot be a topic by itself: small words, numbers, words every post has.
    """

    key: str
    shown: str
    size: int
    topical: bool
    opens: bool
    hashtag: bool


def phrases(text: Text, language: str, *, openings: Container[str] | None = None) -> Iterator[Phrase]:
    """Every phrase of a text, hashtags included; one of several words never crosses punctuation.

    Of phrases that cannot be topics, those of several words are given only where they begin with one of
    `openings`, if these are given.
    """
    words = text.words
    carrying = [_carries(word.folded, word.surface.isupper(), language) for word in words]
    for start, first in enumerate(words):
        if is_unspaced(first.folded):
            yield from _unspaced(first, language)
            continue
        key = stem(first.folded, language)
        yield Phrase(key, first.surface, 1, carrying[start], first.opens, first.hashtag)
        lead = first.folded
        wanted = openings is None or lead in openings
        for last_index in range(start + 1, min(start + MAX_WORDS, len(words))):
            last = words[last_index]
            if not last.follows:
                break
            topical = _is_topical(words, carrying, start, last_index)
            if topical or wanted:
                key = _joined(lead, last.folded, language)
                shown = text.shown[first.start : last.end].removesuffix("'s")
                yield Phrase(key, shown, last_index - start + 1, topical, first.opens, False)
            lead += last.folded


def phrase_key(phrase: str, language: str) -> str:
    """The key of a phrase that is given by itself, such as a brand's keyword; "" where it has no words."""
    words = read(phrase).words
    if len(words) == 1 and not is_unspaced(words[0].folded):
        return stem(words[0].folded, language)
    return _key([word.folded for word in words], language) if words else ""


def _key(folded: Sequence[str], language: str) -> str:
    *lead, last = folded
    return _joined("".join(lead), last, language) if lead else stem(last, language)


def _joined(lead: str, last: str, language: str) -> str:
    """The key of words run together, stemmed as a hashtag of them is."""
    if not last.isalpha():
        return lead + last
    if len(lead) < len(_LEAD) // 2 + 1:
        return stem(lead + last, language)
    # What a stemmer may cut from a long word depends on its last part alone, so that part is stemmed once.
    return lead + stem(_LEAD + last, language)[len(_LEAD) :]


def _is_topical(words: Sequence[Word], carrying: Sequence[bool], start: int, last: int) -> bool:
    """A phrase begins and ends with words that carry something; "13-week" and "e-invoice" do as wholes."""
    second = words[start + 1]
    if second.hyphened and (last == start + 1 or words[last].hyphened):
        return any(carrying[start : last + 1])
    begins = carrying[start] or (last > start + 1 and second.hyphened)
    return begins and carrying[last] and len(words[last].folded) > 1


def _unspaced(word: Word, language: str) -> Iterator[Phrase]:
    for piece in pieces(word.folded):
        topical = piece not in STOPWORDS.get(language, frozenset()) and not piece.isdigit()
        yield Phrase(piece, piece, 1, topical, opens=False, hashtag=word.hashtag)


@lru_cache(maxsize=65_536)
def _carries(folded: str, shouted: bool, language: str) -> bool:
    """Whether the word says anything about a topic."""
    if folded.isdigit() or folded in BOILERPLATE or folded in STOPWORDS["en"]:
        return False
    if folded in STOPWORDS.get(language, frozenset()):
        return False
    if len(folded) >= 3:
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and (shouted or any(letter.isdigit() for letter in folded))
