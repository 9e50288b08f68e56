"""Parses a brand in a brands file into the models' values, and reports an invalid value with its path."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, DateField, Field, Model, TextField

from kairo.core import taboo_terms
from kairo.core.brand_fields import input_fields, max_length_of
from kairo.core.brand_input import MAX_ENTRIES, MAX_NAME_LENGTH
from kairo.core.enums import Channel
from kairo.core.errors import Invalid
from kairo.core.models import Brand, Campaign, ContentPillar, Persona
from kairo.core.text import clean, clean_line

Values = dict[str, Any]
"""A model's values by field name; of a brand, `taboo_terms` are synonyms by term."""

_SLUG = re.compile(r"[-\w]{1,64}")
_Parser = Callable[[object, str], Any]  # (JSON value, its path) -> the model's value


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandProfile:
    """A brand, identified by its slug. `values` has the fields that the file mentions; the name is always one of them.

    A list of parts is None where the file does not mention it. A part has all its fields and is identified by its name.
    """

    slug: str
    values: Values
    pillars: tuple[Values, ...] | None
    personas: tuple[Values, ...] | None
    campaigns: tuple[Values, ...] | None


def parse_brand(data: object) -> BrandProfile:
    """Parses one object of a brands file. Unknown keys are ignored.

    Raises:
        Invalid: a value is not accepted; the message names its path.
    """
    brand = _object(data, "brand")
    slug = _slug(brand.get("slug"), "slug")
    mentioned = {"name"} | {key for key, value in brand.items() if value is not None}
    values = {key: parse(brand.get(key), key) for key, parse in _BRAND.items() if key in mentioned}
    profile = BrandProfile(
        slug=slug,
        values=values,
        pillars=_parts(brand, "pillars", _pillar),
        personas=_parts(brand, "personas", partial(_part, _PERSONA)),
        campaigns=_parts(
            brand, "campaigns" if brand.get("active_campaigns") is None else "active_campaigns", _campaign
        ),
    )
    taboos = values.get("taboos")
    for term in values.get("taboo_terms", ()):
        if taboos is not None and term not in taboos:
            raise Invalid(f"taboo_terms: {term!r} is not among taboos", field="taboo_terms")
    return profile


def _parts(
    brand: Mapping[str, object], key: str, parse: Callable[[Mapping[str, object], str], Values]
) -> tuple[Values, ...] | None:
    if brand.get(key) is None:
        return None
    parts: dict[str, Values] = {}
    for index, item in enumerate(_list(brand[key], key)):
        path = f"{key}[{index}]"
        part = parse(_object(item, path), path)
        if part["name"] in parts:
            raise Invalid(f"{path}.name {part['name']!r} appears twice", field=key)
        parts[part["name"]] = part
    return tuple(parts.values())


def _part(parsers: Mapping[str, _Parser], part: Mapping[str, object], path: str) -> Values:
    return {key: parse(part.get(key), f"{path}.{key}") for key, parse in parsers.items()}


def _pillar(pillar: Mapping[str, object], path: str) -> Values:
    is_active = pillar.get("is_active")
    if not isinstance(is_active, bool | None):
        raise _wrong_type(f"{path}.is_active", "true or false", is_active)
    return {**_part(_PILLAR, pillar, path), "is_active": is_active is not False}


def _campaign(campaign: Mapping[str, object], path: str) -> Values:
    values = _part(_CAMPAIGN, campaign, path)
    if values["ends"] < values["starts"]:
        raise Invalid(f"{path}.ends is before {path}.starts", field=f"{path}.ends")
    return values


def _slug(value: object, path: str) -> str:
    slug = _line(value, path, max_length=64)
    if not slug:
        raise Invalid(f"{path} is missing", field=path)
    if not _SLUG.fullmatch(slug):
        raise Invalid(f"{path} may hold letters, digits, - and _ only; it is {slug!r}", field=path)
    return slug


def _name(value: object, path: str) -> str:
    name = _line(value, path, max_length=MAX_NAME_LENGTH)
    if not name:
        raise Invalid(f"{path} is missing", field=path)
    return name


