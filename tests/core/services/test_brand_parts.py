from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from kairo.core.brand_input import MAX_ENTRIES
from kairo.core.errors import Invalid, LimitReached, NameTaken, NotFound
from kairo.core.models import Brand, Campaign, ContentPillar, Opportunity, Persona
from kairo.core.services.access import Caller
from kairo.core.services.brand_parts import (
    CAMPAIGN,
    PERSONA,
    PILLAR,
    create_part,
    delete_part,
    parts_by_id,
    set_pillar_active,
    update_part,
)
from tests import factories

pytestmark = pytest.mark.django_db

SPRING = {"name": "Spring", "starts": date(2026, 3, 1), "ends": date(2026, 3, 31), "keywords": ["rye"]}
OVENS = {"name": "Ovens"}
COOK = {"name": "Cook", "role": "Chef", "pains": ["heat"]}
KINDS = [(PILLAR, OVENS), (PERSONA, COOK), (CAMPAIGN, SPRING)]


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(context=False)


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


@pytest.mark.parametrize(("kind", "values"), KINDS, ids=["pillar", "persona", "campaign"])
class TestEveryKind:
    def test_create_part_stores_its_values(
        self, kind: Any, values: dict[str, Any], brand: Brand, caller: Caller
    ) -> None:
        part = create_part(kind, caller=caller, brand_id=brand.id, values=values)
        stored = kind.model.objects.get(brand=brand)
        assert stored == part
        assert {name: getattr(stored, name) for name in values} == values

    def test_update_part_leaves_absent_fields_unchanged(
        self, kind: Any, values: dict[str, Any], brand: Brand, caller: Caller
    ) -> None:
        part = create_part(kind, caller=caller, brand_id=brand.id, values={**values, "keywords": ["rye"]})
        update_part(kind, caller=caller, part_id=part.id, values={"keywords": None})
        stored = kind.model.objects.get(brand=brand)
        assert (stored.name, stored.keywords) == (values["name"], [])

    def test_name_is_unique_in_one_brand(self, kind: Any, values: dict[str, Any], brand: Brand, caller: Caller) -> None:
        create_part(kind, caller=caller, brand_id=brand.id, values=values)
        other = create_part(kind, caller=caller, brand_id=brand.id, values={**values, "name": "Other"})
        with pytest.raises(NameTaken, match=str(kind.model._meta.verbose_name)):
            create_part(kind, caller=caller, brand_id=brand.id, values={**values, "name": f" {values['name']}"})
        with pytest.raises(NameTaken):
            update_part(kind, caller=caller, part_id=other.id, values={"name": values["name"]})
        create_part(kind, caller=caller, brand_id=factories.make_brand(brand.tenant).id, values=values)

    def test_part_of_another_tenant_is_not_found(
        self, kind: Any, values: dict[str, Any], brand: Brand, caller: Caller
    ) -> None:
        foreign_brand = factories.make_brand(context=False)
        foreign = kind.model.objects.create(brand=foreign_brand, **values)
        with pytest.raises(NotFound):
            create_part(kind, caller=caller, brand_id=foreign_brand.id, values=values)
        for id_ in (foreign.id, uuid4()):
            with pytest.raises(NotFound):
                update_part(kind, caller=caller, part_id=id_, values={"name": "Mine"})
            with pytest.raises(NotFound):
                delete_part(kind, caller=caller, part_id=id_)
        foreign.refresh_from_db()
        assert foreign.name == values["name"]

    def test_parts_by_id_are_the_callers_in_one_statement(
        self,
        kind: Any,
        values: dict[str, Any],
        brand: Brand,
        caller: Caller,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        mine = kind.model.objects.create(brand=brand, **values)
        foreign = kind.model.objects.create(brand=factories.make_brand(context=False), **values)
        with django_assert_num_queries(1):
            assert parts_by_id(kind, caller=caller, ids=[mine.id, foreign.id, uuid4()]) == {mine.id: mine}


def test_pillar_limit_of_a_brand(brand: Brand, caller: Caller) -> None:
    ContentPillar.objects.bulk_create(ContentPillar(brand=brand, name=f"P{n}") for n in range(MAX_ENTRIES))
    with pytest.raises(LimitReached, match="at most 500 content pillars"):
        create_part(PILLAR, caller=caller, brand_id=brand.id, values={"name": "One more"})


def test_pillar_without_a_rank_gets_the_next_one(brand: Brand, caller: Caller) -> None:
    for values in ({"name": "First"}, {"name": "Second"}, {"name": "High", "rank": 40}, {"name": "Last"}):
        create_part(PILLAR, caller=caller, brand_id=brand.id, values=values)
    assert list(brand.pillars.order_by("rank").values_list("name", "rank")) == [
        ("First", 0), ("Second", 1), ("High", 40), ("Last", 41),
    ]  # fmt: skip


def test_pillar_rank_stops_at_the_columns_maximum(brand: Brand, caller: Caller) -> None:
    ContentPillar.objects.create(brand=brand, name="Highest", rank=32_767)
    assert create_part(PILLAR, caller=caller, brand_id=brand.id, values={"name": "Next"}).rank == 32_767


def test_pillar_is_archived_and_taken_back_idempotently(brand: Brand, caller: Caller) -> None:
    pillar = create_part(PILLAR, caller=caller, brand_id=brand.id, values=OVENS)
    for is_active in (False, False, True):
        assert set_pillar_active(caller=caller, pillar_id=pillar.id, is_active=is_active).is_active is is_active
        assert ContentPillar.objects.get(pk=pillar.pk).is_active is is_active


def test_pillar_of_another_tenant_is_not_archived(caller: Caller) -> None:
    foreign = ContentPillar.objects.create(brand=factories.make_brand(context=False), name="Ovens")
    with pytest.raises(NotFound):
        set_pillar_active(caller=caller, pillar_id=foreign.id, is_active=False)


def test_campaign_must_not_end_before_it_starts(brand: Brand, caller: Caller) -> None:
    values = {**SPRING, "ends": SPRING["starts"]}
    one_day = create_part(CAMPAIGN, caller=caller, brand_id=brand.id, values=values)
    with pytest.raises(Invalid) as error:
        update_part(CAMPAIGN, caller=caller, part_id=one_day.id, values={"ends": date(2026, 2, 28)})
    assert error.value.field == "ends"
    late = {**SPRING, "name": "X", "starts": date(2026, 4, 1)}
    with pytest.raises(Invalid):
        create_part(CAMPAIGN, caller=caller, brand_id=brand.id, values=late)


def test_delete_campaign_returns_its_brand(brand: Brand, caller: Caller) -> None:
    campaign = create_part(CAMPAIGN, caller=caller, brand_id=brand.id, values=SPRING)
    assert delete_part(CAMPAIGN, caller=caller, part_id=campaign.id) == brand.id
    assert not Campaign.objects.exists()


def test_delete_persona_keeps_its_opportunities(brand: Brand, caller: Caller) -> None:
    persona = create_part(PERSONA, caller=caller, brand_id=brand.id, values=COOK)
    opportunity = factories.make_opportunity(brand, persona=persona)
    assert delete_part(PERSONA, caller=caller, part_id=persona.id) == brand.id
    assert not Persona.objects.filter(brand=brand).exists()
    assert Opportunity.objects.get(pk=opportunity.pk).persona_id is None
