"""Decides whether a word is a compound with a part, in languages that write compounds as one word.

A long part is sufficient if the rest has four letters or more and is no derivational ending ("Glyphosat" in
"glyphosathaltig", but not "nation" in "Nationalität"). A part of three or four letters occurs in other words by chance
("Torf" in "Torfrau"): there the rest must be a known word ("Torfsubstrat") or long, and the word must not split into
two known words at another position ("Tor" and "Frau").
"""

from __future__ import annotations

import re

from kairo.hero.text.compound_parts import LONGEST_PART, PARTS
from kairo.hero.text.inflections import is_ending, is_inflection

COMPOUNDING = frozenset({"de", "nl", "sv", "da", "no", "nb", "nn"})
_LINKS = ("", "s", "es", "n", "en", "er", "e", "ens", "ns", "a", "o", "u")
_MIN_REST = 4
_MIN_LONG_REST = 6
_MIN_ENGLISH_PART = 5
_MIN_ENGLISH_REST = 5
_SHORT = 4
_DERIVED = re.compile(
    # Of Latin and Greek origin, in most languages.
    r"(?:i?on(?:en|s|e|i|al\w*|ar\w*|ier\w*|ist\w*)?|i?al(?:e[nrsm]?|ly|s|is[mt]\w*|i[tz]\w*)?|i[sz](?:m\w{0,3}|t(?:s|en?|in\w*)?|ch\w*"
    r"|ti[ck]\w*|ier\w*|ing|ed?|es|ation\w*)|it(?:y|ies|at|aten|e|a|et|aten|eit)|i[ck](?:s|a?lly|al|en?|er\w*)?|ier(?:e[nr]?|t\w{0,2}"
    r"|ung\w{0,2})?|if(?:y|ies|ied|izier\w*)|ar(?:e\w{0,2}|ies|y)?|ant\w{0,3}|ent\w{0,3}|[ae]n[zc](?:en?|ies|y|e)?|or(?:en|in|y|ies|s)?"
    r"|ur(?:en?)?|ous(?:ly)?|iv\w{0,4}|abl[ey]|ibl[ey]|a?tion(?:s|en|al\w*)?|osis|ose|oid\w{0,2}|ology|olog\w{1,6}|o?graph\w*|o?gram\w*"
    r"|o?gen(?:ic|esis|e)|o?met(?:er|ry)\w*"
    # English.
    r"|i?er(?:s|y|ies)?|i?est|y|ily|iness|ish(?:ly)?|n?ess(?:es)?|less(?:ly|ness)?|ful(?:ly|ness)?|hoods?|ships?|doms?|wards?|wise|ments?"
    r"|ette\w?|ian\w?|like|ly|ing(?:ly)?|ed|ium"
    # German, Dutch and Scandinavian.
    r"|ig(?:e[nrsm]?|keit|keiten|heid)?|(?:er)?lich(?:e[nrsm]?|keit\w*)?|lijk\w*|h?eit(?:en)?|keit(?:en)?|heid|heden|h[ae]t(?:en)?|ung(?:en|s)?|schaft"
    r"(?:en|lich\w*)?|schap(?:pen)?|skap\w*|tum|nis(?:se)?|linge?[ns]?|er(?:ei|eien|in|innen|n|s|isch\w*)|ei(?:en)?|bar(?:e\w*|keit)?"
    r"|sam(?:e\w*|keit)?|haft(?:e\w*)?|isch(?:e\w*)?|sch(?:e\w*)?|ing(?:en)?|else|aktig\w*|achtig\w*)"
)
_VERB_PREFIXES = frozenset(
    {
        "an", "auf", "aus", "be", "de", "ein", "ent", "er", "ge", "her", "in", "inter", "miss", "on", "ont", "re", "um",
        "un", "ur", "ver", "vor", "zer", "zu",
    }
)  # fmt: skip
_HANGUL = re.compile("[\uac00-\ud7af]")
_MIN_KOREAN_PART = 3
_KOREAN_HEADS = ("판", "장", "꾼", "방", "죄", "중독", "광고", "게임", "업체", "업자", "행위", "자금", "사이트")
_MIN_KOREAN_REST = 3
_MIN_KOREAN_FIRST = 2
_VOWEL = re.compile("[aeiouy]")
_IS_DERIVED_NOUN = re.compile(r"\w+(?:tion|sion|ment|ance|ence|ung|heit|keit|ing|age|ist|ism|ismus|tat|ity)")


