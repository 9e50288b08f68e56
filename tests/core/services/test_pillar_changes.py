from __future__ import annotations

from uuid import uuid4

import pytest

from kairo.core.brand_profile import MOST_ENTRIES
from kairo.core.errors import LimitReached, NameTaken, NotFound
from kairo.core.models import Brand, ContentPillar
from kairo.core.services.access import Caller
from kairo.core.services.pillar_changes import archive_pillar, create_pillar, unarchive_pillar, update_pillar
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(context=False)


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_new_pillars_come_last_unless_they_say_where(brand: Brand, caller: Caller) -> None:
    for wanted in ({"name": "First"}, {"name": "Second"}, {"name": "High", "rank": 40}, {"name": "Last"}):
        create_pillar(caller=caller, brand_id=brand.id, wanted=wanted)
    assert list(brand.pillars.order_by("rank").values_list("name", "rank")) == [
        ("First", 0), ("Second", 1), ("High", 40), ("Last", 41),
    ]  # fmt: skip


def test_no_rank_is_higher_than_the_highest(brand: Brand, caller: Caller) -> None:
    ContentPillar.objects.create(brand=brand, name="Highest", rank=32_767)
    assert create_pillar(caller=caller, brand_id=brand.id, wanted={"name": "Next"}).rank == 32_767


def test_a_name_is_taken_in_one_brand_only(brand: Brand, caller: Caller) -> None:
    first = create_pillar(caller=caller, brand_id=brand.id, wanted={"name": "Ovens"})
    second = create_pillar(caller=caller, brand_id=brand.id, wanted={"name": "Flour"})
    with pytest.raises(NameTaken, match="content pillar"):
        create_pillar(caller=caller, brand_id=brand.id, wanted={"name": " Ovens"})
    with pytest.raises(NameTaken):
        update_pillar(caller=caller, pillar_id=second.id, wanted={"name": first.name})
    create_pillar(caller=caller, brand_id=factories.make_brand(brand.tenant).id, wanted={"name": "Ovens"})


def test_a_pillar_is_archived_and_taken_back(brand: Brand, caller: Caller) -> None:
    pillar = create_pillar(caller=caller, brand_id=brand.id, wanted={"name": "Ovens"})
    for verb, active in ((archive_pillar, False), (archive_pillar, False), (unarchive_pillar, True)):
        assert verb(caller=caller, pillar_id=pillar.id).is_active is active
        assert ContentPillar.objects.get(pk=pillar.pk).is_active is active


def test_a_brand_has_no_more_than_it_may_have(brand: Brand, caller: Caller) -> None:
    ContentPillar.objects.bulk_create(ContentPillar(brand=brand, name=f"P{n}") for n in range(MOST_ENTRIES))
    with pytest.raises(LimitReached, match="at most 500 content pillars"):
        create_pillar(caller=caller, brand_id=brand.id, wanted={"name": "One more"})


def test_what_is_not_the_callers_is_not_found(caller: Caller) -> None:
    theirs = ContentPillar.objects.get(brand=factories.make_brand())
    with pytest.raises(NotFound):
        create_pillar(caller=caller, brand_id=theirs.brand_id, wanted={"name": "Mine"})
    for id_ in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            update_pillar(caller=caller, pillar_id=id_, wanted={"name": "Mine"})
        with pytest.raises(NotFound):
            archive_pillar(caller=caller, pillar_id=id_)
