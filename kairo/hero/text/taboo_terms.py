"""Matches one taboo term in a text.

A match is the term's words in order, inflected or misspelled or neither, with up to two other words between them and no
punctuation; "&", "+" and "and" are equal. Joined and split spellings and compounds (see `compounds`) match as well.
Derivations with another meaning ("crunchy") and letters inside another word ("international") do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from kairo.hero.text.compounds import (
    begins_compound,
    ends_compound,
    is_derived_noun,
    starts_derivation,
)
from kairo.hero.text.folding import fold
from kairo.hero.text.inflections import is_acronym, is_ending, is_inflection
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.sounds import coarse_key
from kairo.hero.text.taboo_texts import TabooText
from kairo.hero.text.taboo_unspaced import UnspacedTerm
from kairo.hero.text.taboo_words import TermWord, is_word
from kairo.hero.text.words import Word, camel_parts, tokenize

_MAX_WORDS_BETWEEN = 2
_MIN_JOINED = 4
_MIN_SPLIT = 5
_MIN_IN_TAG = 5
_LONG = 7
_CONNECTORS = {
    "en": ("and", "n", "plus"),
    "de": ("und",),
    "es": ("y", "e"),
    "pt": ("e",),
    "it": ("e", "ed"),
    "fr": ("et",),
    "nl": ("en",),
    "pl": ("i", "oraz"),
    "tr": ("ve", "ile"),
    "sv": ("och",),
    "da": ("og",),
    "no": ("og",),
    "hi": ("और", "व"),
    "ko": ("및",),
}


class TabooTerm(Protocol):
    """A compiled term."""

    letters: str
    """A substring of the coarse key of every matching text."""

    def may_match(self, key: str, beyond_latin: str) -> bool:
        """A cheap test that is true for every matching text.

        `key` is the coarse key of the text; `beyond_latin` is the case-folded text if it is not ASCII, otherwise "".
        """

    def matches(self, text: TabooText) -> bool:
        """Whether the text contains the term."""


def compile_term(term: str, *, languages: tuple[str, ...]) -> TabooTerm:
    """Compiles a term with the inflections of the languages."""
    return UnspacedTerm(term) if is_unspaced(term) else SpacedTerm(term, languages)


class SpacedTerm:
    """A term in a script with spaces between words."""

    def __init__(self, term: str, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._connectors = frozenset(word for language in languages for word in _CONNECTORS.get(language, ()))
        words = tokenize(term).words
        inner = [
            word
            for place, word in enumerate(words)
            if not (0 < place < len(words) - 1 and word.folded in self._connectors)
        ]
        self._words = [TermWord(word, languages) for word in inner] or [TermWord.bare(fold(term), languages)]
        self._joined = "".join(word.folded for word in self._words)
        self._joints = self._joined_by(term, words, inner)
        *lead, last = self._words
        self._joined_root = "".join(word.folded for word in lead) + last.root
        self._joined_keys = frozenset(map(coarse_key, (self._joined_root, *self._joints)))
        first = self._words[0]
        self.letters = first.letters[0] if len(first.letters) == 1 and first.latin else ""
        self._order = _in_order(self._words)
        self._known: dict[tuple[str, int], bool] = {}

    def _joined_by(self, shown: str, words: Sequence[Word], inner: Sequence[Word]) -> tuple[str, ...]:
        """The term as one word; a term with "&", "+" or "and" also with each "and" of the languages."""
        if len(inner) == len(words) and not re.search("[&+]", shown):
            return (self._joined,)
        folded = [word.folded for word in self._words]
        return tuple(sorted({self._joined, *(connector.join(folded) for connector in self._connectors)}))

    def may_match(self, key: str, beyond_latin: str) -> bool:
        if not all(word.may_match(key, beyond_latin) for word in self._words):
            return False
        return self._order is None or self._order.search(key) is not None

    def matches(self, text: TabooText) -> bool:
        if self._as_phrase(text):
            return True
        joined = any(key in text.key for key in self._joined_keys)
        return joined and (self._as_one_word(text) or self._as_pieces(text))

    def _as_phrase(self, text: TabooText) -> bool:
        first, lone = self._words[0], len(self._words) == 1
        for start, word in enumerate(text.words):
            if not first.may_be(word.folded, inside=lone):
                continue
            if self._matches(text, start, 0) and self._continues(text, start, 1):
                return True
        return False

    def _continues(self, text: TabooText, last: int, index: int) -> bool:
        """Whether the term's words from `index` on follow the text's word at `last`."""
        if index == len(self._words):
            return True
        for place in range(last + 1, min(last + 2 + _MAX_WORDS_BETWEEN, len(text.words))):
            if self._matches(text, place, index) and self._may_stand_between(text, last, place, index):
                return self._continues(text, place, index + 1)
        return False

    def _may_stand_between(self, text: TabooText, last: int, place: int, index: int) -> bool:
        if place == last + 1:
            return True
        between = text.words[last + 1 : place]
        if any(word.hashtag for word in between) or text.pauses_between(last, place):
            return False
        # Two very short words with others between them would match by chance.
        tiny = len(self._words[index].folded) <= 2 and len(self._words[index - 1].folded) <= 2
        return not tiny or all(word.folded in self._connectors for word in between)

    def _matches(self, text: TabooText, place: int, index: int) -> bool:
        word, term_word = text.words[place], self._words[index]
        key = (word.surface, index)
        if key not in self._known:
            forms = text.forms(place)
            is_single = len(self._words) == 1
            self._known[key] = term_word.is_form(word, forms) or (is_single and term_word.is_part(forms))
        return self._known[key]

    def _as_one_word(self, text: TabooText) -> bool:
        """Joined spellings: "#crashdiettips", "lootboxes", "Glücksspielsucht"."""
        if len(self._joined) < _MIN_JOINED and self._joined.isalpha() and not is_acronym(self._joined):
            return False
        for place, word in enumerate(text.words):
            if len(self._words) > 1:
                if any(self._contains_joined(form, hashtag=word.hashtag) for form in text.forms(place)):
                    return True
            elif word.hashtag and any(self._is_in_tag(word, form) for form in text.forms(place)):
                return True
        return False

    def _contains_joined(self, form: str, *, hashtag: bool) -> bool:
        for joined in (self._joined_root, *self._joints):
            place = form.find(joined)
            if place >= 0 and (hashtag or place == 0 or form.endswith(joined) or len(joined) > _LONG):
                return True
        return False

    def _is_in_tag(self, word: Word, form: str) -> bool:
        """Splits a hashtag by its capitals, or without capitals decides by the letters around the term."""
        parts = camel_parts(word.surface)
        if len(parts) > 1:
            inner_words = [inner for part in parts for inner in tokenize(part).words]
            if any(self._words[0].is_form(inner, (inner.folded,)) for inner in inner_words):
                return True
        for root in dict.fromkeys((self._joined, self._joined_root)):
            place = form.find(root)
            while place >= 0:
                if self._stands_alone(form[:place], root, form[place + len(root) :]):
                    return True
                place = form.find(root, place + 1)
        return False

    def _stands_alone(self, before: str, root: str, after: str) -> bool:
        if before and after and len(root) < _MIN_IN_TAG:
            return False
        if not root.isalpha():
            return not before or not after
        return self._may_precede(before, root) and self._may_follow(root, after)

    def _may_precede(self, before: str, root: str) -> bool:
        if not before or is_word(before):
            return True
        if len(root) < _MIN_IN_TAG:
            return ends_compound(before + root, root, languages=self._languages)
        return len(before) >= 2 and not is_derived_noun(root)

    def _may_follow(self, root: str, after: str) -> bool:
        if not after or is_ending(after, root, languages=self._languages) or is_word(after):
            return True
        if is_acronym(root):
            return len(after) >= _MIN_JOINED
        if len(root) < _MIN_IN_TAG:
            return begins_compound(root + after, root, languages=self._languages)
        return len(after) > 2 and not starts_derivation(after)

    def _as_pieces(self, text: TabooText) -> bool:
        """Split spellings: "de-tox", "10 x", "d.e.t.o.x"."""
        if len(self._joined) < _MIN_JOINED - 1 and self._joined.isalpha():
            return False
        for start, word in enumerate(text.words):
            if word.folded and self._joined.startswith(word.folded) and self._is_split(text, start):
                return True
        return False

    def _is_split(self, text: TabooText, start: int) -> bool:
        pieces = text.words[start].folded
        for place in range(start + 1, min(start + len(self._joined), len(text.words))):
            pieces += text.words[place].folded
            pieces_so_far = text.words[start : place + 1]
            spelled_out = len(pieces_so_far) > 2 and all(len(word.folded) == 1 for word in pieces_so_far)
            if pieces == self._joined or is_inflection(pieces, self._joined, languages=self._languages):
                return spelled_out or len(self._joined) >= _MIN_SPLIT or not self._joined.isalpha()
            if not self._joined.startswith(pieces):
                return False
        return False


def _in_order(words: Sequence[TermWord]) -> re.Pattern[str] | None:
    """A pattern of the words' letters in order, with the largest distance that words between them allow."""
    if len(words) < 2 or not all(word.latin for word in words):
        return None
    # In a coarse key, a letter that ends one word and starts the next occurs once: "ghost tour" is in "gostour".
    *lead, last = ["|".join(word.letters) for word in words]
    before = [f"(?:{'|'.join(_all_but_last(letters) for letters in group.split('|'))})" for group in lead]
    return re.compile(f".{{0,{_MAX_WORDS_BETWEEN * 40}}}?".join((*before, f"(?:{last})")))


def _all_but_last(letters: str) -> str:
    return f"{letters[:-1]}(?={letters[-1:]})"
