"""Making, changing and deleting personas. `wanted` maps fields of `brand_input.PERSONA` to values."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from kairo.core import brand_input
from kairo.core.models import Persona
from kairo.core.services import brand_parts
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import locked_brand
from kairo.core.services.field_updates import change
from kairo.core.services.integrity_errors import translate_integrity_errors
from kairo.db.sql import retry_transaction


@retry_transaction
def create_persona(*, caller: Caller, brand_id: UUID, wanted: Mapping[str, object]) -> Persona:
    """
    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: values that cannot be accepted.
        NameTaken: the brand has a persona of this name.
        LimitReached: the brand has as many as a brand may have.
    """
    facts = brand_input.read(brand_input.PERSONA, wanted)
    with translate_integrity_errors(), transaction.atomic():
        brand = locked_brand(caller=caller, brand_id=brand_id)
        return brand_parts.add(Persona, brand=brand, facts=facts)


@retry_transaction
def update_persona(*, caller: Caller, persona_id: UUID, wanted: Mapping[str, object]) -> Persona:
    """Absent fields stay as they are.

    Raises:
        NotFound: the persona does not exist for this caller.
        Invalid, NameTaken: as for `create_persona`.
    """
    facts = brand_input.read(brand_input.PERSONA, wanted)
    with translate_integrity_errors(), transaction.atomic():
        persona = brand_parts.locked(Persona, caller=caller, part_id=persona_id)
        change(persona, facts, brand_id=persona.brand_id)
    return persona


@retry_transaction
def delete_persona(*, caller: Caller, persona_id: UUID) -> UUID:
    """The id of the brand it was of. Ideas made for it stay without one; boards show its name as they were made.

    Raises:
        NotFound: the persona does not exist for this caller.
    """
    with transaction.atomic():
        return brand_parts.remove(Persona, caller=caller, part_id=persona_id)
