"""Pillars, personas and campaigns by id, whichever of the caller's brands they belong to."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from kairo.core.models import Campaign, ContentPillar, Persona
from kairo.core.services import access
from kairo.core.services.access import Caller


def pillars_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, ContentPillar]:
    """Those of these pillars that exist for this caller: one SQL statement, as each of these functions."""
    return ContentPillar.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def personas_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, Persona]:
    return Persona.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)


def campaigns_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, Campaign]:
    return Campaign.objects.filter(brand__in=access.brands(caller=caller)).in_bulk(ids)
