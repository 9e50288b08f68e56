from __future__ import annotations

import pytest

from kairo.core.models import Brand
from tests import factories


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand(factories.make_tenant("demo"), slug="brine")
