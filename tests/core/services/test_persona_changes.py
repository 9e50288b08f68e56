from __future__ import annotations

from uuid import uuid4

import pytest

from kairo.core.errors import NameTaken, NotFound
from kairo.core.models import Brand, Opportunity, Persona
from kairo.core.services.access import Caller
from kairo.core.services.persona_changes import create_persona, delete_persona, update_persona
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_a_persona_is_made_and_changed(brand: Brand, caller: Caller) -> None:
    made = create_persona(caller=caller, brand_id=brand.id, wanted={"name": "Cook", "role": "Chef", "pains": ["heat"]})
    update_persona(caller=caller, persona_id=made.id, wanted={"role": None, "priorities": ["speed"]})
    stored = Persona.objects.get(pk=made.pk)
    assert (stored.brand_id, stored.name, stored.role, stored.pains, stored.priorities) == (
        brand.id, "Cook", "", ["heat"], ["speed"],
    )  # fmt: skip


def test_two_personas_of_a_brand_have_two_names(brand: Brand, caller: Caller) -> None:
    with pytest.raises(NameTaken, match="persona"):
        create_persona(caller=caller, brand_id=brand.id, wanted={"name": "Home baker"})


def test_ideas_outlive_their_persona(brand: Brand, caller: Caller) -> None:
    persona = Persona.objects.get(brand=brand)
    idea = factories.make_opportunity(brand, persona=persona)
    assert delete_persona(caller=caller, persona_id=persona.id) == brand.id
    assert not Persona.objects.filter(brand=brand).exists()
    assert Opportunity.objects.get(pk=idea.pk).persona_id is None


def test_what_is_not_the_callers_is_not_found(caller: Caller) -> None:
    theirs = Persona.objects.get(brand=factories.make_brand())
    with pytest.raises(NotFound):
        create_persona(caller=caller, brand_id=theirs.brand_id, wanted={"name": "Mine"})
    for id_ in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            update_persona(caller=caller, persona_id=id_, wanted={"name": "Mine"})
        with pytest.raises(NotFound):
            delete_persona(caller=caller, persona_id=id_)
    theirs.refresh_from_db()
    assert theirs.name == "Home baker"
