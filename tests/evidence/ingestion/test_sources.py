from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ingestion.sources import load_sources, source_for, source_named
from kairo.evidence.ports import SourceError, SourceItem, SourceRequest


class Pages:
    """Offers web sites, and returns no items."""

    name = "pages"

    def offers(self) -> Collection[tuple[Platform, SourceKind]]:
        return [(Platform.WEB, SourceKind.SITE)]

    def normalize_identifier(self, *, platform: Platform, kind: SourceKind, value: str) -> str:
        return value.lower()

    def check(self, request: SourceRequest) -> None:
        return None

    def fetch(self, request: SourceRequest) -> Iterable[SourceItem]:
        return []


class Namesake(Pages):
    """Another source of the same name."""


def test_source_for_returns_the_first_that_offers_the_combination(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = [f"{__name__}.Pages"]
    assert source_for(platform=Platform.WEB, kind=SourceKind.SITE).name == "pages"


def test_source_for_raises_where_no_source_offers_it(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = [f"{__name__}.Pages"]
    with pytest.raises(SourceError) as raised:
        source_for(platform=Platform.X, kind=SourceKind.PROFILE)
    assert raised.value.code is IngestionErrorCode.SOURCE_NOT_AVAILABLE
    assert not raised.value.retryable


def test_source_named_returns_none_for_an_unknown_name(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = [f"{__name__}.Pages"]
    assert isinstance(source_named("pages"), Pages)
    assert source_named("gone") is None


@pytest.mark.parametrize(
    "paths",
    [["kairo.nowhere.Source"], ["kairo.evidence.ports.SourceError"], [f"{__name__}.Pages", f"{__name__}.Namesake"]],
)
def test_load_sources_rejects_paths_that_name_no_source_and_repeated_names(
    settings: Settings, paths: list[str]
) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = paths
    with pytest.raises(ImproperlyConfigured, match="KAIRO_EVIDENCE_SOURCES"):
        load_sources()
