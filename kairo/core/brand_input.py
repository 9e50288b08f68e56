"""What a caller wants a brand, or a part of one, to be: read into what the models hold, every fault told at once.

Types are as the API's schema promises them; lengths, characters and values are checked here. Null clears what may
be empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from kairo.core import taboo_terms
from kairo.core.brand_profile import MOST_ENTRIES
from kairo.core.enums import Channel
from kairo.core.errors import Invalid, Issue
from kairo.core.text import clean, clean_line

LONGEST_NAME = 200
LONGEST_TEXT = 10_000
HIGHEST_RANK = 32_767
MOST_ISSUES = 20

_Path = tuple[str, ...]
_Entry = TypeVar("_Entry")
_Reader = Callable[[Any, _Path, list[Issue]], Any]  # value, place and found issues in; what the model holds out

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_LONGEST_LANGUAGE = 16
_LONGEST_TABOO = 200


def read(fields: Mapping[str, _Reader], given: Mapping[str, object]) -> dict[str, Any]:
    """The model's values for the given fields of BRAND, PILLAR, PERSONA or CAMPAIGN; `taboo_terms` as synonyms by term.

    Raises:
        Invalid: with an issue for each value that cannot be accepted, up to 20.
    """
    issues: list[Issue] = []
    in_order = sorted(given, key=list(fields).index)
    facts = {name: fields[name](given[name], (name,), issues) for name in in_order}
    if not issues and taboo_terms.contradict(facts.get("taboos"), facts.get("taboo_terms")):
        issues.append(Issue(("taboo_terms",), taboo_terms.BOTH_GIVEN))
    if issues:
        raise Invalid.because(issues[:MOST_ISSUES])
    return facts


def _name(value: str | None, path: _Path, issues: list[Issue]) -> str:
    name = _line(value, path, issues, most=LONGEST_NAME)
    if not any(unicodedata.category(character)[0] not in "CZ" for character in name):
        issues.append(Issue(path, "A name needs at least one visible character."))
    return name


def _slug(value: str | None, path: _Path, issues: list[Issue]) -> str:
    slug = value or ""
    if not _SLUG.fullmatch(slug):
        issues.append(Issue(path, "A slug has 1 to 64 letters of the English alphabet, digits, - or _."))
    return slug


def _rank(value: int | None, path: _Path, issues: list[Issue]) -> int | None:
    if value is None or not 0 <= value <= HIGHEST_RANK:
        issues.append(Issue(path, f"A rank is 0 to {HIGHEST_RANK:,}."))
    return value


def _day(value: date | None, path: _Path, issues: list[Issue]) -> date | None:
    if value is None:
        issues.append(Issue(path, "A campaign needs its first and its last day."))
    return value


def _channels(value: list[Channel] | None, path: _Path, issues: list[Issue]) -> list[str]:
    return [channel.value for channel in dict.fromkeys(value or [])]


def _languages(value: list[str] | None, path: _Path, issues: list[Issue]) -> list[str]:
    tags = _list(value, path, issues)
    for index, tag in enumerate(tags):
        if len(tag) > _LONGEST_LANGUAGE or not _LANGUAGE.fullmatch(tag):
            issues.append(
                Issue(
                    (*path, str(index)),
                    f"A language is a BCP 47 tag of at most {_LONGEST_LANGUAGE} characters, such as en or pt-BR.",
                )
            )
    return list(dict.fromkeys(_in_usual_case(tag) for tag in tags))


def _in_usual_case(tag: str) -> str:
    """pt-BR and zh-Hant, however they are written: upper case for regions, capitalised scripts, the rest lower."""
    language, *parts = tag.lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([language, *(cased.get(len(part), str.lower)(part) for part in parts)])


def _handles(value: list[str] | None, path: _Path, issues: list[Issue]) -> list[str]:
    handles = (handle.removeprefix("@").strip() for handle in _terms(value, path, issues, most=200))
    return list(dict.fromkeys(handle for handle in handles if handle))


def _taboo_terms(value: list[Mapping[str, Any]] | None, path: _Path, issues: list[Issue]) -> dict[str, list[str]]:
    """The synonyms by term, of entries with a `term` and, where they have any, `synonyms`."""
    entries: list[tuple[str, list[str]]] = []
    for index, entry in enumerate(_list(value, path, issues)):
        place = (*path, str(index))
        term = _line(entry["term"], (*place, "term"), issues, most=_LONGEST_TABOO)
        synonyms = _terms(entry.get("synonyms"), (*place, "synonyms"), issues, most=_LONGEST_TABOO)
        if synonyms and not term:
            issues.append(Issue((*place, "term"), "Synonyms need a term that they stand for."))
        if term:
            entries.append((term, synonyms))
    synonyms_of = taboo_terms.joined(entries)
    if (number := sum(map(len, synonyms_of.values()))) > taboo_terms.MOST_SYNONYMS:
        most = f"At most {taboo_terms.MOST_SYNONYMS} synonyms are kept of all taboos together"
        issues.append(Issue(path, f"{most}; these are {number:,}."))
    return synonyms_of


def _terms(value: list[str] | None, path: _Path, issues: list[Issue], *, most: int) -> list[str]:
    """A list of short texts, without blanks and repetitions, in the order given."""
    entries = _list(value, path, issues)
    terms = [_line(entry, (*path, str(index)), issues, most=most) for index, entry in enumerate(entries)]
    return list(dict.fromkeys(term for term in terms if term))


def _list(value: list[_Entry] | None, path: _Path, issues: list[Issue]) -> list[_Entry]:
    if value and len(value) > MOST_ENTRIES:
        issues.append(Issue(path, f"At most {MOST_ENTRIES} entries are kept here; these are {len(value):,}."))
        return []
    return value or []


def _line(value: str | None, path: _Path, issues: list[Issue], *, most: int) -> str:
    return _no_longer(clean_line(value or ""), path, issues, most=most)


def _text(value: str | None, path: _Path, issues: list[Issue]) -> str:
    return _no_longer(clean(value or ""), path, issues, most=LONGEST_TEXT)


def _no_longer(text: str, path: _Path, issues: list[Issue], *, most: int) -> str:
    if len(text) > most:
        issues.append(Issue(path, f"At most {most:,} characters are kept here; these are {len(text):,}."))
    return text


def _terms_up_to(most: int) -> _Reader:
    return lambda value, path, issues: _terms(value, path, issues, most=most)


BRAND: Mapping[str, _Reader] = {
    "slug": _slug,
    "name": _name,
    "positioning": _text,
    "tone_tags": _terms_up_to(100),
    "taboos": _terms_up_to(_LONGEST_TABOO),
    "taboo_terms": _taboo_terms,
    "channels": _channels,
    "languages": _languages,
    "handles": _handles,
    "product_names": _terms_up_to(200),
    "competitor_handles": _handles,
}
PILLAR: Mapping[str, _Reader] = {
    "name": _name,
    "description": _text,
    "keywords": _terms_up_to(200),
    "rank": _rank,
}
PERSONA: Mapping[str, _Reader] = {
    "name": _name,
    "role": lambda value, path, issues: _line(value, path, issues, most=300),
    "summary": _text,
    "priorities": _terms_up_to(300),
    "pains": _terms_up_to(300),
    "keywords": _terms_up_to(200),
}
CAMPAIGN: Mapping[str, _Reader] = {
    "name": _name,
    "starts": _day,
    "ends": _day,
    "keywords": _terms_up_to(200),
}
