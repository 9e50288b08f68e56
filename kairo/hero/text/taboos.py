"""Finds a brand's taboo terms in texts: inflected, in compounds, hyphenated, split, or joined in a hashtag."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kairo.hero.dto import BrandSnapshotDTO
from kairo.hero.text.folding import fold
from kairo.hero.text.sounds import coarse_key
from kairo.hero.text.taboo_terms import TabooTerm, compile_term
from kairo.hero.text.taboo_texts import TabooText


@dataclass(frozen=True, kw_only=True, slots=True)
class TabooHit:
    """A taboo term found in a text, with the name of the text's place.

    `synonym` is the synonym of the term that was found, or "" if it was the term itself.
    """

    term: str
    place: str
    synonym: str = ""


class Taboos:
    """A brand's compiled taboo terms.

    A cheap test of the text's coarse key excludes most terms; only the others are compared word by word.
    """

    def __init__(
        self,
        terms: Iterable[str],
        *,
        languages: Sequence[str] = (),
        synonyms: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        codes = tuple(dict.fromkeys([*(language.lower()[:2] for language in languages), "en"]))
        self._terms: list[tuple[str, str, str, TabooTerm]] = []
        for term in dict.fromkeys([*terms, *(synonyms or {})]):
            for text in dict.fromkeys([term, *(synonyms or {}).get(term, ())]):
                if fold(text).strip():
                    synonym = "" if text == term else text.strip()
                    matcher = compile_term(text, languages=codes)
                    self._terms.append((matcher.letters, term.strip(), synonym, matcher))

    @classmethod
    def of(cls, brand: BrandSnapshotDTO) -> Taboos:
        """The taboos of a brand with their synonyms, in the brand's languages."""
        synonyms = {entry.term: entry.synonyms for entry in brand.taboo_terms}
        return cls(brand.taboos, languages=brand.languages, synonyms=synonyms)

    def find(self, places: Iterable[tuple[str, str]]) -> TabooHit | None:
        """The first hit in (place, text) pairs, in their order, or None."""
        texts = [(place, text) for place, text in places if text]
        if not self._may_match("\n".join(text for _, text in texts)):
            return None
        for place, text in texts:
            key = coarse_key(text)
            beyond_latin = _beyond_latin(text)
            taboo_text: TabooText | None = None
            for letters, term, synonym, matcher in self._terms:
                # The hot loop: nearly every term ends here, without a function call.
                if letters not in key or not matcher.may_match(key, beyond_latin):
                    continue
                taboo_text = taboo_text or TabooText(text, key)
                if matcher.matches(taboo_text):
                    return TabooHit(term=term, place=place, synonym=synonym)
        return None

    def _may_match(self, joined: str) -> bool:
        """A cheap test of all texts joined; a coarse key has no separators, so it contains the key of each text."""
        if not self._terms:
            return False
        key, beyond_latin = coarse_key(joined), _beyond_latin(joined)
        return any(letters in key and matcher.may_match(key, beyond_latin) for letters, _, _, matcher in self._terms)


def _beyond_latin(text: str) -> str:
    return "" if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


taboos_of = lru_cache(maxsize=32)(Taboos.of)
"""The compiled taboos of a brand, cached for engine and review."""
