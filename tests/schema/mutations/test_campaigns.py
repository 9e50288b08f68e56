from __future__ import annotations

import pytest

from kairo.core.models import Brand
from tests.factories import make_brand, make_campaign
from tests.schema.api import Api
from tests.schema.mutations.brand_parts import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def test_last_day_before_the_first_is_an_invalid_input_problem(api: Api, brand: Brand) -> None:
    made = make_campaign(brand)
    refused = ask(api, "update", "Campaign", campaignId=str(made.id), ends="2026-02-01")
    assert refused["path"] == ["input", "ends"]
    assert refused["message"] == "A campaign's last day is not before its first."
