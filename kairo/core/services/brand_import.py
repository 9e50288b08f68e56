"""Bringing a tenant's brands to what their profiles say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now

from kairo.core import taboo_terms
from kairo.core.brand_profile import BrandProfile, CampaignProfile, PersonaProfile, PillarProfile
from kairo.core.models import Brand, Campaign, ContentPillar, Persona, Tenant
from kairo.core.signals import brand_shown_changed

_Part = TypeVar("_Part", ContentPillar, Persona, Campaign)


class BrandChange(StrEnum):
    """What an import did to a brand."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedBrand:
    """The outcome of one profile; the lists name the parts that the profile no longer has."""

    brand_id: UUID
    change: BrandChange
    deactivated_pillars: tuple[str, ...] = ()
    removed_personas: tuple[str, ...] = ()
    removed_campaigns: tuple[str, ...] = ()


@transaction.atomic
def import_brand(*, tenant: Tenant, profile: BrandProfile) -> ImportedBrand:
    """Makes or updates the tenant's brand of this slug, in one transaction; a second time nothing is written.

    Pillars, personas and campaigns are known by name. A pillar that the profile no longer has is switched off,
    since ideas were made for it; a persona or campaign that it no longer has is removed, and ideas made for that
    persona stay without one. Whatever the profile does not mention at all is left alone.
    """
    is_announced = _announced(tenant, profile)
    brand, is_new = Brand.objects.select_for_update(no_key=True).get_or_create(
        tenant=tenant, slug=profile.slug, defaults={"name": profile.name}
    )
    changed = _bring_up_to(brand, _brand_facts(profile, brand))
    deactivated: tuple[str, ...] = ()
    removed: dict[type[Model], tuple[str, ...]] = {}
    if profile.pillars is not None:
        parts_changed, surplus = _sync(ContentPillar, brand=brand, wanted=_pillar_facts(profile.pillars))
        deactivated = _deactivated(surplus)
        changed |= parts_changed or bool(deactivated)
    if profile.personas is not None:
        parts_changed, surplus_personas = _sync(Persona, brand=brand, wanted=_facts(profile.personas))
        removed[Persona] = _removed(surplus_personas)
        changed |= parts_changed or bool(surplus_personas)
    if profile.campaigns is not None:
        parts_changed, surplus_campaigns = _sync(Campaign, brand=brand, wanted=_facts(profile.campaigns))
        removed[Campaign] = _removed(surplus_campaigns)
        changed |= parts_changed or bool(surplus_campaigns)
    if changed and not is_new and not is_announced:  # somebody else changed it between
        brand_shown_changed.send(sender=Brand, brand_id=brand.id)
    return ImportedBrand(
        brand_id=brand.id,
        change=BrandChange.CREATED if is_new else BrandChange.UPDATED if changed else BrandChange.UNCHANGED,
        deactivated_pillars=deactivated,
        removed_personas=removed.get(Persona, ()),
        removed_campaigns=removed.get(Campaign, ()),
    )


def _announced(tenant: Tenant, profile: BrandProfile) -> bool:
    """Tells of the change that the import will be, where the brand is there and differs; whether it did.

    Before any row is locked, for the reason in row_changes.
    """
    brand = Brand.objects.filter(tenant=tenant, slug=profile.slug).first()
    if brand is None or not (_differs(brand, _brand_facts(profile, brand)) or _parts_differ(brand, profile)):
        return False
    brand_shown_changed.send(sender=Brand, brand_id=brand.id)
    return True


def _parts_differ(brand: Brand, profile: BrandProfile) -> bool:
    said: tuple[tuple[QuerySet[ContentPillar] | QuerySet[Persona] | QuerySet[Campaign], dict[str, _Facts] | None], ...]
    said = (
        (brand.pillars.all(), None if profile.pillars is None else _pillar_facts(profile.pillars)),
        (brand.personas.all(), None if profile.personas is None else _facts(profile.personas)),
        (brand.campaigns.all(), None if profile.campaigns is None else _facts(profile.campaigns)),
    )
    for rows, wanted in said:
        there = {row.name: row for row in rows}
        if wanted is None:
            continue
        if wanted.keys() - there.keys() or any(
            _differs(row, wanted[name]) if name in wanted else getattr(row, "is_active", True)
            for name, row in there.items()
        ):
            return True
    return False


_Facts = dict[str, Any]  # field name to value, as the model holds it


_MENTIONABLE = (
    "positioning",
    "tone_tags",
    "channels",
    "languages",
    "handles",
    "product_names",
    "competitor_handles",
)


def _brand_facts(profile: BrandProfile, brand: Brand) -> _Facts:
    """The brand's columns for what the profile says of the brand itself; fields it does not mention are not there."""
    said = {field: _stored(getattr(profile, field)) for field in _MENTIONABLE}
    return {
        "name": profile.name,
        **{field: value for field, value in said.items() if value is not None},
        **taboo_terms.columns(taboos=profile.taboos, taboo_terms=profile.taboo_terms, stored=brand.taboo_synonyms),
    }


def _pillar_facts(pillars: Iterable[PillarProfile]) -> dict[str, _Facts]:
    """Pillars rank in the order of the file."""
    return {name: {**facts, "rank": rank} for rank, (name, facts) in enumerate(_facts(pillars).items())}


def _facts(profiles: Iterable[PillarProfile | PersonaProfile | CampaignProfile]) -> dict[str, _Facts]:
    return {
        profile.name: {field.name: _stored(getattr(profile, field.name)) for field in fields(profile)}
        for profile in profiles
    }


def _stored(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _sync(model: type[_Part], *, brand: Brand, wanted: Mapping[str, _Facts]) -> tuple[bool, list[_Part]]:
    """Makes and updates a brand's parts by name; whether anything was written, and the parts that are not wanted."""
    there = {part.name: part for part in model._default_manager.filter(brand=brand)}
    new = [model(brand=brand, **facts) for name, facts in wanted.items() if name not in there]
    model._default_manager.bulk_create(new)
    updated = [_bring_up_to(part, wanted[name]) for name, part in there.items() if name in wanted]
    return bool(new) or any(updated), [part for name, part in sorted(there.items()) if name not in wanted]


def _bring_up_to(row: Model, facts: _Facts) -> bool:
    """Writes what differs; whether anything did."""
    differing = _differs(row, facts)
    if differing:
        type(row)._default_manager.filter(pk=row.pk).update(**differing, updated_at=Now())
    return bool(differing)


def _differs(row: Model, facts: _Facts) -> _Facts:
    """Those of the facts that the row does not have."""
    return {field: value for field, value in facts.items() if getattr(row, field) != value}


def _deactivated(pillars: Iterable[ContentPillar]) -> tuple[str, ...]:
    return tuple(pillar.name for pillar in pillars if _bring_up_to(pillar, {"is_active": False}))


def _removed(parts: Iterable[Persona] | Iterable[Campaign]) -> tuple[str, ...]:
    names = []
    for part in parts:
        part.delete()
        names.append(part.name)
    return tuple(names)
