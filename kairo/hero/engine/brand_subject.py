"""Recognises posts by the brand and posts that name it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO
from kairo.hero.text.business_words import BUSINESS_WORDS
from kairo.hero.text.common_words import is_common
from kairo.hero.text.folding import fold, plain
from kairo.hero.text.handles import handle_of, handles_of
from kairo.hero.text.scripts import KATAKANA, is_unspaced
from kairo.hero.text.spellings import spellings, unaccented
from kairo.hero.text.stems import stem
from kairo.hero.text.words import Word, tokenize

_MIN_NAME_CHARS = 4
"""A shorter name ("Go") is found with its own capitals, as an account or as a hashtag only."""
_MIN_INFLECTED_CHARS = 5
_MIN_LONE_CHARS = 8
_MIN_TAG_START_CHARS = 5
_PLACING = "at|from|bei|von|chez|en|presso|bij|od|w|z|u"
_LATIN = "a-z0-9\u00df-\u024f"
# Genitives and cases of names: English, German, Scandinavian; Polish; Finnish and Turkish (often after an apostrophe).
_ENDINGS = (
    "owie|ach|ami|dan|den|iem|lla|lle|lta|nin|nun|owi|ssa|sta|tan|ten|"
    "da|de|em|en|er|es|ia|ie|in|la|le|ni|om|ow|ta|te|un|yi|yu|a|e|i|n|s|u|y"
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name to look for: its words in lower case, and as the brand writes it.

    A strict one is found with its own capitals, as an account or as a hashtag only.
    """

    words: tuple[str, ...]
    written: str
    strict: bool
    placed: bool = False
    """Whether a strict one is found in small letters too, behind "at" or "from"."""

    @property
    def joined(self) -> str:
        return "".join(self.words)


class BrandSubject:
    """Tells the posts by a brand's own accounts and those about the brand from others. Compiled once, pure.

    The brand is named by its name, its accounts and its products. A name of several words is also found without the
    words that say what kind of business it is ("Harbor Pine" for "Harbor Pine Credit Union"). A name that is an
    everyday word or has fewer than 4 letters must be written with its capitals, as an account or as a hashtag.
    """

    def __init__(self, brand: BrandSnapshotDTO) -> None:
        self._own = handles_of(brand.handles)
        own_words = _profile_stems(brand)
        names = [
            *_names_of(brand),
            *(found for one in brand.product_names for found in _name(tokenize(one).words, own_words)),
        ]
        self._names = tuple({(name.words, name.strict): name for name in names}.values())
        polish = any(language.lower().startswith("pl") for language in brand.languages)
        loose = [_loose(name, polish=polish) for name in self._names if not name.strict]
        marked = [pattern for name in self._names for pattern in _marked(name)]
        marked += [rf"\b(?:{_PLACING})\s{_either(name.joined)}(?!\w)" for name in self._names if name.placed]
        marked += [_account(handle) for handle in sorted(self._own)]
        loose += [
            re.escape(handle) for handle in sorted(self._own) if re.search(r"[._\-\d]", handle) and len(handle) > 4
        ]
        self._anywhere = _compiled([*(_bounded(pattern) for pattern in loose), *marked])
        self._as_written = _compiled(
            [_capital(name) for name in self._names if name.strict and not name.written.islower()]
        )
        self._probes = _probes([*(name.words[0] for name in self._names), *self._own])

    def is_own(self, item: EvidenceItemDTO) -> bool:
        """Whether one of the brand's own accounts posted it."""
        return bool(self._own) and handle_of(item.author_ref) in self._own

    def names_brand(self, item: EvidenceItemDTO) -> bool:
        """Whether the post names the brand and is not by the brand: in its title, text, transcript or hashtags."""
        if not (self._names or self._own) or self.is_own(item):
            return False
        tags = " ".join(f"#{tag.lstrip('#')}" for tag in item.hashtags)
        text = f"{item.title}\n{item.text_primary}\n{item.text_secondary}\n{tags}"
        return self.is_in(text)

    def is_in(self, text: str) -> bool:
        """Whether a text names the brand."""
        if not (self._names or self._own):
            return False
        lowered = text.casefold()
        # Folding is what costs; letters beyond ASCII may fold to any.
        if self._probes and not any(probe in lowered for probe in self._probes):
            return False
        if self._anywhere is not None and self._anywhere.search(unaccented(fold(text))):
            return True
        return self._as_written is not None and self._as_written.search(plain(text)) is not None


def _names_of(brand: BrandSnapshotDTO) -> Iterator[_Name]:
    """The brand's name, and the part of it that people say."""
    own_words = _profile_stems(brand)
    words = tokenize(brand.name).words
    yield from _name(words, own_words)
    start, end = 0, len(words)
    while end - start > 1 and _tells_the_kind(words[end - 1], own_words):
        end -= 1
    while end - start > 1 and _tells_the_kind(words[start], own_words):
        start += 1
    if end - start < len(words) and not _tells_the_kind(words[start], own_words):
        # Short words that are left are everyday words more often than names.
        for name in _name(words[start:end], own_words):
            lone = len(name.words) == 1 and len(name.joined) < _MIN_LONE_CHARS
            yield replace(name, strict=name.strict or lone, placed=lone and not name.strict)