def _channels(value: object, path: str) -> list[str]:
    channels = list(dict.fromkeys(term.lower() for term in _terms(value, path, max_length=200)))
    unknown = [channel for channel in channels if channel not in Channel.values]
    if unknown:
        raise Invalid(f"{path}: {', '.join(unknown)} unknown; allowed are {', '.join(Channel.values)}", field=path)
    return channels


def _handles(value: object, path: str) -> list[str]:
    handles = (handle.removeprefix("@").strip() for handle in _terms(value, path, max_length=200))
    return list(dict.fromkeys(handle for handle in handles if handle))


def _taboo_terms(value: object, path: str) -> Mapping[str, Sequence[str]]:
    """The synonyms by term, of entries with a `term` and optional `synonyms`."""
    entries: list[tuple[str, list[str]]] = []
    for index, item in enumerate(_list(value, path)):
        entry_path = f"{path}[{index}]"
        entry = _object(item, entry_path)
        term = _line(entry.get("term"), f"{entry_path}.term", max_length=200)
        if not term:
            raise Invalid(f"{entry_path}.term is missing", field=f"{entry_path}.term")
        entries.append((term, _terms(entry.get("synonyms"), f"{entry_path}.synonyms", max_length=200)))
    synonyms_of = taboo_terms.merge(entries)
    if (count := sum(map(len, synonyms_of.values()))) > taboo_terms.MAX_SYNONYMS:
        raise Invalid(
            f"{path} must have at most {taboo_terms.MAX_SYNONYMS} synonyms in all; it has {count:,}", field=path
        )
    return synonyms_of


def _day(value: object, path: str) -> date:
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        pass
    raise Invalid(f"{path} must be a day such as 2025-11-03", field=path)


def _terms(value: object, path: str, *, max_length: int) -> list[str]:
    """A list of short texts in their order, without blanks and duplicates."""
    entries = [] if value is None else _list(value, path)
    terms = (_line(entry, f"{path}[{index}]", max_length=max_length) for index, entry in enumerate(entries))
    return list(dict.fromkeys(term for term in terms if term))


def _line(value: object, path: str, *, max_length: int) -> str:
    line = clean_line(_text(value, path))
    if len(line) > max_length:
        raise Invalid(f"{path} must have at most {max_length} characters; it has {len(line):,}", field=path)
    return line


def _text(value: object, path: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong_type(path, "text", value)
    return clean(value)


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        raise _wrong_type(path, "a list", value)
    if len(value) > MAX_ENTRIES:
        raise Invalid(f"{path} must have at most {MAX_ENTRIES} entries; it has {len(value):,}", field=path)
    return value


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong_type(path, "an object", value)
    return value


def _wrong_type(path: str, expected: str, value: object) -> Invalid:
    kinds = {"dict": "an object", "list": "a list", "str": "text", "bool": "a boolean", "NoneType": "null"}
    return Invalid(f"{path} must be {expected}; it is {kinds.get(type(value).__name__, 'a number')}", field=path)


_BY_NAME: Mapping[str, _Parser] = {
    "name": _name,
    "channels": _channels,
    "handles": _handles,
    "competitor_handles": _handles,
}


def _parser(field: Field[Any, Any]) -> _Parser:
    """The parser of a model's field: by its name, or by the field's class and maximum length."""
    if field.name in _BY_NAME:
        return _BY_NAME[field.name]
    match field:
        case ArrayField():
            return partial(_terms, max_length=max_length_of(field.base_field))
        case DateField():
            return _day
        case TextField():
            return _text
        case CharField():
            return partial(_line, max_length=max_length_of(field))
    raise TypeError(f"no parser for {field!r}")


def _parsers(model: type[Model], *, without: str = "") -> dict[str, _Parser]:
    return {name: _parser(field) for name, field in input_fields(model).items() if name != without}


_BRAND = {**_parsers(Brand, without="slug"), "taboo_terms": _taboo_terms}
_PILLAR = _parsers(ContentPillar, without="rank")  # pillars rank in the order of the file
_PERSONA = _parsers(Persona)
_CAMPAIGN = _parsers(Campaign)
