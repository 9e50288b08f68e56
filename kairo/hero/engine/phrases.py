"""Step 1 of the engine: the phrases of a text. "Pickle brine", "pickle-brine" and "#picklebrine" have one key."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from kairo.hero.engine.phrase_keys import joined_key
from kairo.hero.engine.phrase_words import (
    KnownWord,
    KnownWords,
    Phrase,
    SharedWords,
    carries_meaning,
    is_topical,
    pair_of,
)
from kairo.hero.text.scripts import pieces
from kairo.hero.text.stopwords import STOPWORDS
from kairo.hero.text.words import TokenizedText

MAX_WORDS = 3


def phrases(text: TokenizedText, language: str) -> list[Phrase]:
    """Every phrase of a text, hashtags included; one of several words never crosses punctuation."""
    found = PhraseFinder().find([text], language)
    return [phrase for by_key in (found.phrases, found.hashtags) for listed in by_key.values() for phrase in listed]


_ByKey = dict[str, tuple[Phrase, ...]]


class Phrases(NamedTuple):
    """Phrases of texts: the keys of what is `keys`, and by key what is `phrases` of it that can be a topic.

    `hashtags` has the hashtags by key, in order; none of a key whose hashtags cannot be topics.
    """

    keys: set[str]
    phrases: _ByKey
    hashtags: _ByKey


class PhraseFinder:
    """Finds the phrases of texts. One serves all posts of a board, since it keeps what it has learnt of each word.

    `openings` are the first words of phrases of several words to note although they cannot be topics; None notes all.
    With `shared`, a word that no second author shares is noted by its key alone, and a phrase of such words not at all.
    """

    def __init__(self, *, openings: Container[str] | None = None, shared: SharedWords | None = None) -> None:
        self._openings, self._shared = openings, shared
        self._known: dict[str, KnownWords] = {}

    def find(self, texts: Iterable[TokenizedText], language: str) -> Phrases:
        """The phrases of texts in a language; none crosses from one text to the next."""
        known = self._known_in(language)
        found = Phrases(set(), {}, {})
        for text in texts:
            if text.folded:
                self._add(text, known, found)
        return found

    def keys(self, words: Iterable[str], language: str) -> Iterator[str]:
        """The keys of folded words by themselves."""
        known = self._known_in(language)
        for folded in words:
            facts = known[folded].facts
            if facts.unspaced:
                yield from pieces(folded)
            else:
                yield facts.key

    def _known_in(self, language: str) -> KnownWords:
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = KnownWords(language, self._openings, self._shared)
        return known

    def _add(self, text: TokenizedText, known: KnownWords, found: Phrases) -> None:
        said, shown, tagged = found
        folded, surfaces, opens, follows = text.folded, text.surfaces, text.opens, text.follows
        learnt = [*map(known.__getitem__, folded)]
        if text.hashtags or not text.shown.isascii():
            _note(text, learnt, found)
        else:
            said.update([one.key for one in learnt])
        pairs = self._shared.pairs if self._shared is not None else None
        has_hyphens, last = "-" in text.shown, len(learnt) - 1
        for start, lead in enumerate(learnt):
            # Most words are small ones, which no topic holds, or said by one author alone.
            if not (lead.may_begin_topic or lead.is_opening or has_hyphens) or start in text.hashtags:
                continue
            if lead.may_begin_topic and carries_meaning(text, start, lead.facts):
                as_usual = surfaces[start] == folded[start] and not opens[start]
                alone = lead.facts.alone if as_usual else (Phrase(lead.key, surfaces[start], 1, opens[start], False),)
                shown[lead.key] = shown[lead.key] + alone if lead.key in shown else alone
            if (
                start < last
                and follows[start + 1]
                and (
                    lead.is_opening
                    or lead.begins_hashtag
                    or pairs is None
                    or pair_of(folded[start], learnt[start + 1].key) in pairs
                )
            ):
                self._add_longer(text, start, learnt, found)
        for place in text.hashtags:
            one = learnt[place]
            if carries_meaning(text, place, one.facts) and not one.facts.unspaced:
                tagged[one.key] += (Phrase(one.key, surfaces[place], 1, opens[place], True),)

    def _add_longer(self, text: TokenizedText, start: int, learnt: Sequence[KnownWord], found: Phrases) -> None:
        """Adds the phrases of two and more words that begin at a word."""
        lead, shared, folded = learnt[start], self._shared, text.folded
        joined, common, wanted = folded[start], lead.shared, lead.is_opening
        if not wanted and not carries_meaning(text, start, lead.facts) and not text.hyphened(start + 1):
            return
        for place in range(start + 1, min(start + MAX_WORDS, len(folded))):
            if not text.follows[place]:
                return
            if shared is not None:
                common = common and pair_of(folded[place - 1], learnt[place].key) in shared.pairs
                if not common and not wanted and joined not in shared.hashtag_starts:
                    return
            topical = is_topical(text, learnt, start, place)
            if wanted or topical:
                key = joined_key(joined, folded[place], lead.facts.language)
                topical = topical and (common or shared is None or key in shared.hashtags)
                if topical or wanted:
                    found.keys.add(key)
                if topical:
                    found.phrases[key] = (*found.phrases.get(key, ()), _joined_phrase(text, start, place, key))
            joined += folded[place]


def _note(text: TokenizedText, learnt: Sequence[KnownWord], found: Phrases) -> None:
    """Notes the keys of the words of a text with hashtags, or with words of scripts without spaces."""
    for place in text.hashtags:
        if not learnt[place].facts.unspaced:
            found.hashtags.setdefault(learnt[place].key, ())
    found.keys.update(
        [one.key for place, one in enumerate(learnt) if place not in text.hashtags and not one.facts.unspaced]
    )
    if not text.shown.isascii():
        for place, one in enumerate(learnt):
            if one.facts.unspaced:
                hashtag = place in text.hashtags
                _add_unspaced(text.folded[place], one.facts.language, found, hashtag=hashtag)


def _add_unspaced(folded: str, language: str, found: Phrases, *, hashtag: bool) -> None:
    by_key = found.hashtags if hashtag else found.phrases
    for piece in pieces(folded):
        if not hashtag:
            found.keys.add(piece)
        elif piece not in by_key:
            by_key[piece] = ()
        if piece not in STOPWORDS.get(language, frozenset()) and not piece.isdigit():
            by_key[piece] = (*by_key.get(piece, ()), Phrase(piece, piece, 1, False, hashtag))


def _joined_phrase(text: TokenizedText, start: int, last: int, key: str) -> Phrase:
    shown = text.surfaces[start]
    for place in range(start + 1, last + 1):
        shown += text.gaps[place] + text.surfaces[place]
    return Phrase(key, shown.removesuffix("'s"), last - start + 1, text.opens[start], False)
