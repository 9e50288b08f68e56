"""The steps that pillars, personas and campaigns share when they are written. All in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from kairo.core.brand_profile import MOST_ENTRIES
from kairo.core.errors import LimitReached, NotFound
from kairo.core.models import Brand, Campaign, ContentPillar, Persona
from kairo.core.services.access import Caller
from kairo.core.signals import brand_shown_changed

Part = TypeVar("Part", ContentPillar, Persona, Campaign)
Deletable = TypeVar("Deletable", Persona, Campaign)


def add(model: type[Part], *, brand: Brand, facts: Mapping[str, object]) -> Part:
    """A new part of a brand that is locked.

    Raises:
        LimitReached: the brand has as many as a brand may have.
    """
    if model._default_manager.filter(brand=brand).count() >= MOST_ENTRIES:
        raise LimitReached(f"A brand has at most {MOST_ENTRIES} {model._meta.verbose_name_plural}.")
    part = model._default_manager.create(brand=brand, **facts)
    brand_shown_changed.send(sender=model, brand_id=brand.id)
    return part


def locked(model: type[Part], *, caller: Caller, part_id: UUID) -> Part:
    """The part, which nobody else changes before the transaction ends.

    Raises:
        NotFound: it does not exist for this caller.
    """
    rows = model._default_manager.select_for_update(of=("self",), no_key=True)
    part = rows.filter(id=part_id, brand__tenant_id=caller.tenant_id).first()
    if part is None:
        raise NotFound(noun=model.__name__)
    return part


def remove(model: type[Deletable], *, caller: Caller, part_id: UUID) -> UUID:
    """Deletes the part; the id of the brand it was of. Ideas made for it stay without one.

    Raises:
        NotFound: it does not exist for this caller.
    """
    part = locked(model, caller=caller, part_id=part_id)
    brand_shown_changed.send(sender=model, brand_id=part.brand_id)  # before the delete, for the reason in row_changes
    part.delete()
    return part.brand_id
