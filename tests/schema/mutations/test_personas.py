from __future__ import annotations

import pytest

from kairo.core.models import Brand, ContentPillar, Opportunity, Persona
from schema.ids import global_id
from tests.factories import make_brand, make_opportunity, make_ready_board
from tests.schema.api import Api
from tests.schema.mutations.brand_parts import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


@pytest.mark.board_cache
def test_stored_board_keeps_the_name_of_a_deleted_persona(api: Api, brand: Brand) -> None:
    persona, pillar = Persona.objects.get(brand=brand), ContentPillar.objects.get(brand=brand)
    idea = make_opportunity(brand, persona=persona, pillar=pillar)
    make_ready_board(brand, [idea])
    ask(api, "delete", "Persona", personaId=str(persona.id))
    ask(api, "archive", "ContentPillar", contentPillarId=str(pillar.id))
    query = "query ($b: ID!) { todayBoard(brandId: $b) { state opportunities { title persona { id name } } } }"
    shown = api.data(query, b=str(brand.id))["todayBoard"]
    assert shown["state"] == "READY"
    assert shown["opportunities"] == [
        {"title": idea.title, "persona": {"id": global_id("Persona", persona.id), "name": "Home baker"}}
    ]
    assert Opportunity.objects.get(pk=idea.pk).persona_id is None
