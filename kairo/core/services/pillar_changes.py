"""Making, changing and archiving content pillars. `wanted` maps fields of `brand_input.PILLAR` to values."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from kairo.core import brand_input
from kairo.core.models import Brand, ContentPillar
from kairo.core.services import brand_parts
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.field_updates import change
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction


@retry_transaction
def create_pillar(*, caller: Caller, brand_id: UUID, wanted: Mapping[str, object]) -> ContentPillar:
    """A new pillar; without a rank it comes after the others.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: values that cannot be accepted.
        NameTaken: the brand has a pillar of this name, archived or not.
        LimitReached: the brand has as many as a brand may have.
    """
    facts = brand_input.read(brand_input.PILLAR, wanted)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        if "rank" not in facts:
            facts["rank"] = _next_rank(brand)
        return brand_parts.add(ContentPillar, brand=brand, facts=facts)


def update_pillar(*, caller: Caller, pillar_id: UUID, wanted: Mapping[str, object]) -> ContentPillar:
    """Absent fields stay as they are.

    Raises:
        NotFound: the pillar does not exist for this caller.
        Invalid, NameTaken: as for `create_pillar`.
    """
    return _changed(caller, pillar_id, brand_input.read(brand_input.PILLAR, wanted))


def archive_pillar(*, caller: Caller, pillar_id: UUID) -> ContentPillar:
    """New boards do without it; ideas made for it keep it. Twice is once.

    Raises:
        NotFound: the pillar does not exist for this caller.
    """
    return _changed(caller, pillar_id, {"is_active": False})


def unarchive_pillar(*, caller: Caller, pillar_id: UUID) -> ContentPillar:
    """New boards use it again. Twice is once.

    Raises:
        NotFound: the pillar does not exist for this caller.
    """
    return _changed(caller, pillar_id, {"is_active": True})


@retry_transaction
def _changed(caller: Caller, pillar_id: UUID, facts: Mapping[str, object]) -> ContentPillar:
    with translate_integrity_errors(), transaction.atomic():
        pillar = brand_parts.locked(ContentPillar, caller=caller, part_id=pillar_id)
        change(pillar, facts, brand_id=pillar.brand_id)
    return pillar


def _next_rank(brand: Brand) -> int:
    last = ContentPillar.objects.filter(brand=brand).aggregate(rank=Max("rank"))["rank"]
    return 0 if last is None else min(last + 1, brand_input.HIGHEST_RANK)
