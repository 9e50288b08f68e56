"""Extracts the numbers of a text, and finds those that neither a claim proves nor a source contains."""

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
    """The whole numbers that a text writes in digits, as ASCII digits without thousands separators."""
    return [str(int(re.sub(r"\D", "", digits))) for digits in _NUMBER.findall(text[:20_000]) if len(digits) <= 40]


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A number as a text writes it: "7", "1,240", "24/7", "B2B", "seven". A claim may prove one of `values`.

    `before` and `after` are the adjacent words, or "". `mixed` is true for a token with letters, "/" or ":".
    """

    text: str
    values: tuple[str, ...]
    before: str
    after: str
    mixed: bool


def number_tokens(text: str, *, likely: Sequence[str] = ()) -> tuple[NumberToken, ...]:
    """Every number of a text, in digits or words, in order."""
    return _tokens(text, tuple(likely))


@lru_cache(maxsize=4_096)
def _tokens(text: str, likely: tuple[str, ...]) -> tuple[NumberToken, ...]:
    # NFKC turns spaces that group thousands into plain ones, which would split the number.
    shown = plain(unicodedata.normalize("NFKC", _GROUPED.sub("'", text)))
    found: list[tuple[int, int, str, str | None]] = []
    if _DIGIT.search(shown):
        found += [(match.start(), match.end(), match.group(), None) for match in _TOKEN.finditer(shown)]
    found += [(number.start, number.end, number.text, number.value) for number in written_numbers(shown, likely=likely)]
    words = tokenize(shown, max_chars=20_000).words if found else ()
    tokens = []
    for start, end, token, value in sorted(found, key=lambda entry: entry[:2]):
        before = next((word.folded for word in reversed(words) if word.end <= start), "")
        after = next((word.folded for word in words if word.start >= end), "")
        values = tuple(numbers(token)) if value is None else (value,)
        mixed = value is None and not _ORDINAL.fullmatch(token) and re.search(r"[^\W\d_]|[/:]", token) is not None
        tokens.append(NumberToken(token.casefold(), values, before, after, mixed))
    return tuple(tokens)


@dataclass(frozen=True, slots=True)
class SourceNumbers:
    """The numbers of source texts (posts, the brand's profile), each with an adjacent word.

    `standalone` are tokens that count without an adjacent word, such as "B2B".
    """

    standalone: frozenset[str]
    with_neighbour: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, texts: Iterable[str]) -> SourceNumbers:
        tokens = [token for text in texts if text for token in number_tokens(text[:_MAX_CHARS])]
        standalone = {token.text for token in tokens if token.mixed or not (token.before or token.after)}
        with_neighbour = {
            (number, _prefix(word))
            for token in tokens
            for number in (token.text, *token.values)
            for word in _neighbours(token)
        }
        return cls(frozenset(standalone), frozenset(with_neighbour))

    def contain(self, token: NumberToken) -> bool:
        """Whether a source text contains the number next to the same word, or as a standalone token."""
        if token.text in self.standalone:
            return True
        numbers_of_token = [number for number in (token.text, *token.values) if number]
        return any(
            (number, _prefix(word)) in self.with_neighbour for number in numbers_of_token for word in _neighbours(token)
        )


def unproven_number(
    text: str, *, proven: frozenset[str], sources: Callable[[], Iterable[SourceNumbers]], likely: Sequence[str]
) -> str | None:
    """The first number of a text that is neither in `proven` nor in `sources`, or None.

    `sources` is called only for numbers that are not proven.
    """
    for token in number_tokens(text, likely=likely):
        if token.values and not token.mixed and all(value in proven for value in token.values):
            continue
        if not any(source.contain(token) for source in sources()):
            return token.text
    return None


def _neighbours(token: NumberToken) -> Iterator[str]:
    # "In 7" and "the 7" occur in any text; "room 7" identifies something.
    if token.before and not is_common(token.before):
        yield f"<{token.before}"
    if token.after:
        yield f">{token.after}"


def _prefix(word: str) -> str:
    """The side marker and the first letters of a word, which its inflections share."""
    return word[: _SAME_WORD_CHARS + 1]
