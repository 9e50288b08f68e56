"""Step 1, first half: phrases, and the keys by which their spellings meet.

"Pickle brine", "pickle-brine" and "#picklebrine" have one key; so have "e-invoices" and "#einvoicing".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from kairo.hero.text.scripts import is_unspaced, pieces
from kairo.hero.text.stems import stem
from kairo.hero.text.stopwords import BOILERPLATE, STOPWORDS
from kairo.hero.text.words import TokenizedText, tokenize

MAX_WORDS = 3
# Stemmers decide by where a word's syllables begin; in front of the last word of a phrase there are always some.
_LEAD = "ababab"


class Phrase(NamedTuple):
    """One to three words of a text that can be a topic, under their key. `surface` is how they were written."""

    key: str
    surface: str
    size: int
    opens_sentence: bool
    is_hashtag: bool


@dataclass(frozen=True, slots=True)
class SharedWords:
    """What two authors of a board have in common: only phrases of such words can be topics.

    `words` are folded words that two authors write, `pairs` such words in a row (`pair_of`). `hashtags` are the
    keys of hashtags; `hashtag_starts` the beginnings of hashtags, as far as a word may be the first part of one.
    """

    words: frozenset[str]
    pairs: frozenset[str]
    hashtags: frozenset[str]
    hashtag_starts: frozenset[str]


def pair_of(folded: str, following_key: str) -> str:
    """Two words in a row, by the first one's folded form and the second one's stem.

    One text: tens of thousands of tuples would be looked at again and again by the garbage collector.
    """
    return f"{folded} {following_key}"


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
        self._known: dict[str, _KnownWords] = {}

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

    def _known_in(self, language: str) -> _KnownWords:
        known = self._known.get(language)
        if known is None:
            known = self._known[language] = _KnownWords(language, self._openings, self._shared)
        return known

    def _add(self, text: TokenizedText, known: _KnownWords, found: Phrases) -> None:
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
            if lead.may_begin_topic and _carries(text, start, lead.facts):
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
            if _carries(text, place, one.facts) and not one.facts.unspaced:
                tagged[one.key] += (Phrase(one.key, surfaces[place], 1, opens[place], True),)

    def _add_longer(self, text: TokenizedText, start: int, learnt: Sequence[_KnownWord], found: Phrases) -> None:
        """Adds the phrases of two and more words that begin at a word."""
        lead, shared, folded = learnt[start], self._shared, text.folded
        joined, common, wanted = folded[start], lead.shared, lead.is_opening
        if not wanted and not _carries(text, start, lead.facts) and not text.hyphened(start + 1):
            return
        for place in range(start + 1, min(start + MAX_WORDS, len(folded))):
            if not text.follows[place]:
                return
            if shared is not None:
                common = common and pair_of(folded[place - 1], learnt[place].key) in shared.pairs
                if not common and not wanted and joined not in shared.hashtag_starts:
                    return
            topical = _is_topical(text, learnt, start, place)
            if wanted or topical:
                key = _joined(joined, folded[place], lead.facts.language)
                topical = topical and (common or shared is None or key in shared.hashtags)
                if topical or wanted:
                    found.keys.add(key)
                if topical:
                    found.phrases[key] = (*found.phrases.get(key, ()), _joined_phrase(text, start, place, key))
            joined += folded[place]


class KeyFinder:
    """Finds the keys of phrases in texts, as `PhraseFinder` does where no two authors share a word, and nothing else.

    A word has its key, and so has a phrase of several words that begins with one of the `openings`, or that is one of
    `shared.tags`. How phrases are written is left out: only topics need it, and it takes half of the time.
    """

    def __init__(self, *, openings: frozenset[str], shared: SharedWords) -> None:
        self._openings, self._shared = openings, shared
        self._starts = openings | shared.hashtag_starts

    def add(self, text: TokenizedText, language: str, said: set[str], tagged: dict[str, None]) -> None:
        """Adds the keys of a text to those that it says and to those of its hashtags, which keep their order."""
        folded = text.folded
        if text.hashtags or is_unspaced(text.shown):
            for place, word in enumerate(folded):
                keys = pieces(word) if is_unspaced(word) else (stem(word, language),)
                if place in text.hashtags:
                    tagged.update(dict.fromkeys(keys))
                else:
                    said.update(keys)
        else:
            said.update(map(stem, folded, repeat(language)))
        for start, word in enumerate(folded[:-1]):
            if word in self._starts and text.follows[start + 1] and not is_unspaced(word):
                said.update(self._keys_from(text, start, language))

    def _keys_from(self, text: TokenizedText, start: int, language: str) -> Iterator[str]:
        """The keys of the phrases of several words that begin at a word."""
        folded, shared = text.folded, self._shared
        joined, wanted = folded[start], folded[start] in self._openings
        if not (wanted or text.hyphened(start + 1) or _carries(text, start, _facts_of(joined, language))):
            return
        for place in range(start + 1, min(start + MAX_WORDS, len(folded))):
            if not text.follows[place] or not (wanted or joined in shared.hashtag_starts):
                return
            key = _joined(joined, folded[place], language)
            if wanted or (key in shared.hashtags and _is_topical(text, self._learnt(text, language), start, place)):
                yield key
            joined += folded[place]

    def _learnt(self, text: TokenizedText, language: str) -> list[_KnownWord]:
        known = _KnownWords(language, self._openings, self._shared)
        return [known[folded] for folded in text.folded]


class _WordFacts(NamedTuple):
    """What finding phrases asks of a folded word in its language.

    `carries` says that the word can be a topic, `carries_in_capitals` that it can be one when written so: AI, UX.
    `alone` is the word as a phrase, in small letters inside a sentence.
    """

    language: str
    key: str
    unspaced: bool
    carries: bool
    carries_in_capitals: bool
    alone: tuple[Phrase]


@lru_cache(maxsize=65_536)
def _facts_of(folded: str, language: str) -> _WordFacts:
    may_carry = not (
        folded.isdigit()
        or folded in BOILERPLATE
        or folded in STOPWORDS["en"]
        or folded in STOPWORDS.get(language, frozenset())
    )
    key = stem(folded, language)
    return _WordFacts(
        language=language,
        key=key,
        unspaced=is_unspaced(folded),
        carries=may_carry and _is_long_enough(folded),
        carries_in_capitals=may_carry and len(folded) == 2,
        alone=(Phrase(key, folded, 1, False, False),),
    )


class _KnownWord(NamedTuple):
    """What finding phrases asks of a word of a board.

    Phrases may begin with a `shared` word, and with one that a hashtag begins with; topics, if it says something.
    `is_opening` says that all phrases which begin with it are noted. Words of scripts without spaces begin none.
    """

    facts: _WordFacts
    key: str
    shared: bool
    begins_hashtag: bool
    may_begin_topic: bool
    is_opening: bool


class _KnownWords(dict[str, _KnownWord]):
    """The words met so far in texts of a language."""

    def __init__(self, language: str, openings: Container[str] | None, shared: SharedWords | None) -> None:
        super().__init__()
        self.language = language
        self._openings, self._shared = openings, shared

    def __missing__(self, folded: str) -> _KnownWord:
        facts, sharing = _facts_of(folded, self.language), self._shared
        if facts.unspaced:
            shared = begins_tag = wanted = False
        else:
            shared = sharing is None or folded in sharing.words
            begins_tag = sharing is not None and folded in sharing.hashtag_starts
            wanted = self._openings is None or folded in self._openings
        topic = (shared or begins_tag) and (facts.carries or facts.carries_in_capitals)
        found = self[folded] = _KnownWord(facts, facts.key, shared, begins_tag, topic, wanted)
        return found


def _note(text: TokenizedText, learnt: Sequence[_KnownWord], found: Phrases) -> None:
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


def phrase_key(phrase: str, language: str) -> str:
    """The key of a phrase that is given by itself, such as a brand's keyword; "" where it has no words."""
    words = tokenize(phrase).folded
    if len(words) == 1 and not is_unspaced(words[0]):
        return stem(words[0], language)
    return _key(words, language) if words else ""


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


def _is_topical(text: TokenizedText, learnt: Sequence[_KnownWord], start: int, last: int) -> bool:
    """A phrase begins and ends with words that carry something; "13-week" and "e-invoice" do as wholes."""
    second = start + 1
    if text.hyphened(second) and (last == second or text.hyphened(last)):
        return any(_carries(text, place, learnt[place].facts) for place in range(start, last + 1))
    begins = _carries(text, start, learnt[start].facts) or (last > second and text.hyphened(second))
    return begins and _carries(text, last, learnt[last].facts) and len(text.folded[last]) > 1


def _carries(text: TokenizedText, place: int, facts: _WordFacts) -> bool:
    """Whether the word, as it is written there, says anything about a topic."""
    return facts.carries or (facts.carries_in_capitals and text.surfaces[place].isupper())


def _is_long_enough(folded: str) -> bool:
    """Whether a word that is no small one says something however it is written."""
    if len(folded) >= 3 or (len(folded) == 2 and all("\uac00" <= letter <= "\ud7a3" for letter in folded)):
        # A Korean syllable is what two or three letters are elsewhere.
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and any(letter.isdigit() for letter in folded)
