"""Step 1, first half: phrases, and the keys by which their spellings meet.

"Pickle brine", "pickle-brine" and "#picklebrine" have one key; so have "e-invoices" and "#einvoicing".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
    found = PhraseFinder().find([text], language)
    return [phrase for by_key in (found.said, found.tagged) for listed in by_key.values() for phrase in listed]


_ByKey = dict[str, tuple[Phrase, ...]]


class Phrases(NamedTuple):
    """Phrases of texts by key, those of hashtags apart. A key of phrases that cannot be topics has none."""

    said: _ByKey
    tagged: _ByKey


class PhraseFinder:
    """Finds the phrases of texts. One serves all posts of a board, since it keeps what it has learnt of each word.

    `openings` are the first words of phrases of several words to note although they cannot be topics; None notes all.
    With `shared`, a word that no second author shares is noted by its key alone, and a phrase of such words not at all.
    """

    def __init__(self, *, openings: Container[str] | None = None, shared: SharedWords | None = None) -> None:
        self._openings, self._shared = openings, shared
        self._known: dict[str, _KnownWords] = {}

    def find(self, texts: Iterable[Text], language: str) -> Phrases:
        """The phrases of texts in a language; none crosses from one text to the next."""
        known = self._known_in(language)
        found = Phrases({}, {})
        for text in texts:
            if text.words:
                self._add(text, known, found)
        return found

    def keys(self, words: Iterable[Word], language: str) -> Iterator[str]:
        """The keys of words by themselves."""
        known = self._known_in(language)
        for word in words:
            facts = known[word.folded].facts
            if facts.unspaced:
                yield from pieces(word.folded)
            else:
                yield facts.key

    def _known_in(self, language: str) -> _KnownWords:
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = _KnownWords(language, self._openings, self._shared)
        return known

    def _add(self, text: Text, known: _KnownWords, found: Phrases) -> None:
        said, tagged = found
        words = text.words
        learnt = [known[word.folded] for word in words]
        last, has_hyphens = len(words) - 1, "-" in text.shown
        for start, (first, lead) in enumerate(zip(words, learnt, strict=True)):
            by_key = tagged if first.hashtag else said
            facts = lead.facts
            if facts.unspaced:
                _add_unspaced(first, known.language, by_key)
                continue
            key = facts.key
            if key not in by_key:
                by_key[key] = ()
            if lead.small and not has_hyphens:
                continue
            carries = _carries(first, facts)
            if carries and (lead.may_begin or first.hashtag):
                by_key[key] += (Phrase(key, first.surface, 1, first.opens, first.hashtag),)
            if start == last or not (lead.wanted or (lead.may_begin and (carries or words[start + 1].hyphened))):
                continue
            if words[start + 1].follows:
                self._add_longer(text, start, learnt, said)

    def _add_longer(self, text: Text, start: int, learnt: Sequence[_KnownWord], said: _ByKey) -> None:
        """Adds the phrases of two and more words that begin at a word."""
        words, shared = text.words, self._shared
        lead, common, wanted = words[start].folded, learnt[start].shared, learnt[start].wanted
        for place in range(start + 1, min(start + MAX_WORDS, len(words))):
            last = words[place]
            if not last.follows:
                return
            if shared is not None:
                common = common and (words[place - 1].folded, learnt[place].facts.key) in shared.pairs
                if not common and not wanted and lead not in shared.tag_starts:
                    return
            topical = _is_topical(words, learnt, start, place)
            if wanted or topical:
                key = _joined(lead, last.folded, learnt[place].facts.language)
                if topical and (common or shared is None or key in shared.tags):
                    said[key] = (*said.get(key, ()), _joined_phrase(text, start, place, key))
                elif wanted:
                    said.setdefault(key, ())
            lead += last.folded


class _WordFacts(NamedTuple):
    """What finding phrases asks of a folded word in its language.

    `carries` says that the word can be a topic, `carries_in_capitals` that it can be one when written so: AI, UX.
    """

    language: str
    key: str
    unspaced: bool
    carries: bool
    carries_in_capitals: bool


@lru_cache(maxsize=65_536)
def _facts_of(folded: str, language: str) -> _WordFacts:
    may_carry = not (
        folded.isdigit()
        or folded in BOILERPLATE
        or folded in STOPWORDS["en"]
        or folded in STOPWORDS.get(language, frozenset())
    )
    return _WordFacts(
        language=language,
        key=stem(folded, language),
        unspaced=is_unspaced(folded),
        carries=may_carry and _is_long_enough(folded),
        carries_in_capitals=may_carry and len(folded) == 2,
    )


class _KnownWord(NamedTuple):
    """What finding phrases asks of a word of a board.

    A `shared` word may begin a topic, and so may one that a hashtag begins with; `wanted` says that all phrases which
    begin with it are noted. A `small` one is in no phrase, except by a hyphen.
    """

    facts: _WordFacts
    shared: bool
    may_begin: bool
    wanted: bool
    small: bool


class _KnownWords(dict[str, _KnownWord]):
    """The words met so far in texts of a language."""

    def __init__(self, language: str, openings: Container[str] | None, shared: SharedWords | None) -> None:
        super().__init__()
        self.language = language
        self._openings, self._shared = openings, shared

    def __missing__(self, folded: str) -> _KnownWord:
        facts, sharing = _facts_of(folded, self.language), self._shared
        shared = sharing is None or folded in sharing.words
        wanted = self._openings is None or folded in self._openings
        found = self[folded] = _KnownWord(
            facts,
            shared,
            shared or (sharing is not None and folded in sharing.tag_starts),
            wanted,
            not (facts.carries or facts.carries_in_capitals or wanted),
        )
        return found


def _add_unspaced(word: Word, language: str, by_key: _ByKey) -> None:
    for piece in pieces(word.folded):
        found = by_key.setdefault(piece, ())
        if piece not in STOPWORDS.get(language, frozenset()) and not piece.isdigit():
            by_key[piece] = (*found, Phrase(piece, piece, 1, False, word.hashtag))


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


def _is_topical(words: Sequence[Word], learnt: Sequence[_KnownWord], start: int, last: int) -> bool:
    """A phrase begins and ends with words that carry something; "13-week" and "e-invoice" do as wholes."""
    second = words[start + 1]
    if second.hyphened and (last == start + 1 or words[last].hyphened):
        return any(_carries(words[place], learnt[place].facts) for place in range(start, last + 1))
    begins = _carries(words[start], learnt[start].facts) or (last > start + 1 and second.hyphened)
    return begins and _carries(words[last], learnt[last].facts) and len(words[last].folded) > 1


def _carries(word: Word, facts: _WordFacts) -> bool:
    """Whether the word, as it is written, says anything about a topic."""
    return facts.carries or (facts.carries_in_capitals and word.surface.isupper())


def _is_long_enough(folded: str) -> bool:
    """Whether a word that is no small one says something however it is written."""
    if len(folded) >= 3 or (len(folded) == 2 and all("\uac00" <= letter <= "\ud7a3" for letter in folded)):
        # A Korean syllable is what two or three letters are elsewhere.
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and any(letter.isdigit() for letter in folded)
