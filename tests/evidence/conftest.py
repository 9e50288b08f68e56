from __future__ import annotations

import pytest
from pytest_django import Settings

from tests.evidence.sources import PATHS, Elsewhere, Feed, Scraper, found


@pytest.fixture
def elsewhere(settings: Settings) -> Elsewhere:
    """A fresh vendor, with the sources that know it plugged in."""
    settings.KAIRO_EVIDENCE_SOURCES = PATHS
    settings.KAIRO_EVIDENCE_ENOUGH = ""
    Scraper.elsewhere, Feed.answers, Feed.asked = Elsewhere(), [found(1, 2)], []
    return Scraper.elsewhere
