"""Creates, updates and deletes the parts of a brand: content pillars, personas and campaigns.

`values` maps fields of a part to input values, as in `brand_input`; an update leaves absent fields unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kairo.core import brand_input
from kairo.core.errors import LimitReached, NotFound
from kairo.core.models import Brand, Campaign, ContentPillar, Persona
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.field_updates import update_fields
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.core.signals import brand_shown_changed
from kairo.db.sql import retry_transaction

Part = TypeVar("Part", ContentPillar, Persona, Campaign)
Deletable = TypeVar("Deletable", Persona, Campaign)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartKind(Generic[Part]):
    """A kind of part: its model, its input fields, and computed defaults for fields that a new part's input lacks."""

    model: type[Part]
    fields: Mapping[str, brand_input.Reader]
    defaults: Mapping[str, Callable[[Brand], Any]] = field(default_factory=dict)


def _next_rank(brand: Brand) -> int:
    last = ContentPillar.objects.filter(brand=brand).aggregate(rank=Max("rank"))["rank"]
    return 0 if last is None else min(last + 1, brand_input.MAX_RANK)


PILLAR = PartKind(model=ContentPillar, fields=brand_input.PILLAR, defaults={"rank": _next_rank})
PERSONA = PartKind(model=Persona, fields=brand_input.PERSONA)
CAMPAIGN = PartKind(model=Campaign, fields=brand_input.CAMPAIGN)


@retry_transaction
def create_part(kind: PartKind[Part], *, caller: Caller, brand_id: UUID, values: Mapping[str, object]) -> Part:
    """Creates a part of the brand. A pillar without a rank gets the next one.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: a value is not accepted, such as a campaign's last day before its first.
        NameTaken: the brand has a part of this kind and name; archived pillars count.
        LimitReached: the brand has 500 parts of this kind.
    """
    columns = brand_input.read(kind.fields, values)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        columns |= {name: default(brand) for name, default in kind.defaults.items() if name not in columns}
        if kind.model._default_manager.filter(brand=brand).count() >= brand_input.MAX_ENTRIES:
            plural = kind.model._meta.verbose_name_plural
            raise LimitReached(f"A brand has at most {brand_input.MAX_ENTRIES} {plural}.")
        part = kind.model._default_manager.create(brand=brand, **columns)
        brand_shown_changed.send(sender=kind.model, brand_id=brand.id)
    return part


def update_part(kind: PartKind[Part], *, caller: Caller, part_id: UUID, values: Mapping[str, object]) -> Part:
    """
    Raises:
        NotFound: the part does not exist for this caller.
        Invalid, NameTaken: as for `create_part`.
    """
    return _update(kind, caller=caller, part_id=part_id, columns=brand_input.read(kind.fields, values))


def set_pillar_active(*, caller: Caller, pillar_id: UUID, is_active: bool) -> ContentPillar:
    """Archives a pillar or takes it back: new boards use active pillars only, existing opportunities keep theirs.

    Idempotent.

    Raises:
        NotFound: the pillar does not exist for this caller.
    """
    return _update(PILLAR, caller=caller, part_id=pillar_id, columns={"is_active": is_active})


@retry_transaction
def delete_part(kind: PartKind[Deletable], *, caller: Caller, part_id: UUID) -> UUID:
    """Deletes a persona or campaign and returns its brand's id. Opportunities made for a persona stay, without one.

    Raises:
        NotFound: the part does not exist for this caller.
    """
    with transaction.atomic():
        part = _locked_part(kind, caller=caller, part_id=part_id)
        # Before the DELETE, for the lock order that `update_fields` describes.
        brand_shown_changed.send(sender=kind.model, brand_id=part.brand_id)
        part.delete()
    return part.brand_id


def parts_by_id(kind: PartKind[Part], *, caller: Caller, ids: Collection[UUID]) -> dict[UUID, Part]:
    """Those of the parts that exist for this caller, in any of its brands: one SQL statement."""
    return kind.model._default_manager.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


@retry_transaction
def _update(kind: PartKind[Part], *, caller: Caller, part_id: UUID, columns: Mapping[str, object]) -> Part:
    with translate_integrity_errors(), transaction.atomic():
        part = _locked_part(kind, caller=caller, part_id=part_id)
        update_fields(part, columns, brand_id=part.brand_id)
    return part


def _locked_part(kind: PartKind[Part], *, caller: Caller, part_id: UUID) -> Part:
    rows = kind.model._default_manager.select_for_update(of=("self",), no_key=True)
    part = rows.filter(id=part_id, brand__tenant_id=caller.tenant_id).first()
    if part is None:
        raise NotFound(noun=kind.model.__name__)
    return part