def begins_compound(word: str, part: str, *, languages: tuple[str, ...]) -> bool:
    """Whether the word is a compound that starts with the part, with or without linking letters."""
    if not word.startswith(part):
        return False
    if _HANGUL.match(part):
        rest = word[len(part) :]
        return len(rest) >= (1 if len(part) >= _MIN_KOREAN_PART else _MIN_KOREAN_REST) or rest.startswith(_KOREAN_HEADS)
    if not COMPOUNDING.intersection(languages):
        rest = word[len(part) :]
        return len(part) >= _MIN_ENGLISH_PART and len(rest) >= _MIN_ENGLISH_REST and not starts_derivation(rest)
    if len(part) <= _SHORT and _splits_elsewhere(word, part):
        return False
    return any(
        word.startswith(link, len(part)) and _is_rest(word[len(part) + len(link) :], part, languages) for link in _LINKS
    ) and not is_derivation(word[len(part) :])


def ends_compound(word: str, part: str, *, languages: tuple[str, ...]) -> bool:
    """Whether the word is a compound that ends with the part or an inflection of it."""
    if _HANGUL.match(part):
        place = word.rfind(part)
        return place >= _MIN_KOREAN_FIRST and is_inflection(word[place:], part, languages=languages)
    if not COMPOUNDING.intersection(languages):
        return False
    place = word.rfind(part)
    first = word[:place]
    if place < 3 or not is_ending(word[place + len(part) :], part, languages=languages):
        return False
    if first in _VERB_PREFIXES or _VOWEL.search(first) is None:
        return False
    if _is_known_with_link(first):
        return True
    return len(part) >= _SHORT and len(first) >= _MIN_REST and not is_derived_noun(part)


def contains_compound(word: str, part: str, *, languages: tuple[str, ...]) -> bool:
    """Whether the word is a compound with the part in the middle: "pelz" in "Kunstpelzmantel"."""
    place = word.find(part, 1)
    if place < _MIN_REST - 1 or not COMPOUNDING.intersection(languages):
        return False
    first = word[:place]
    known = _is_known_with_link(first)
    long = len(part) >= _MIN_LONG_REST and place >= _MIN_REST and not is_derived_noun(part)
    return (known or long) and begins_compound(word[place:], part, languages=languages)


def _is_known_with_link(first: str) -> bool:
    """Whether the letters are a known part, alone or followed by linking letters."""
    return is_known_part(first) or any(
        first.endswith(link) and is_known_part(first[: -len(link)]) for link in _LINKS[1:]
    )


def is_derivation(rest: str) -> bool:
    """Whether the letters after a word form a derivation of it (adjective, verb, noun) rather than a compound."""
    return _DERIVED.fullmatch(rest) is not None


def starts_derivation(rest: str) -> bool:
    """Whether the letters after a word start with a derivational ending: "yroll", "alday"."""
    known = known_prefix_length(rest)
    return any(is_derivation(rest[:length]) for length in range(len(rest), known, -1))


def is_derived_noun(part: str) -> bool:
    """Whether the word has a frequent noun ending; words that end with it are rarely compounds ("nation")."""
    return _IS_DERIVED_NOUN.fullmatch(part) is not None


def is_known_part(word: str) -> bool:
    """Whether the word is a frequent part of compounds."""
    return word in PARTS


def known_prefix_length(text: str, *, at_least: int = 3) -> int:
    """The length of the longest known part that the text starts with, or 0."""
    for length in range(min(len(text), LONGEST_PART), at_least - 1, -1):
        if text[:length] in PARTS:
            return length
    return 0


def _is_rest(rest: str, part: str, languages: tuple[str, ...]) -> bool:
    known = known_prefix_length(rest)
    if known and (known > 3 or is_ending(rest[known:], rest[:known], languages=languages)):
        if len(part) > 3:
            return True
        return is_ending(rest[known:], rest[:known], languages=languages)
    if len(part) < _SHORT or _VOWEL.search(rest) is None or is_derivation(rest):
        return False
    return len(rest) >= (_MIN_LONG_REST if len(part) == _SHORT else _MIN_REST)


def _splits_elsewhere(word: str, part: str) -> bool:
    """Whether the word splits into two known words at another position: "Torfrau" is "Tor" and "Frau", not "Torf"."""
    shorter = part[:-1]
    other = known_prefix_length(word[len(shorter) :], at_least=4)
    return is_known_part(shorter) and other > max(known_prefix_length(word[len(part) :]), 0)
