from __future__ import annotations

import pytest

from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.hero.models import RefreshSchedule
from kairo.hero.services.refresh_schedules import clear_refresh_schedule, set_refresh_schedule
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_schedule_is_set_replaced_and_cleared(brand: Brand, caller: Caller) -> None:
    for hour, time_zone in ((7, "Europe/Lisbon"), (23, "UTC")):
        set_refresh_schedule(caller=caller, brand_id=brand.id, hour=hour, time_zone=time_zone)
        schedule = RefreshSchedule.objects.get(brand=brand)
        assert (schedule.hour, schedule.time_zone) == (hour, time_zone)
    clear_refresh_schedule(caller=caller, brand_id=brand.id)
    clear_refresh_schedule(caller=caller, brand_id=brand.id)
    assert not RefreshSchedule.objects.exists()


@pytest.mark.parametrize("time_zone", ["", "Nowhere/Land", "\0", "\ud800", "Z" * 65, "Z" * 100_000, "Europe/Lisbon\n"])
def test_schedule_time_zone_that_is_unknown_is_invalid(time_zone: str, brand: Brand, caller: Caller) -> None:
    with pytest.raises(Invalid) as refused:
        set_refresh_schedule(caller=caller, brand_id=brand.id, hour=7, time_zone=time_zone)
    assert refused.value.field == "time_zone"
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize("hour", [-1, 24, 2**31 - 1])
def test_schedule_hour_out_of_range_is_invalid(hour: int, brand: Brand, caller: Caller) -> None:
    with pytest.raises(Invalid) as refused:
        set_refresh_schedule(caller=caller, brand_id=brand.id, hour=hour, time_zone="UTC")
    assert refused.value.field == "hour"


def test_schedule_of_another_tenants_brand_is_not_found(caller: Caller) -> None:
    theirs = factories.make_brand()
    with pytest.raises(NotFound):
        set_refresh_schedule(caller=caller, brand_id=theirs.id, hour=7, time_zone="UTC")
    with pytest.raises(NotFound):
        clear_refresh_schedule(caller=caller, brand_id=theirs.id)
