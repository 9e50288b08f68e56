"""A brand's profile as a file gives it, read into values: what is wrong is said with the place it is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from kairo.core import taboo_terms
from kairo.core.enums import Channel
from kairo.core.errors import Invalid
from kairo.core.text import clean, clean_line

MOST_ENTRIES = 500
_SLUG = re.compile(r"[-\w]{1,64}")
_Value = TypeVar("_Value")


@dataclass(frozen=True, kw_only=True, slots=True)
class PillarProfile:
    """A theme, known by its name."""

    name: str
    description: str
    keywords: tuple[str, ...]
    is_active: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonaProfile:
    """A target reader, known by name."""

    name: str
    role: str
    summary: str
    priorities: tuple[str, ...]
    pains: tuple[str, ...]
    keywords: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignProfile:
    """A campaign, known by its name, with its first and last day."""

    name: str
    starts: date
    ends: date
    keywords: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandProfile:
    """A brand by its slug. None stands for what the file does not mention, and leaves what is stored alone."""

    slug: str
    name: str
    positioning: str | None
    tone_tags: tuple[str, ...] | None
    taboos: tuple[str, ...] | None
    taboo_terms: Mapping[str, Sequence[str]] | None  # synonyms by term
    channels: tuple[str, ...] | None
    languages: tuple[str, ...] | None
    handles: tuple[str, ...] | None
    product_names: tuple[str, ...] | None
    competitor_handles: tuple[str, ...] | None
    pillars: tuple[PillarProfile, ...] | None
    personas: tuple[PersonaProfile, ...] | None
    campaigns: tuple[CampaignProfile, ...] | None


_Named = TypeVar("_Named", PillarProfile, PersonaProfile, CampaignProfile)


def parse_brand(data: object) -> BrandProfile:
    """The profile in one object of a brands file. Keys that are not known are ignored.

    Raises:
        Invalid: the profile cannot be stored; the message names the place.
    """
    brand = _object(data, "brand")
    profile = BrandProfile(
        slug=_slug(brand),
        name=_name(brand, ""),
        positioning=_if_there(brand, "positioning", _text),
        tone_tags=_if_there(brand, "tone_tags", lambda value, path: _terms(value, path, most=100)),
        taboos=_if_there(brand, "taboos", lambda value, path: _terms(value, path, most=200)),
        taboo_terms=_if_there(brand, "taboo_terms", _taboo_terms),
        channels=_if_there(brand, "channels", _channels),
        languages=_if_there(brand, "languages", lambda value, path: _terms(value, path, most=16)),
        handles=_if_there(brand, "handles", _handles),
        product_names=_if_there(brand, "product_names", lambda value, path: _terms(value, path, most=200)),
        competitor_handles=_if_there(brand, "competitor_handles", _handles),
        pillars=_if_there(brand, "pillars", lambda value, path: _named(value, path, _pillar)),
        personas=_if_there(brand, "personas", lambda value, path: _named(value, path, _persona)),
        campaigns=_if_there(brand, _campaigns_key(brand), lambda value, path: _named(value, path, _campaign)),
    )
    for term in profile.taboo_terms or ():
        if profile.taboos is not None and term not in profile.taboos:
            raise Invalid(f"taboo_terms: {term!r} is not among taboos", field="taboo_terms")
    return profile


def _pillar(pillar: Mapping[str, object], path: str) -> PillarProfile:
    is_active = pillar.get("is_active")
    if not isinstance(is_active, bool | None):
        raise _wrong(f"{path}.is_active", "true or false", is_active)
    return PillarProfile(
        name=_name(pillar, path),
        description=_text(pillar.get("description"), f"{path}.description"),
        keywords=_terms(pillar.get("keywords"), f"{path}.keywords", most=200),
        is_active=is_active is not False,
    )


def _persona(persona: Mapping[str, object], path: str) -> PersonaProfile:
    return PersonaProfile(
        name=_name(persona, path),
        role=_line(persona.get("role"), f"{path}.role", most=300),
        summary=_text(persona.get("summary"), f"{path}.summary"),
        priorities=_terms(persona.get("priorities"), f"{path}.priorities", most=300),
        pains=_terms(persona.get("pains"), f"{path}.pains", most=300),
        keywords=_terms(persona.get("keywords"), f"{path}.keywords", most=200),
    )


def _campaign(campaign: Mapping[str, object], path: str) -> CampaignProfile:
    starts, ends = (_day(campaign.get(field), f"{path}.{field}") for field in ("starts", "ends"))
    if ends < starts:
        raise Invalid(f"{path}.ends is before {path}.starts", field=f"{path}.ends")
    return CampaignProfile(
        name=_name(campaign, path),
        starts=starts,
        ends=ends,
        keywords=_terms(campaign.get("keywords"), f"{path}.keywords", most=200),
    )


def _campaigns_key(brand: Mapping[str, object]) -> str:
    return "campaigns" if brand.get("active_campaigns") is None else "active_campaigns"


def _slug(brand: Mapping[str, object]) -> str:
    slug = _line(brand.get("slug"), "slug", most=64)
    if not slug:
        raise Invalid("slug is missing", field="slug")
    if not _SLUG.fullmatch(slug):
        raise Invalid(f"slug may hold letters, digits, - and _ only; it is {slug!r}", field="slug")
    return slug


def _channels(value: object, path: str) -> tuple[str, ...]:
    channels = tuple(dict.fromkeys(term.lower() for term in _terms(value, path, most=200)))
    unknown = [channel for channel in channels if channel not in Channel.values]
    if unknown:
        raise Invalid(f"{path}: {', '.join(unknown)} unknown; allowed are {', '.join(Channel.values)}", field=path)
    return channels


def _handles(value: object, path: str) -> tuple[str, ...]:
    handles = (handle.removeprefix("@").strip() for handle in _terms(value, path, most=200))
    return tuple(dict.fromkeys(handle for handle in handles if handle))


def _taboo_terms(value: object, path: str) -> Mapping[str, Sequence[str]]:
    """The synonyms by term, of entries with a `term` and, where they have any, `synonyms`."""
    entries: list[tuple[str, tuple[str, ...]]] = []
    for index, item in enumerate(_list(value, path)):
        entry, place = _object(item, f"{path}[{index}]"), f"{path}[{index}]"
        term = _line(entry.get("term"), f"{place}.term", most=200)
        if not term:
            raise Invalid(f"{place}.term is missing", field=f"{place}.term")
        entries.append((term, _terms(entry.get("synonyms"), f"{place}.synonyms", most=200)))
    synonyms_of = taboo_terms.joined(entries)
    if (number := sum(map(len, synonyms_of.values()))) > taboo_terms.MOST_SYNONYMS:
        raise Invalid(
            f"{path} must have at most {taboo_terms.MOST_SYNONYMS} synonyms in all; it has {number:,}", field=path
        )
    return synonyms_of


def _named(value: object, path: str, read: Callable[[Mapping[str, object], str], _Named]) -> tuple[_Named, ...]:
    entries: dict[str, _Named] = {}
    for index, item in enumerate(_list(value, path)):
        entry = read(_object(item, f"{path}[{index}]"), f"{path}[{index}]")
        if entry.name in entries:
            raise Invalid(f"{path}[{index}].name {entry.name!r} is there twice", field=path)
        entries[entry.name] = entry
    return tuple(entries.values())


def _if_there(brand: Mapping[str, object], key: str, read: Callable[[object, str], _Value]) -> _Value | None:
    value = brand.get(key)
    return None if value is None else read(value, key)


def _name(owner: Mapping[str, object], path: str) -> str:
    path = f"{path}.name" if path else "name"
    name = _line(owner.get("name"), path, most=200)
    if not name:
        raise Invalid(f"{path} is missing", field=path)
    return name


def _day(value: object, path: str) -> date:
    try:
        if isinstance(value, str):
            return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        pass
    raise Invalid(f"{path} must be a day such as 2025-11-03", field=path)


def _terms(value: object, path: str, *, most: int) -> tuple[str, ...]:
    """A list of short texts, without blanks and repetitions, in the order given."""
    entries = [] if value is None else _list(value, path)
    terms = (_line(entry, f"{path}[{index}]", most=most) for index, entry in enumerate(entries))
    return tuple(dict.fromkeys(term for term in terms if term))


def _line(value: object, path: str, *, most: int) -> str:
    line = clean_line(_text(value, path))
    if len(line) > most:
        raise Invalid(f"{path} must have at most {most} characters; it has {len(line):,}", field=path)
    return line


def _text(value: object, path: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong(path, "text", value)
    return clean(value)


def _list(value: object, path: str) -> list[object]:
    if not isinstance(value, list):
        raise _wrong(path, "a list", value)
    if len(value) > MOST_ENTRIES:
        raise Invalid(f"{path} must have at most {MOST_ENTRIES} entries; it has {len(value):,}", field=path)
    return value


def _object(value: object, path: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise _wrong(path, "an object", value)
    return value


def _wrong(path: str, wanted: str, value: object) -> Invalid:
    kinds = {"dict": "an object", "list": "a list", "str": "text", "bool": "a boolean", "NoneType": "null"}
    return Invalid(f"{path} must be {wanted}; it is {kinds.get(type(value).__name__, 'a number')}", field=path)
