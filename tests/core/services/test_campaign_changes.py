from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from kairo.core.errors import Invalid, NameTaken, NotFound
from kairo.core.models import Brand, Campaign
from kairo.core.services.access import Caller
from kairo.core.services.campaign_changes import create_campaign, delete_campaign, update_campaign
from tests import factories

pytestmark = pytest.mark.django_db

SPRING = {"name": "Spring", "starts": date(2026, 3, 1), "ends": date(2026, 3, 31), "keywords": ["rye"]}


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_a_campaign_is_made_changed_and_deleted(brand: Brand, caller: Caller) -> None:
    made = create_campaign(caller=caller, brand_id=brand.id, wanted=SPRING)
    update_campaign(caller=caller, campaign_id=made.id, wanted={"ends": date(2026, 4, 2), "keywords": None})
    stored = Campaign.objects.get(brand=brand)
    assert (stored.name, stored.starts, stored.ends, stored.keywords) == (
        "Spring", date(2026, 3, 1), date(2026, 4, 2), [],
    )  # fmt: skip
    assert delete_campaign(caller=caller, campaign_id=made.id) == brand.id
    assert not Campaign.objects.exists()


def test_a_campaign_does_not_end_before_it_starts(brand: Brand, caller: Caller) -> None:
    one_day = create_campaign(caller=caller, brand_id=brand.id, wanted={**SPRING, "ends": SPRING["starts"]})
    with pytest.raises(Invalid) as refused:
        update_campaign(caller=caller, campaign_id=one_day.id, wanted={"ends": date(2026, 2, 28)})
    assert refused.value.field == "ends"
    with pytest.raises(Invalid):
        create_campaign(caller=caller, brand_id=brand.id, wanted={**SPRING, "name": "X", "starts": date(2026, 4, 1)})


def test_two_campaigns_of_a_brand_have_two_names(brand: Brand, caller: Caller) -> None:
    create_campaign(caller=caller, brand_id=brand.id, wanted=SPRING)
    with pytest.raises(NameTaken, match="campaign"):
        create_campaign(caller=caller, brand_id=brand.id, wanted=SPRING)


def test_what_is_not_the_callers_is_not_found(caller: Caller) -> None:
    stranger = factories.make_brand()
    theirs = Campaign.objects.create(brand=stranger, **SPRING)
    with pytest.raises(NotFound):
        create_campaign(caller=caller, brand_id=stranger.id, wanted=SPRING)
    for id_ in (theirs.id, uuid4()):
        with pytest.raises(NotFound):
            update_campaign(caller=caller, campaign_id=id_, wanted={"name": "Mine"})
        with pytest.raises(NotFound):
            delete_campaign(caller=caller, campaign_id=id_)
