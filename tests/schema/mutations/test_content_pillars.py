from __future__ import annotations

import pytest

from kairo.core.models import Brand
from tests.factories import make_brand
from tests.schema.api import Api
from tests.schema.mutations.brand_parts import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def test_archive_and_unarchive_set_is_active(api: Api, brand: Brand) -> None:
    id_ = str(brand.pillars.get().id)
    for verb, active in (("archive", False), ("unarchive", True)):
        assert ask(api, verb, "ContentPillar", contentPillarId=id_)["contentPillar"]["isActive"] is active
