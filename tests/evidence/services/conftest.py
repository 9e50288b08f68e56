from __future__ import annotations

import pytest

from kairo.core.models import Brand
from kairo.core.services.access import Caller
from tests import factories


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)
