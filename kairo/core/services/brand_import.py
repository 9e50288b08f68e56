"""Imports a tenant's brands from brand profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.db.models.functions import Now

from kairo.core import taboo_terms
from kairo.core.brand_profile import BrandProfile, Values
from kairo.core.models import Brand, Campaign, ContentPillar, Persona, Tenant
from kairo.core.services.brand_changes import admit_brand
from kairo.core.signals import brand_shown_changed


class BrandChange(StrEnum):
    """What an import did to a brand."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportedBrand:
    """The result of one import; the tuples have the names of parts that the profile no longer has."""

    brand_id: UUID
    change: BrandChange
    deactivated_pillars: tuple[str, ...] = ()
    removed_personas: tuple[str, ...] = ()
    removed_campaigns: tuple[str, ...] = ()


@transaction.atomic
def import_brand(*, tenant: Tenant, profile: BrandProfile) -> ImportedBrand:
    """Creates or updates the tenant's brand of this slug, in one transaction. Idempotent: a second run writes nothing.

    Parts are matched by name. A pillar that the profile no longer has is deactivated, because opportunities refer to
    it; a persona or campaign that it no longer has is deleted, and opportunities made for that persona stay without
    one. Fields and lists that the profile does not mention stay unchanged.

    Raises:
        QuotaExceeded: the brand would be new, and the tenant has as many as it may.
    """
    if not Brand.objects.filter(tenant=tenant, slug=profile.slug).exists():
        admit_brand(tenant_id=tenant.id)
    was_announced = _announce_change(tenant, profile)
    brand, is_new = Brand.objects.select_for_update(no_key=True).get_or_create(
        tenant=tenant, slug=profile.slug, defaults={"name": profile.values["name"]}
    )
    changed = _update(brand, _columns(profile, brand))
    dropped: dict[type[Model], tuple[str, ...]] = {}
    for model, parts in _mentioned_parts(profile).items():
        written, surplus = _sync(model, brand=brand, parts=parts)
        dropped[model] = _deactivate(surplus) if model is ContentPillar else _delete(surplus)
        changed |= written or bool(dropped[model])
    if changed and not is_new and not was_announced:  # another transaction changed the brand in between
        brand_shown_changed.send(sender=Brand, brand_id=brand.id)
    return ImportedBrand(
        brand_id=brand.id,
        change=BrandChange.CREATED if is_new else BrandChange.UPDATED if changed else BrandChange.UNCHANGED,
        deactivated_pillars=dropped.get(ContentPillar, ()),
        removed_personas=dropped.get(Persona, ()),
        removed_campaigns=dropped.get(Campaign, ()),
    )


def _announce_change(tenant: Tenant, profile: BrandProfile) -> bool:
    """Sends the signal of the coming change where the stored brand differs from the profile; whether it did.

    It runs before any row is locked, for the lock order that `update_fields` describes.
    """
    brand = Brand.objects.filter(tenant=tenant, slug=profile.slug).first()
    if brand is None or not (_differences(brand, _columns(profile, brand)) or _parts_differ(brand, profile)):
        return False
    brand_shown_changed.send(sender=Brand, brand_id=brand.id)
    return True


def _parts_differ(brand: Brand, profile: BrandProfile) -> bool:
    for model, parts in _mentioned_parts(profile).items():
        stored = _rows_by_name(model, brand)
        if parts.keys() - stored.keys() or any(
            _differences(row, parts[name]) if name in parts else getattr(row, "is_active", True)
            for name, row in stored.items()
        ):
            return True
    return False


def _columns(profile: BrandProfile, brand: Brand) -> Values:
    """The values of the brand's columns that the profile mentions."""
    return taboo_terms.to_columns(profile.values, stored=brand.taboo_synonyms)


def _mentioned_parts(profile: BrandProfile) -> dict[type[Model], dict[str, Values]]:
    """The parts by model and name, of the lists that the profile mentions. Pillars rank in the order of the file."""
    ranked = profile.pillars and tuple({**pillar, "rank": rank} for rank, pillar in enumerate(profile.pillars))
    lists = ((ContentPillar, ranked), (Persona, profile.personas), (Campaign, profile.campaigns))
    return {model: {part["name"]: part for part in parts} for model, parts in lists if parts is not None}


def _rows_by_name(model: type[Model], brand: Brand) -> dict[str, Any]:
    rows: Iterable[Any] = model._default_manager.filter(brand=brand)
    return {row.name: row for row in rows}


def _sync(model: type[Model], *, brand: Brand, parts: Mapping[str, Values]) -> tuple[bool, list[Any]]:
    """Creates and updates a brand's parts by name; returns whether it wrote, and the rows that are not in `parts`."""
    stored = _rows_by_name(model, brand)
    new = [model(brand=brand, **values) for name, values in parts.items() if name not in stored]
    model._default_manager.bulk_create(new)
    updated = [_update(row, parts[name]) for name, row in stored.items() if name in parts]
    return bool(new) or any(updated), [row for name, row in sorted(stored.items()) if name not in parts]


def _update(row: Model, values: Values) -> bool:
    """Writes the values that differ; returns whether any did."""
    changed = _differences(row, values)
    if changed:
        type(row)._default_manager.filter(pk=row.pk).update(**changed, updated_at=Now())
    return bool(changed)


def _differences(row: Model, values: Values) -> Values:
    return {field: value for field, value in values.items() if getattr(row, field) != value}


def _deactivate(pillars: Iterable[Any]) -> tuple[str, ...]:
    return tuple(pillar.name for pillar in pillars if _update(pillar, {"is_active": False}))


def _delete(parts: Iterable[Any]) -> tuple[str, ...]:
    names = []
    for part in parts:
        part.delete()
        names.append(part.name)
    return tuple(names)