def _name(words: Sequence[Word], own_words: frozenset[str]) -> Iterator[_Name]:
    """The words as a name. One that has to be told by its capitals and has none is found by its marks alone."""
    if words:
        lone = words[0].folded if len(words) == 1 else ""
        strict = bool(lone) and (len(lone) < _MIN_NAME_CHARS or is_common(lone) or _is_of(words[0], own_words))
        yield _Name(
            tuple(re.sub(r"['_]", "", word.surface.casefold()) for word in words),
            " ".join(word.surface for word in words),
            strict,
        )


def _tells_the_kind(word: Word, own_words: frozenset[str]) -> bool:
    return unaccented(word.folded) in BUSINESS_WORDS or _is_of(word, own_words)


def _is_of(word: Word, own_words: frozenset[str]) -> bool:
    return not _stems(word.folded).isdisjoint(own_words)


@lru_cache(maxsize=32)
def _profile_stems(brand: BrandSnapshotDTO) -> frozenset[str]:
    """The words with which the brand describes itself: they name its trade, not the brand."""
    name = brand.name.casefold()
    texts = [text for one in brand.pillars for text in (one.name, one.description, *one.keywords)]
    texts += [keyword for one in brand.personas for keyword in one.keywords]
    texts.append(re.sub(re.escape(name), " ", brand.positioning.casefold()) if name else brand.positioning)
    return frozenset(form for text in texts for word in tokenize(text).words for form in _stems(word.folded))


def _stems(folded: str) -> frozenset[str]:
    return frozenset({folded, stem(folded, "en")})


def _loose(name: _Name, *, polish: bool) -> str:
    """The name however its words are joined, with an ending of a case behind its last one."""
    forms = [_either(word) for word in name.words]
    ending = rf"(?:'?(?:{_ENDINGS}))?"
    if re.search(f"[{KATAKANA}]", name.joined):
        return f"(?<![{KATAKANA}]){''.join(forms)}(?![{KATAKANA}])"
    if not re.search(f"[{_LATIN}]", unaccented(name.joined)):
        # Particles and cases follow without a space, and what stands before a name is a space.
        return rf"(?<!\w){''.join(forms)}" if not is_unspaced(name.joined) else "".join(forms)
    if polish and len(name.joined) >= _MIN_INFLECTED_CHARS and name.words[-1].endswith("a"):
        # "Grania": "w Granii", "do Granii"; the ending stands in place of the last letter.
        endings, optional = "ami|ach|ie|om|i|y|e|o|u", "?" if name.joined.endswith("ia") else ""
        forms[-1] = rf"(?:{forms[-1]}|{re.escape(unaccented(name.words[-1]))[:-1]}(?:{endings}){optional})"
    return r"[\s\-_.']{0,2}".join(forms) + (ending if len(name.joined) >= _MIN_INFLECTED_CHARS else "(?:'?s)?")


def _marked(name: _Name) -> Iterator[str]:
    """The name as an account or a hashtag; a hashtag may go on after a name that is no everyday word."""
    joined = "[_.]?".join(_either(word) for word in name.words)
    goes_on = "" if name.strict or len(name.joined) < _MIN_TAG_START_CHARS else r"\w*"
    yield rf"[#\uff03]{joined}{goes_on}(?!\w)"
    yield rf"(?<![\w.])@{joined}(?!\w)(?!\.\w)"


def _account(handle: str) -> str:
    return rf"(?<![\w.])@{re.escape(unaccented(handle))}(?!\w)(?!\.\w)|[#\uff03]{re.escape(unaccented(handle))}(?!\w)"


def _capital(name: _Name) -> str:
    """The name exactly as the brand writes it, or shouted."""
    shouted = f"|{re.escape(name.written.upper())}" if len(name.written) >= _MIN_NAME_CHARS else ""
    return rf"(?<![\w@#.])(?:{re.escape(name.written)}(?:'?s)?{shouted})(?!\w)(?!\.\w)"


def _either(word: str) -> str:
    forms = sorted({unaccented(form) for form in spellings(word)} | ({word} if not word.isascii() else set()))
    return forms[0] if len(forms) == 1 and forms[0].isascii() else f"(?:{'|'.join(map(re.escape, forms))})"


def _bounded(pattern: str) -> str:
    """Not inside another word of its script: a Japanese or Korean particle may follow a Latin name without a space."""
    return rf"(?<![{_LATIN}@])(?:{pattern})(?![{_LATIN}])"


def _compiled(patterns: Iterable[str]) -> re.Pattern[str] | None:
    joined = "|".join(dict.fromkeys(patterns))
    return re.compile(joined) if joined else None


def _probes(words: Iterable[str]) -> tuple[str, ...]:
    """Letters of which a text must hold one; empty where a name has none that folding leaves as they are."""
    found = []
    for word in words:
        runs = sorted(re.findall(r"[a-z0-9]+", word), key=lambda run: (-len(run), run))
        if not runs or len(runs[0]) < 2:
            return ()
        # The last letter may give way to an ending.
        found.append(runs[0][: max(4, len(runs[0]) - 1)])
    return tuple(dict.fromkeys(found))


subject_of = lru_cache(maxsize=32)(BrandSubject)
"""The subject of a brand, compiled once for engine and review: a brand is the same on board after board."""
