from __future__ import annotations

import pytest

from kairo.http import health


@pytest.fixture(autouse=True)
def _no_cached_readiness() -> None:
    health.readiness.clear()
