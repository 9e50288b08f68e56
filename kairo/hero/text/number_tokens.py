"""The numbers that a candidate's texts may hold: each is proven by a claim, or stands in a quotation or a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kairo.hero.text.common_words import is_common
from kairo.hero.text.folding import plain
from kairo.hero.text.number_words import written_numbers
from kairo.hero.text.words import tokenize

_LATIN = "A-Za-z\u00c0-\u024f"
_TOKEN = re.compile(
    rf"(?<!\d)\d{{1,3}}(?: \d{{3}})+(?!\d)|[{_LATIN}]*\d(?:[{_LATIN}\d]|[.,:/\u2019'\u00a0\u202f](?=\d))*"
)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f' ]\d{3})+(?!\d)|\d+")
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3}(?!\d))")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|er|re|e|o|a|\u00ba|\u00aa|te|ten|ste|de)")
_SAME_WORD_CHARS = 4
_MAX_CHARS = 4_000


def numbers(text: str) -> list[str]:
    """The whole numbers that a text has in digits, as ASCII digits without thousands separators."""
    return [str(int(re.sub(r"\D", "", found))) for found in _NUMBER.findall(text[:20_000]) if len(found) <= 40]


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number as a text has it: "7", "1,240", "24/7", "B2B", "seven". `values` are what a claim may prove.

    `before` and `after` are the words beside it; "" where none stands there.
    """

    text: str
    values: tuple[str, ...]
    before: str
    after: str
    mixed: bool


def number_tokens(text: str, *, likely: Sequence[str] = ()) -> tuple[NumberToken, ...]:
    """Every number of a text, in digits or in words."""
    return _tokens(text, tuple(likely))


@lru_cache(maxsize=4_096)
def _tokens(text: str, likely: tuple[str, ...]) -> tuple[NumberToken, ...]:
    # Spaces that group thousands would become plain ones, and the number two.
    shown = plain(unicodedata.normalize("NFKC", _GROUPED.sub("'", text)))
    found: list[tuple[int, int, str, str | None]] = []
    if _DIGIT.search(shown):
        found += [(match.start(), match.end(), match.group(), None) for match in _TOKEN.finditer(shown)]
    found += [(one.start, one.end, one.text, one.value) for one in written_numbers(shown, likely=likely)]
    words = tokenize(shown, max_chars=20_000).words if found else ()
    tokens = []
    for start, end, token, value in sorted(found, key=lambda one: one[:2]):
        before = next((word.folded for word in reversed(words) if word.end <= start), "")
        after = next((word.folded for word in words if word.start >= end), "")
        values = tuple(numbers(token)) if value is None else (value,)
        mixed = value is None and not _ORDINAL.fullmatch(token) and re.search(r"[^\W\d_]|[/:]", token) is not None
        tokens.append(NumberToken(token.casefold(), values, before, after, mixed))
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class SourceNumbers:
    """Texts whose numbers may be repeated with the words beside them: posts, the brand's profile."""

    tokens: frozenset[str]
    beside: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> SourceNumbers:
        found = [token for text in texts if text for token in number_tokens(text[:_MAX_CHARS])]
        lone = {token.text for token in found if token.mixed or not (token.before or token.after)}
        beside = {
            (one, _start(word)) for token in found for one in (token.text, *token.values) for word in _beside(token)
        }
        return cls(frozenset(lone), frozenset(beside))

    def have(self, token: NumberToken) -> bool:
        """Whether one of the texts has the number with one of the words beside it, or as a name of its own ("B2B")."""
        if token.text in self.tokens:
            return True
        names = [one for one in (token.text, *token.values) if one]
        return any((one, _start(word)) in self.beside for one in names for word in _beside(token))


def unproven_number(
    text: str, *, proven: frozenset[str], own_words: Callable[[], Iterable[SourceNumbers]], likely: Sequence[str]
) -> str | None:
    """The first number of a text that is neither proven nor in one of the texts that `own_words` gives; or None."""
    for token in number_tokens(text, likely=likely):
        if token.values and not token.mixed and all(value in proven for value in token.values):
            continue
        if not any(words.have(token) for words in own_words()):
            return token.text
    return None


def _beside(token: NumberToken) -> Iterator[str]:
    # "In 7" and "the 7" are in many texts; "room 7" is a name.
    if token.before and not is_common(token.before):
        yield f"<{token.before}"
    if token.after:
        yield f">{token.after}"


def _start(word: str) -> str:
    """Enough of a word to tell it in another inflection, with the side it stands on."""
    return word[: _SAME_WORD_CHARS + 1]
