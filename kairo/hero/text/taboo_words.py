"""Matches one word of a taboo term against words of a text: inflections, misspellings and compounds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kairo.hero.text.common_words import is_common
from kairo.hero.text.compounds import begins_compound, contains_compound, ends_compound, is_derivation, is_known_part
from kairo.hero.text.inflections import STEM_CHANGING_LANGUAGES, changed_numbers, is_ending, is_inflection
from kairo.hero.text.sounds import coarse_key, phonetic_key
from kairo.hero.text.spellings import spellings, unaccented
from kairo.hero.text.stems import stem
from kairo.hero.text.words import Word

_MIN_LONE_STEM = 5
_MIN_MISSPELLED = 6


class TermWord:
    """A word of a term with its spellings, stems and keys. `bare` builds one from a text without tokens."""

    def __init__(self, word: Word, languages: tuple[str, ...]) -> None:
        self._prepare(word.folded, word.surface.casefold(), languages)

    @classmethod
    def bare(cls, text: str, languages: tuple[str, ...]) -> TermWord:
        word = cls.__new__(cls)
        word._prepare(text.strip(), text.strip(), languages)
        return word

    def _prepare(self, folded: str, lowered: str, languages: tuple[str, ...]) -> None:
        self.folded = unaccented(folded)
        self._languages = languages
        self._spellings = sorted({folded, self.folded, *map(unaccented, spellings(lowered))})
        # Some stemmers need the accent: with it, "homeopatía" and "homeopático" have the same stem.
        written = (*self._spellings, lowered)
        self._stems = frozenset(unaccented(form) for one in written for form in _stems(one, languages))
        roots = [*self._stems, *self._spellings]
        self.root = min((unaccented(one) for one in roots), key=lambda one: (len(one), one))
        self._key = phonetic_key(self.folded)
        self.latin = self.folded.isascii()
        probes = {_probe(one, languages) for one in (self.root, *self._spellings)}
        self.letters = tuple(sorted(one for one in probes if not any(other in one for other in probes - {one})))
        self._initials = frozenset(one[:1] for one in (self.folded, *self._spellings, self._key))

    def may_match(self, key: str, beyond_latin: str) -> bool:
        if not self.latin:
            return self.folded[:2] in beyond_latin
        return any(letters in key for letters in self.letters)

    def may_be(self, folded: str, *, inside: bool) -> bool:
        """A cheap test that is true for every form of this word and, if `inside`, for every word that contains one."""
        if folded[:1] in self._initials or (not self.latin and folded[:1] == self.folded[:1]):
            return True
        if self._key[:1] in "ksfaeio" and phonetic_key(folded)[:1] == self._key[:1]:
            return True
        return inside and (not folded.isascii() or any(one in folded for one in self._spellings))

    def is_form(self, word: Word, forms: tuple[str, ...]) -> bool:
        """Whether the word is a spelling, inflection or misspelling of this one."""
        if any(form in self._spellings for form in forms):
            return True
        if len(self.folded) == 2 and word.surface == f"{self.folded.upper()}s":
            return True
        if "'" in word.surface and unaccented(word.surface.split("'")[0].casefold()) in self._spellings:
            return True
        return any(self._is_form(form) for form in forms)

    def _is_form(self, form: str) -> bool:
        if form[:1] == self.folded[:1]:
            if any(self._shares(one, form) for one in self._stems & _stems(form, self._languages)):
                return True
            plain = unaccented(form)
            if any(is_inflection(plain, root, languages=self._languages) for root in self._roots()):
                return True
        return len(self.folded) >= _MIN_MISSPELLED and self._is_misspelled(form)

    def _shares(self, one: str, form: str) -> bool:
        """Whether the word with this common stem is an inflection, not a derivation ("organic" of "organ")."""
        if not form.startswith(one) or not self.folded.startswith(one) or form.startswith(self.folded):
            ending = form[len(self.folded) :] if form.startswith(self.folded) else ""
        else:
            ending = form[len(one) :]
        derived = is_derivation(ending) and not is_ending(ending, one, languages=self._languages)
        return not derived or is_derivation(self.folded[len(one) :])

    def _roots(self) -> Iterator[str]:
        """The word's spellings and its stems that are long enough to be unambiguous."""
        yield from self._spellings
        for one in self._stems:
            if len(one) >= _MIN_LONE_STEM and one not in self._spellings:
                yield unaccented(one)

    def _is_misspelled(self, form: str) -> bool:
        key = phonetic_key(unaccented(form))
        return key == self._key or (
            key.startswith(self._key) and is_ending(key[len(self._key) :], self._key, languages=self._languages)
        )

    def is_part(self, forms: tuple[str, ...]) -> bool:
        """Whether the word is a compound with this one."""
        return any(
            begins_compound(form, root, languages=self._languages)
            or ends_compound(form, root, languages=self._languages)
            or contains_compound(form, root, languages=self._languages)
            for form in map(unaccented, forms)
            for root in self._spellings
            if len(form) > len(root) + (2 if root.isascii() else 0)
        )


def is_word(text: str) -> bool:
    return text.isdigit() or is_common(text) or is_known_part(text)


def _probe(root: str, languages: tuple[str, ...]) -> str:
    """The letters that every form of the word contains; in some languages the last ones change."""
    key = coarse_key(root)
    if changed_numbers(root, languages=languages):
        return key[: max(2, len(key) - 3)]
    return key[: max(4, len(key) - 2)] if STEM_CHANGING_LANGUAGES.intersection(languages) else key


@lru_cache(maxsize=16_384)
def _stems(word: str, languages: tuple[str, ...]) -> frozenset[str]:
    # The Turkish stemmer mangles words of other languages; Turkish endings are matched instead.
    return frozenset(stem(word, language) for language in languages if language != "tr")
