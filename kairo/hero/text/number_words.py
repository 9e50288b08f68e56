"""Finds numbers written as words, in the twelve languages with grammars: "seven", "einundzwanzig", "mil doscientos".

Two and more count, also a dozen, hundreds, halves and "doubled". "One", "first" and similar words do not: they are
mostly articles and idioms. A word with another meaning ("once", "elf", "on") counts only in a text of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kairo.hero.text.common_words import COMMON_WORDS
from kairo.hero.text.folding import fold
from kairo.hero.text.languages import detect
from kairo.hero.text.number_tables import (
    AMBIGUOUS,
    CONNECTING,
    COUNTERS_HINDI,
    COUNTERS_JAPANESE,
    COUNTERS_KOREAN,
    HINDI_WITH_COUNTER,
    KANJI_VALUES,
    KOREAN_NATIVE,
    PARTS_OF_A_WHOLE,
    SCRIPT_OF_PARTS,
    SUBSTRINGS_OF_PARTS,
    joined_tables,
)
from kairo.hero.text.spellings import unaccented
from kairo.hero.text.stopwords import STOPWORDS
from kairo.hero.text.words import TokenizedText, Word, tokenize

_KANJI = re.compile(rf"([一二三四五六七八九十百千万億]+)(?:{COUNTERS_JAPANESE})")
_KOREAN = re.compile(
    rf"(?<![\uac00-\ud7af])({'|'.join(sorted(KOREAN_NATIVE, key=len, reverse=True))})\s?(?:{COUNTERS_KOREAN})"
)


_SCRIPT_OF_PARTS = re.compile(SCRIPT_OF_PARTS)
_KANJI_DIGIT = re.compile(f"[{''.join(KANJI_VALUES)}]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_HUNDRED, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class WrittenNumber:
    """A number in words with its position; `value` is "" without a whole value ("half", "hundreds")."""

    value: str
    text: str
    start: int
    end: int


def written_numbers(text: str, *, likely: Sequence[str] = ()) -> list[WrittenNumber]:
    """The numbers that a text writes in words, in order. Positions refer to `tokenize(text).shown`."""
    tokenized = tokenize(text, max_chars=20_000)
    numbers = [*_spelled(tokenized, likely), *_parts(tokenized.shown), *_east_asian(tokenized.shown)]
    return sorted(numbers, key=lambda number: (number.start, number.end))


def _spelled(text: TokenizedText, likely: Sequence[str]) -> Iterator[WrittenNumber]:
    tables = _tables()
    may_begin = [key in tables or key in HINDI_WITH_COUNTER for key in map(unaccented, text.folded)]
    if not any(may_begin):
        return
    words, language = text.words, _language(text, likely)
    place = 0
    while place < len(words):
        last, value = _longest(words, place, language) if may_begin[place] else (place - 1, 0)
        if last < place:
            place += 1
            continue
        if value >= 2:
            start, end = words[place].start, words[last].end
            yield WrittenNumber(str(value), text.shown[start:end], start, end)
        place = last + 1


def _language(text: TokenizedText, likely: Sequence[str]) -> str:
    language = detect(text.folded, likely=likely)
    codes = [name.lower()[:2] for name in likely]
    # For a short text, a likely language is a better guess than a detected one that is not likely.
    return language if not codes or language in codes else codes[0]


def _longest(words: Sequence[Word], place: int, language: str) -> tuple[int, int]:
    """The index of the last word of the number that starts at `place`, and its value; place - 1 and 0 without one."""
    total = group = 0
    last = place - 1
    index = place
    while index < len(words):
        if index > place and not words[index].follows:
            break
        value = _value(words, index, language)
        if value is None:
            if not (index == last + 1 > place and _connects(words, index, language)):
                break
            index += 1
            continue
        if value >= _THOUSAND:
            total += max(group, 1) * value
            group = 0
        elif value == _HUNDRED:
            group = max(group, 1) * _HUNDRED
        elif (joined := _added(group, value)) is not None:
            group = joined
        else:
            break
        last = index
        index += 1
    return last, total + group


def _connects(words: Sequence[Word], index: int, language: str) -> bool:
    """Whether the word is an "and" inside a number, as in "two hundred and six"."""
    return (
        words[index].folded in CONNECTING
        and index + 1 < len(words)
        and words[index + 1].follows
        and _value(words, index + 1, language) is not None
    )


def _added(group: int, value: int) -> int | None:
    """The number below a thousand with the next word's value added, or None if that word starts another number."""
    tens = group % _HUNDRED
    if tens == 0:
        return group + value
    if tens == 4 and value == 20:
        return group - 4 + 80  # quatre-vingts
    if tens in (60, 80) and value < 20:
        return group + value  # soixante-dix, quatre-vingt-onze
    return group + value if value < 10 and tens % 10 == 0 else None  # twenty-one; also dix-sept, on iki


def _value(words: Sequence[Word], index: int, language: str) -> int | None:
    word = unaccented(words[index].folded)
    if word in HINDI_WITH_COUNTER:
        following = words[index + 1].folded if index + 1 < len(words) else ""
        return HINDI_WITH_COUNTER[word] if following in COUNTERS_HINDI else None
    for table_language, value in _tables().get(word, ()):
        if table_language == language or not _is_ambiguous(word, table_language):
            return value
    return None


@cache
def _tables() -> dict[str, tuple[tuple[str, int], ...]]:
    tables: dict[str, tuple[tuple[str, int], ...]] = {}
    for language, table in joined_tables().items():
        for word, value in table.items():
            key = unaccented(fold(word))
            tables[key] = (*tables.get(key, ()), (language, value))
    return tables


@cache
def _is_ambiguous(word: str, language: str) -> bool:
    """Whether the number word of this language has another meaning in another language."""
    if word in AMBIGUOUS or word in COMMON_WORDS or len(word) <= 2:
        return True
    number_languages = {table_language for table_language, _ in _tables().get(word, ())}
    return any(
        word in stop_words
        for other, stop_words in STOPWORDS.items()
        if other != language and other not in number_languages
    )


def _parts(shown: str) -> Iterator[WrittenNumber]:
    folded = unaccented(shown.casefold())
    if len(folded) != len(shown):
        folded = shown.casefold() if len(shown.casefold()) == len(shown) else shown.lower()
    if not any(substring in folded for substring in SUBSTRINGS_OF_PARTS) and _SCRIPT_OF_PARTS.search(folded) is None:
        return
    for match in _parts_pattern().finditer(folded):
        yield WrittenNumber("", shown[match.start() : match.end()], match.start(), match.end())


@cache
def _parts_pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in PARTS_OF_A_WHOLE))


def _east_asian(shown: str) -> Iterator[WrittenNumber]:
    if shown.isascii():
        return
    for match in _KANJI.finditer(shown) if _KANJI_DIGIT.search(shown) else ():
        if (value := _kanji_value(match.group(1))) >= 2 and match.group() != "十分":
            yield WrittenNumber(str(value), match.group(), match.start(), match.end())
    for match in _KOREAN.finditer(shown) if _HANGUL.search(shown) else ():
        yield WrittenNumber(str(KOREAN_NATIVE[match.group(1)]), match.group(), match.start(), match.end())


def _kanji_value(letters: str) -> int:
    total = group = digit = 0
    for letter in letters:
        value = KANJI_VALUES[letter]
        if value >= 10_000:
            total += max(group + digit, 1) * value
            group = digit = 0
        elif value >= 10:
            group += max(digit, 1) * value
            digit = 0
        else:
            digit = digit * 10 + value
    return total + group + digit
