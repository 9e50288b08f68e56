"""The running test, for helpers that check its markers. tests/conftest.py sets it."""

from __future__ import annotations

import pytest

item: pytest.Item | None = None


def has_marker(name: str) -> bool:
    return item is not None and item.get_closest_marker(name) is not None
