from __future__ import annotations

import pytest

from kairo.core.models import Brand
from tests.factories import make_brand


@pytest.fixture
def brand() -> Brand:
    return make_brand()
