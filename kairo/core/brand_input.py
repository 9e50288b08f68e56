"""Validates a caller's input for a brand or a part of one, and converts it to the models' values.

The API's schema guarantees the types; this module checks lengths, characters and ranges, and reports every issue at
once. Null clears a field that may be empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, DateField, Field, Model, PositiveSmallIntegerField, TextField

from kairo.core import taboo_terms
from kairo.core.brand_fields import input_fields, max_length_of
from kairo.core.enums import Channel
from kairo.core.errors import Invalid, Issue
from kairo.core.models import Brand, Campaign, ContentPillar, Persona
from kairo.core.text import clean, clean_line

MAX_ENTRIES = 500
MAX_NAME_LENGTH = 200
MAX_TEXT_LENGTH = 10_000
MAX_RANK = 32_767
MAX_ISSUES = 20

_Path = tuple[str, ...]
_Entry = TypeVar("_Entry")
Reader = Callable[[Any, _Path, list[Issue]], Any]  # (input value, its path, issues to append to) -> the model's value

_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,64}")
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", re.IGNORECASE)
_MAX_LANGUAGE_LENGTH = 16
_MAX_TABOO_LENGTH = 200


def read(fields: Mapping[str, Reader], values: Mapping[str, object]) -> dict[str, Any]:
    """Converts values of BRAND, PILLAR, PERSONA or CAMPAIGN fields; `taboo_terms` become synonyms by term.

    Raises:
        Invalid: with an issue for each value that is not accepted, up to 20.
    """
    issues: list[Issue] = []
    ordered = sorted(values, key=list(fields).index)
    result = {name: fields[name](values[name], (name,), issues) for name in ordered}
    if not issues and taboo_terms.contradict(result.get("taboos"), result.get("taboo_terms")):
        issues.append(Issue(("taboo_terms",), taboo_terms.CONTRADICTION))
    if issues:
        raise Invalid.because(issues[:MAX_ISSUES])
    return result


def _name(value: str | None, path: _Path, issues: list[Issue]) -> str:
    name = _line(value, path, issues, max_length=MAX_NAME_LENGTH)
    if not any(unicodedata.category(character)[0] not in "CZ" for character in name):
        issues.append(Issue(path, "A name needs at least one visible character."))
    return name


def _slug(value: str | None, path: _Path, issues: list[Issue]) -> str:
    slug = value or ""
    if not _SLUG.fullmatch(slug):
        issues.append(Issue(path, "A slug has 1 to 64 letters of the English alphabet, digits, - or _."))
    return slug


def _rank(value: int | None, path: _Path, issues: list[Issue]) -> int | None:
    if value is None or not 0 <= value <= MAX_RANK:
        issues.append(Issue(path, f"A rank is 0 to {MAX_RANK:,}."))
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
        if len(tag) > _MAX_LANGUAGE_LENGTH or not _LANGUAGE.fullmatch(tag):
            issues.append(
                Issue(
                    (*path, str(index)),
                    f"A language is a BCP 47 tag of at most {_MAX_LANGUAGE_LENGTH} characters, such as en or pt-BR.",
                )
            )
    return list(dict.fromkeys(_canonical_case(tag) for tag in tags))


def _canonical_case(tag: str) -> str:
    """The tag in BCP 47 case, such as pt-BR and zh-Hant: regions upper, scripts capitalised, the rest lower."""
    language, *parts = tag.lower().split("-")
    cased = {2: str.upper, 4: str.title}
    return "-".join([language, *(cased.get(len(part), str.lower)(part) for part in parts)])


def _handles(value: list[str] | None, path: _Path, issues: list[Issue]) -> list[str]:
    handles = (handle.removeprefix("@").strip() for handle in _terms(value, path, issues, max_length=200))
    return list(dict.fromkeys(handle for handle in handles if handle))


def _taboo_terms(value: list[Mapping[str, Any]] | None, path: _Path, issues: list[Issue]) -> dict[str, list[str]]:
    """The synonyms by term, of entries with a `term` and optional `synonyms`."""
    entries: list[tuple[str, list[str]]] = []
    for index, entry in enumerate(_list(value, path, issues)):
        entry_path = (*path, str(index))
        term = _line(entry["term"], (*entry_path, "term"), issues, max_length=_MAX_TABOO_LENGTH)
        synonyms = _terms(entry.get("synonyms"), (*entry_path, "synonyms"), issues, max_length=_MAX_TABOO_LENGTH)
        if synonyms and not term:
            issues.append(Issue((*entry_path, "term"), "Synonyms need a term that they stand for."))
        if term:
            entries.append((term, synonyms))
    synonyms_of = taboo_terms.merge(entries)
    if (count := sum(map(len, synonyms_of.values()))) > taboo_terms.MAX_SYNONYMS:
        limit = f"At most {taboo_terms.MAX_SYNONYMS} synonyms are kept of all taboos together"
        issues.append(Issue(path, f"{limit}; these are {count:,}."))
    return synonyms_of


def _terms(value: list[str] | None, path: _Path, issues: list[Issue], *, max_length: int) -> list[str]:
    """A list of short texts in their order, without blanks and duplicates."""
    entries = _list(value, path, issues)
    terms = [_line(entry, (*path, str(index)), issues, max_length=max_length) for index, entry in enumerate(entries)]
    return list(dict.fromkeys(term for term in terms if term))


def _list(value: list[_Entry] | None, path: _Path, issues: list[Issue]) -> list[_Entry]:
    if value and len(value) > MAX_ENTRIES:
        issues.append(Issue(path, f"At most {MAX_ENTRIES} entries are kept here; these are {len(value):,}."))
        return []
    return value or []


def _line(value: str | None, path: _Path, issues: list[Issue], *, max_length: int) -> str:
    return _within(clean_line(value or ""), path, issues, max_length=max_length)


def _text(value: str | None, path: _Path, issues: list[Issue]) -> str:
    return _within(clean(value or ""), path, issues, max_length=MAX_TEXT_LENGTH)


def _within(text: str, path: _Path, issues: list[Issue], *, max_length: int) -> str:
    if len(text) > max_length:
        issues.append(Issue(path, f"At most {max_length:,} characters are kept here; these are {len(text):,}."))
    return text


_BY_NAME: Mapping[str, Reader] = {
    "slug": _slug,
    "name": _name,
    "channels": _channels,
    "languages": _languages,
    "handles": _handles,
    "competitor_handles": _handles,
}


def _reader(field: Field[Any, Any]) -> Reader:
    """The reader of a model's field: by its name, or by the field's class and maximum length."""
    if field.name in _BY_NAME:
        return _BY_NAME[field.name]
    match field:
        case ArrayField():
            return partial(_terms, max_length=max_length_of(field.base_field))
        case DateField():
            return _day
        case PositiveSmallIntegerField():
            return _rank
        case TextField():
            return _text
        case CharField():
            return partial(_line, max_length=max_length_of(field))
    raise TypeError(f"no reader for {field!r}")


def _readers(model: type[Model]) -> dict[str, Reader]:
    return {name: _reader(field) for name, field in input_fields(model).items()}


BRAND: Mapping[str, Reader] = {**_readers(Brand), "taboo_terms": _taboo_terms}
PILLAR: Mapping[str, Reader] = _readers(ContentPillar)
PERSONA: Mapping[str, Reader] = _readers(Persona)
CAMPAIGN: Mapping[str, Reader] = _readers(Campaign)
