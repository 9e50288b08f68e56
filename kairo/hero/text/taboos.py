"""Finds a brand's forbidden terms in any text: inflected, hyphenated, split, or joined in a hashtag."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kairo.hero.text.folding import fold
from kairo.hero.text.scripts import is_unspaced
from kairo.hero.text.stems import stem
from kairo.hero.text.words import Word, read

_WHOLE_TEXT = 1_000_000
_MIN_INSIDE = 5
"""A term of this many letters is also looked for inside hashtags and compounds."""
_MIN_AT_EDGE = 4
_MAX_ENDING = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class TabooHit:
    """Which forbidden term was found, and in which of the places that were looked at."""

    term: str
    place: str


class Taboos:
    """A brand's forbidden terms, ready to be looked for."""

    def __init__(self, terms: Iterable[str], *, languages: Sequence[str] = ()) -> None:
        tongues = tuple(dict.fromkeys([*(language.lower()[:2] for language in languages), "en"]))
        self._terms = [_Term(term, tongues) for term in terms if fold(term).strip()]

    def find(self, places: Iterable[tuple[str, str]]) -> TabooHit | None:
        """The first hit in the given (place, text) pairs, in their order; None where the texts are clean."""
        if not self._terms:
            return None
        for place, text in places:
            if not text:
                continue
            haystack = _Haystack(text)
            for term in self._terms:
                if term.is_in(haystack):
                    return TabooHit(term=term.shown, place=place)
        return None


class _Haystack:
    """A text made ready for many terms: most are ruled out by one look at its letters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = read(text, max_chars=_WHOLE_TEXT).words
        self.starts = frozenset(word.folded[:2] for word in self.words)
        self.spaced = "\n".join([word.folded for word in self.words])
        self.squeezed = self.spaced.replace("\n", "")


class _Term:
    def __init__(self, term: str, languages: tuple[str, ...]) -> None:
        self.shown = term.strip()
        self._unspaced = fold(term).replace(" ", "") if is_unspaced(term) else ""
        self._languages = languages
        self._words = [word.folded for word in read(term).words] or [fold(term).strip()]
        self._stems = [_stems(word, languages) for word in self._words]
        self._joined = "".join(self._words)
        self._joined_stem = min(_stems(self._joined, languages), key=lambda form: (len(form), form))
        self._inside = min([self._joined_stem, self._joined], key=len)

    def is_in(self, haystack: _Haystack) -> bool:
        if self._unspaced:
            return self._unspaced in fold(haystack.text).replace(" ", "")
        words = haystack.words
        return (
            (self._words[0][:2] in haystack.starts and self._as_phrase(words))
            or (self._inside in haystack.spaced and self._as_one_word(words))
            or (self._joined in haystack.squeezed and self._as_pieces(words))
        )

    def _as_phrase(self, words: Sequence[Word]) -> bool:
        size = len(self._words)
        lead = self._words[0][:2]
        for start in range(len(words) - size + 1):
            if words[start].folded.startswith(lead) and all(
                self._same(words[start + offset].folded, offset) for offset in range(size)
            ):
                return True
        return False

    def _same(self, word: str, index: int) -> bool:
        wanted = self._words[index]
        if word == wanted:
            return True
        if word[:2] != wanted[:2]:
            return False
        forms = _stems(word, self._languages)
        if forms & self._stems[index]:
            return True
        shortest = min(len(form) for form in self._stems[index])
        return shortest >= _MIN_AT_EDGE and any(
            form.startswith(root) and len(form) - len(root) <= min(_MAX_ENDING, len(root) - 1)
            for form in (word, *forms)
            for root in self._stems[index]
        )

    def _as_one_word(self, words: Sequence[Word]) -> bool:
        """Joined: "#crashdiettips", "lootboxes", "Glücksspielsucht"."""
        root = self._inside
        for word in words:
            if root not in word.folded:
                continue
            several = len(self._words) > 1
            if len(root) >= _MIN_INSIDE and (word.hashtag or several or word.folded.startswith(root)):
                return True
            if len(root) >= _MIN_INSIDE and len(word.folded) >= len(root) + 4 and word.folded.endswith(self._joined):
                return True
            at_edge = word.folded.startswith(root) or word.folded.endswith(root)
            if word.hashtag and at_edge and (len(root) >= _MIN_AT_EDGE or not root.isalpha()):
                return True
        return False

    def _as_pieces(self, words: Sequence[Word]) -> bool:
        """Torn apart: "de-tox", "10 x", "d.e.t.o.x"."""
        for start, word in enumerate(words):
            if not self._joined.startswith(word.folded) or not word.folded:
                continue
            pieces = word.folded
            for following in words[start + 1 : start + len(self._joined)]:
                pieces += following.folded
                if not self._joined.startswith(pieces) and pieces != self._joined_stem:
                    if pieces.startswith(self._joined) and _stems(pieces, self._languages) & {self._joined_stem}:
                        return True
                    break
                if pieces == self._joined:
                    return True
        return False


@lru_cache(maxsize=16_384)
def _stems(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(stem(word, language) for language in languages)
