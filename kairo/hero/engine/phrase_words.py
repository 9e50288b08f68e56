"""Which words can begin, end or be a phrase, by language and board."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stems import stem
from kairo.hero.text.stopwords import BOILERPLATE, STOPWORDS
from kairo.hero.text.words import TokenizedText


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


class WordFacts(NamedTuple):
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
def word_facts(folded: str, language: str) -> WordFacts:
    may_carry = not (
        folded.isdigit()
        or folded in BOILERPLATE
        or folded in STOPWORDS["en"]
        or folded in STOPWORDS.get(language, frozenset())
    )
    key = stem(folded, language)
    return WordFacts(
        language=language,
        key=key,
        unspaced=is_unspaced(folded),
        carries=may_carry and _is_long_enough(folded),
        carries_in_capitals=may_carry and len(folded) == 2,
        alone=(Phrase(key, folded, 1, False, False),),
    )


class KnownWord(NamedTuple):
    """What finding phrases asks of a word of a board.

    Phrases may begin with a `shared` word, and with one that a hashtag begins with; topics, if it says something.
    `is_opening` says that all phrases which begin with it are noted. Words of scripts without spaces begin none.
    """

    facts: WordFacts
    key: str
    shared: bool
    begins_hashtag: bool
    may_begin_topic: bool
    is_opening: bool


class KnownWords(dict[str, KnownWord]):
    """The words met so far in texts of a language."""

    def __init__(self, language: str, openings: Container[str] | None, shared: SharedWords | None) -> None:
        super().__init__()
        self.language = language
        self._openings, self._shared = openings, shared

    def __missing__(self, folded: str) -> KnownWord:
        facts, sharing = word_facts(folded, self.language), self._shared
        if facts.unspaced:
            shared = begins_tag = wanted = False
        else:
            shared = sharing is None or folded in sharing.words
            begins_tag = sharing is not None and folded in sharing.hashtag_starts
            wanted = self._openings is None or folded in self._openings
        topic = (shared or begins_tag) and (facts.carries or facts.carries_in_capitals)
        found = self[folded] = KnownWord(facts, facts.key, shared, begins_tag, topic, wanted)
        return found


def is_topical(text: TokenizedText, learnt: Sequence[KnownWord], start: int, last: int) -> bool:
    """A phrase begins and ends with words that carry something; "13-week" and "e-invoice" do as wholes."""
    second = start + 1
    if text.hyphened(second) and (last == second or text.hyphened(last)):
        return any(carries_meaning(text, place, learnt[place].facts) for place in range(start, last + 1))
    begins = carries_meaning(text, start, learnt[start].facts) or (last > second and text.hyphened(second))
    return begins and carries_meaning(text, last, learnt[last].facts) and len(text.folded[last]) > 1


def carries_meaning(text: TokenizedText, place: int, facts: WordFacts) -> bool:
    """Whether the word, as it is written there, says anything about a topic."""
    return facts.carries or (facts.carries_in_capitals and text.surfaces[place].isupper())


def _is_long_enough(folded: str) -> bool:
    """Whether a word that is no small one says something however it is written."""
    if len(folded) >= 3 or (len(folded) == 2 and all("\uac00" <= letter <= "\ud7a3" for letter in folded)):
        # A Korean syllable is what two or three letters are elsewhere.
        return True
    # Short words are topics only when written to be: AI, 4K, UX.
    return len(folded) == 2 and any(letter.isdigit() for letter in folded)
