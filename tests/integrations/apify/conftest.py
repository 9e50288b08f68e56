from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.integrations.apify.server import TOKEN, Apify


@pytest.fixture
def apify(settings: Settings) -> Iterator[Apify]:
    """A fake vendor on loopback, which the settings enable."""
    with Apify() as server:
        settings.APIFY_API_URL, settings.APIFY_TOKEN, settings.APIFY_ENABLED = server.url, TOKEN, True
        settings.APIFY_TIMEOUT_S = 5
        yield server
