from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.evidence.sources import PATHS, Feed, Scraper, Vendor, found


@pytest.fixture
def vendor(settings: Settings) -> Vendor:
    """A fresh vendor; the settings name its sources."""
    settings.KAIRO_EVIDENCE_SOURCES = PATHS
    settings.KAIRO_EVIDENCE_ENOUGH = ""
    Scraper.vendor, Feed.answers, Feed.requests = Vendor(), [found(1, 2)], []
    return Scraper.vendor
