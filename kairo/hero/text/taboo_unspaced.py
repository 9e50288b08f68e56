"""Matches a taboo term in a script without spaces between words."""

from __future__ import annotations

import re

from kairo.hero.text.folding import fold
from kairo.hero.text.scripts import HAN, KATAKANA
from kairo.hero.text.taboo_texts import TabooText

_BLANKS = re.compile(r"[\s_\-\u30fb\u00b7]+")
_JAPANESE_ROWS = (
    "かきくけこ",
    "がぎぐげご",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "ばびぶべぼ",
    "まみむめも",
    "らりるれろ",
    "わいうえお",
)
"""The final syllable of a verb changes within its row (のむ, のみ, のま); the third ends the dictionary form."""


class UnspacedTerm:
    """A term that matches its letters anywhere, with the inflections of Japanese verbs and adjectives."""

    def __init__(self, term: str) -> None:
        self.letters = ""
        self._term = _BLANKS.sub("", fold(term)).removesuffix("\u30fc")
        self._pattern = re.compile(self._expression())

    def may_match(self, key: str, beyond_latin: str) -> bool:
        return self._term[:1] in beyond_latin

    def matches(self, text: TabooText) -> bool:
        return self._pattern.search(_BLANKS.sub("", fold(text.text))) is not None

    def _expression(self) -> str:
        term = re.escape(self._term)
        if re.fullmatch(f"[{KATAKANA}]{{1,3}}", self._term):
            return f"(?<![{KATAKANA}]){term}(?![{KATAKANA}])"
        if not re.search(f"[{HAN}][\u3041-\u309f]{{1,3}}$", self._term):
            return term
        last = self._term[-1:]
        for row in _JAPANESE_ROWS:
            if last == row[2]:
                following = row + (
                    "\u3063\u3093\u3044" if last != "\u308b" else "\u3063\u305f\u3066\u307e\u306a\u305a\u3088\u3084"
                )
                return f"{re.escape(self._term[:-1])}[{following}]"
        if last == "\u3044":
            return f"{re.escape(self._term[:-1])}[\u3044\u304f\u304b\u3051\u3055\u305d\u3059]"
        return term
