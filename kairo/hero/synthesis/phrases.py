"""Step 1, first half: phrases, and the keys by which their spellings meet.

"Pickle brine", "pickle-brine" and "#picklebrine" have one key; so have "e-invoices" and "#einvoicing".
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
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
    """One to three words of a text that can be a topic, under their key. `shown` is how they were written."""

    key: str
    shown: str
    size: int
    opens: bool
    hashtag: bool


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What two authors of a board have in common: only phrases of such words can be topics.

    `words` are folded words that two authors write, `pairs` a folded word and the stem of the next one. `tags` are the
    keys of hashtags; `tag_starts` the beginnings of hashtags, as far as a word may be the first part of one.
    """

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    tags: frozenset[str]
    tag_starts: frozenset[str]


def phrases(text: Text, language: str) -> list[Phrase]:
    """Every phrase of a text, hashtags included; one of several words never crosses punctuation."""
    found = Phrases()
    found.add(text, language)
    return [phrase for by_key in (found.said, found.tagged) for listed in by_key.values() for phrase in listed]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of some texts by key, those of hashtags apart. Keys of phrases that cannot be topics have no phrases.

    `openings` are the first words of phrases of several words to note although they cannot be topics; None notes all.
    With `shared`, a word that no second author shares is noted by its key alone, and a phrase of such words not at all.
    """

    openings: Container[str] | None = None
    shared: SharedWords | None = None
    said: dict[str, list[Phrase]] = field(default_factory=dict)
    tagged: dict[str, list[Phrase]] = field(default_factory=dict)

    def add(self, text: Text, language: str) -> None:
        """Notes the phrases of one text."""
        words, shared, openings = text.words, self.shared, self.openings
        carrying = [_carries(word.folded, word.surface.isupper(), language) for word in words]
        for start, first in enumerate(words):
            lead = first.folded
            if not lead.isascii() and is_unspaced(lead):
                self._add_unspaced(first, language)
                continue
            common = shared is None or lead in shared.words
            listed = (self.tagged if first.hashtag else self.said).setdefault(stem(lead, language), [])
            if carrying[start] and (common or first.hashtag or (shared is not None and lead in shared.tag_starts)):
                listed.append(Phrase(stem(lead, language), first.surface, 1, first.opens, first.hashtag))
            wanted = openings is None or lead in openings
            if wanted or common or (shared is not None and lead in shared.tag_starts):
                self._add_longer(text, language, start, carrying, wanted=wanted, common=common)

    def _add_longer(
        self, text: Text, language: str, start: int, carrying: Sequence[bool], *, wanted: bool, common: bool
    ) -> None:
        """The phrases of two and more words that begin at a word."""
        words, shared = text.words, self.shared
        lead = words[start].folded
        for place in range(start + 1, min(start + MAX_WORDS, len(words))):
            last = words[place]
            if not last.follows:
                return
            common = common and (
                shared is None or (words[place - 1].folded, stem(last.folded, language)) in shared.pairs
            )
            if not common and not wanted and not (shared is not None and lead in shared.tag_starts):
                return
            topical = _is_topical(words, carrying, start, place)
            if wanted or topical:
                key = _joined(lead, last.folded, language)
                if topical and (common or shared is None or key in shared.tags):
                    self.said.setdefault(key, []).append(_joined_phrase(text, start, place, key))
                elif wanted:
                    self.said.setdefault(key, [])
            lead += last.folded

    def _add_unspaced(self, word: Word, language: str) -> None:
        by_key = self.tagged if word.hashtag else self.said
        for piece in pieces(word.folded):
            listed = by_key.setdefault(piece, [])
            if piece not in STOPWORDS.get(language, frozenset()) and not piece.isdigit():
                listed.append(Phrase(piece, piece, 1, False, word.hashtag))


def _joined_phrase(text: Text, start: int, place: int, key: str) -> Phrase:
    first, last = text.words[start], text.words[place]
    shown = text.shown[first.start : last.end].removesuffix("'s")
    return Phrase(key, shown, place - start + 1, first.opens, False)


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


@lru_cache(maxsize=65_536)
def _carries(folded: str, shouted: bool, language: str) -> bool:
    """Whether the word says anything about a topic."""
    if folded.isdigit() or folded in BOILERPLATE or folded in STOPWORDS["en"]:
        return False
    if folded in STOPWORDS.get(language, frozenset()):
        return False
    if len(folded) >= 3 or (len(folded) == 2 and all("\uac00" <= letter <= "\ud7a3" for letter in folded)):
        # A Korean syllable is what two or three letters are elsewhere.
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and (shouted or any(letter.isdigit() for letter in folded))
