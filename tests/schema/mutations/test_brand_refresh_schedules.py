from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.hero.jobs.scheduler import refresh_daily
from kairo.hero.models import RefreshSchedule
from tests.factories import make_brand
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

SAVED = """{
  __typename ... on BrandSaved { brand { refreshSchedule { hour timeZone } } } ... on Problem { code }
  ... on InvalidInputProblem { path }
}"""
SET = f"mutation ($i: SetBrandRefreshScheduleInput!) {{ setBrandRefreshSchedule(input: $i) {SAVED} }}"
CLEAR = f"mutation ($i: ClearBrandRefreshScheduleInput!) {{ clearBrandRefreshSchedule(input: $i) {SAVED} }}"


@pytest.fixture
def api() -> Api:
    return Api()


def test_schedule_is_set_read_and_cleared(api: Api) -> None:
    which = {"brandId": str(make_brand(api.tenant).id)}
    answer = api.data(SET, i={**which, "hour": 7, "timeZone": "Europe/Lisbon"})["setBrandRefreshSchedule"]
    assert answer["brand"]["refreshSchedule"] == {"hour": 7, "timeZone": "Europe/Lisbon"}
    answer = api.data(SET, i={**which, "hour": 23})["setBrandRefreshSchedule"]
    assert answer["brand"]["refreshSchedule"] == {"hour": 23, "timeZone": "UTC"}
    for _ in range(2):
        assert api.data(CLEAR, i=which)["clearBrandRefreshSchedule"]["brand"] == {"refreshSchedule": None}


@pytest.mark.parametrize(
    ("given", "path"), [({"hour": 24}, "hour"), ({"hour": 7, "timeZone": "Nowhere/Land"}, "timeZone")]
)
def test_invalid_value_is_an_invalid_input_problem(api: Api, given: dict[str, Any], path: str) -> None:
    answer = api.data(SET, i={"brandId": str(make_brand(api.tenant).id), **given})["setBrandRefreshSchedule"]
    assert (answer["code"], answer["path"]) == ("INVALID_INPUT", ["input", path])
    assert not RefreshSchedule.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_schedules_of_many_brands_cost_one_statement(api: Api, number: int) -> None:
    for _ in range(number):
        refresh_daily(brand_id=make_brand(api.tenant).id, hour=7, time_zone="UTC")
        make_brand(api.tenant)
    with CaptureQueriesContext(connection) as statements:
        brands = api.data("{ brands { name archivedAt refreshSchedule { hour } } }")["brands"]
    assert [brand["refreshSchedule"] for brand in brands].count({"hour": 7}) == number
    assert len(statements) == 3  # authentication, brands, schedules


# Lock, write, and read brand and schedule for the answer; setting has a savepoint around its write.
@pytest.mark.parametrize(("query", "own"), [(SET, 6), (CLEAR, 4)], ids=["set", "clear"])
def test_write_statements_are_bounded(api: Api, query: str, own: int) -> None:
    brand = make_brand(api.tenant)
    given = {"brandId": str(brand.id), **({"hour": 7} if query is SET else {})}
    with CaptureQueriesContext(connection) as statements:
        api.data(query, i=given)
    assert len(statements) == 3 + own  # authentication and both ends of the transaction beside
