"""Finds a brand's forbidden terms in any text: inflected, compounded, hyphenated, split, or joined in a hashtag."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.text.folding import fold
from kairo.hero.text.sounds import coarse_key
from kairo.hero.text.taboo_terms import TabooTerm, compiled
from kairo.hero.text.taboo_texts import TabooText


@dataclass(frozen=True, kw_only=True, slots=True)
class TabooHit:
    """Which forbidden term was found, and in which of the places that were looked at.

    `synonym` is the brand's other word for the term where that was found instead; "" where the term itself was.
    """

    term: str
    place: str
    synonym: str = ""


class Taboos:
    """A brand's forbidden terms, ready to be looked for.

    A text is first searched for a few letters of each term without separators, accents and usual misspellings; only
    terms whose letters are there are compared word by word.
    """

    def __init__(
        self,
        terms: Iterable[str],
        *,
        languages: Sequence[str] = (),
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        spoken = tuple(dict.fromkeys([*(language.lower()[:2] for language in languages), "en"]))
        self._terms: list[tuple[str, str, str, TabooTerm]] = []
        for term in dict.fromkeys([*terms, *(synonyms or {})]):
            for text in dict.fromkeys([term, *(synonyms or {}).get(term, ())]):
                if fold(text).strip():
                    synonym = "" if text == term else text.strip()
                    matcher = compiled(text, languages=spoken)
                    self._terms.append((matcher.letters, term.strip(), synonym, matcher))

    @classmethod
    def of(cls, brand: BrandSnapshotDTO) -> Taboos:
        """The taboos of a brand with their synonyms, in the brand's languages."""
        synonyms = {entry.term: entry.synonyms for entry in brand.taboo_terms}
        return cls(brand.taboos, languages=brand.languages, synonyms=synonyms)

    def find(self, places: Iterable[tuple[str, str]]) -> TabooHit | None:
        """The first hit in the given (place, text) pairs, in their order; None where the texts are clean."""
        texts = [(place, text) for place, text in places if text]
        if not self._may_be_in("\n".join(text for _, text in texts)):
            return None
        for place, text in texts:
            key = coarse_key(text)
            beyond_latin = _beyond_latin(text)
            read_text: TabooText | None = None
            for letters, term, synonym, matcher in self._terms:
                # Most terms end here, for every text: no call, no generator.
                if letters not in key or not matcher.may_be_in(key, beyond_latin):
                    continue
                read_text = read_text or TabooText(text, key)
                if matcher.is_in(read_text):
                    return TabooHit(term=term, place=place, synonym=synonym)
        return None

    def _may_be_in(self, whole: str) -> bool:
        """Whether a line of the text may hold a term. No sign between two lines leaves anything in a coarse key."""
        if not self._terms:
            return False
        key, beyond_latin = coarse_key(whole), _beyond_latin(whole)
        return any(letters in key and matcher.may_be_in(key, beyond_latin) for letters, _, _, matcher in self._terms)


def _beyond_latin(text: str) -> str:
    return "" if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


taboos_of = lru_cache(maxsize=32)(Taboos.of)
"""The taboos of a brand, compiled once for engine and review."""
