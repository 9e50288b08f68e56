from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ingestion.sources import load_sources, source_for
from kairo.evidence.ports import SourceError, SourceItem, SourceRequest


class Pages:
    """Reads web sites, and finds nothing there."""

    name = "pages"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.WEB, SourceKind.SITE)]

    def identifier(self, *, platform: Platform, kind: SourceKind, given: str) -> str:
        return given.lower()

    def check(self, request: SourceRequest) -> None:
        return None

    def fetch(self, request: SourceRequest) -> Iterable[SourceItem]:
        return []


class Namesake(Pages):
    """Another source of the same name."""


def test_the_first_source_that_offers_it_is_found(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = [f"{__name__}.Pages"]
    assert source_for(platform=Platform.WEB, kind=SourceKind.SITE).name == "pages"


def test_what_nothing_reads_has_its_code(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = [f"{__name__}.Pages"]
    with pytest.raises(SourceError) as fault:
        source_for(platform=Platform.X, kind=SourceKind.PROFILE)
    assert fault.value.code is IngestionErrorCode.SOURCE_NOT_AVAILABLE
    assert not fault.value.retryable


@pytest.mark.parametrize(
    "paths",
    [["kairo.nowhere.Source"], ["kairo.evidence.ports.SourceFault"], [f"{__name__}.Pages", f"{__name__}.Namesake"]],
)
def test_a_path_that_leads_to_no_source_of_its_own_name_is_said_loudly(settings: Settings, paths: list[str]) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = paths
    with pytest.raises(ImproperlyConfigured, match="KAIRO_EVIDENCE_SOURCES"):
        load_sources()
