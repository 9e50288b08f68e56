"""Fills templates, and picks templates that the board has not used."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from typing import TypeVar

from kairo.hero.engine.wording.grammar import Templates

_T = TypeVar("_T")
_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_FINALS = 28
_FINAL_RIEUL = 8
# How digits and Latin letters end when they are read out in Korean.
_ENDS_IN_CONSONANT = frozenset("013678LMNRlmnr")
_ENDS_IN_RIEUL = frozenset("178LRlr")


class Slot(str):
    """A text that stands in a slot. `{topic:은/는}` adds the Korean particle that its last sound asks for."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if "/" not in spec:
            return super().__format__(spec)
        return str(self) + particle(self, spec)


def particle(word: str, pair: str) -> str:
    """The form of a Korean particle after the word; `pair` gives those after a consonant and after a vowel: 은/는."""
    after_consonant, after_vowel = pair.split("/")
    last = next((letter for letter in reversed(word) if letter.isalnum()), "")
    if len(last) == 1 and _FIRST_SYLLABLE <= ord(last) <= _LAST_SYLLABLE:
        final = (ord(last) - _FIRST_SYLLABLE) % _FINALS
        rieul = final == _FINAL_RIEUL
        closed = final > 0
    else:
        closed, rieul = last in _ENDS_IN_CONSONANT, last in _ENDS_IN_RIEUL
    # "으로" is the one particle that an ㄹ does not ask for.
    return after_consonant if closed and not (rieul and after_consonant == "으로") else after_vowel


def slots_of(**texts: str) -> dict[str, Slot]:
    """The texts that are there, each as a slot."""
    return {name: Slot(text) for name, text in texts.items() if text}


def fits(template: str, slots: Mapping[str, str]) -> bool:
    """Whether every slot of the template is known."""
    return _names_in(template) <= slots.keys()


@cache
def _names_in(template: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(template) if name)


def rotated(templates: tuple[_T, ...], concept: str) -> tuple[_T, ...]:
    """The templates, or other options, starting at one that the concept alone decides."""
    if not templates:
        return templates
    turn = int.from_bytes(hashlib.sha256(concept.encode()).digest()[:4], "big") % len(templates)
    return templates[turn:] + templates[:turn]


class TemplatePicker:
    """Chooses templates for one opportunity, never one that the board has used. `used` lists those it chose, in
    order."""

    def __init__(self, concept: str, used: Iterable[str], *, unsuited: frozenset[str] = frozenset()) -> None:
        self._concept, self._gone, self._unsuited = concept, set(used), unsuited
        self.used: list[str] = []

    def pick(self, templates: Templates, slots: Mapping[str, str], *, most: int | None = None) -> str | None:
        """The first template that fits, is new and gives at most `most` characters, filled; None where there is
        none."""
        for template in rotated(templates, self._concept):
            if template in self._gone or template in self._unsuited or not fits(template, slots):
                continue
            filled = template.format(**slots)
            if most is None or len(filled) <= most:
                self.mark_used(template)
                return filled
        return None

    def mark_used(self, template: str) -> None:
        """Marks a template, or anything else that must not come twice on a board, as used."""
        self._gone.add(template)
        self.used.append(template)

    def is_unused(self, template: str) -> bool:
        """Whether the board has not used it yet."""
        return template not in self._gone
