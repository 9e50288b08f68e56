from __future__ import annotations

from typing import cast

import pytest

from kairo.core.errors import NotFound
from kairo.core.models import Brand
from kairo.core.models import Persona as Row
from kairo.hero.dto import NamedRefDTO
from schema.context import Context, Info
from schema.types.persona import Persona
from tests.factories import make_brand, make_caller
from tests.hero.builders import an_id

pytestmark = pytest.mark.django_db


class _Info:
    """The part of Strawberry's Info that a resolver reads."""

    def __init__(self, brand: Brand) -> None:
        self.context = Context(caller=make_caller(brand.tenant), request_id="test")


def info(brand: Brand) -> Info:
    return cast("Info", _Info(brand))


def test_persona_of_a_board_reads_the_current_row_and_keeps_the_stored_name() -> None:
    brand = make_brand()
    row = brand.personas.get()
    Row.objects.filter(pk=row.pk).update(name="Renamed", role="Chef")
    persona = Persona.from_ref(NamedRefDTO(id=row.id, name="Home baker"), brand_key=brand.id)
    assert (persona.name, persona.role(info(brand))) == ("Home baker", "Chef")


def test_deleted_persona_raises_not_found_for_fields_that_the_board_does_not_store() -> None:
    brand = make_brand()
    persona = Persona.from_ref(NamedRefDTO(id=an_id("gone"), name="Home baker"), brand_key=brand.id)
    with pytest.raises(NotFound, match="Persona"):
        persona.summary(info(brand))
