from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from kairo.core.enums import Platform
from kairo.evidence.enums import IngestionErrorCode, SourceKind
from kairo.evidence.ingestion.sources import source_for
from kairo.evidence.ports import EvidenceSource, SourceError, SourceRequest
from kairo.integrations.feeds.source import FeedSource
from tests.evidence.source_contract import SourceContract
from tests.integrations.feeds.feeds import ATOM, RSS
from tests.integrations.feeds.server import Site

AS_OF = datetime(2025, 11, 1, 12, tzinfo=UTC)


def asking(address: str) -> SourceRequest:
    return SourceRequest(platform=Platform.WEB, kind=SourceKind.FEED, identifier=address, as_of=AS_OF)


class TestFeedSource(SourceContract):
    @pytest.fixture(autouse=True)
    def _loopback(self, settings: Settings) -> None:
        settings.FEEDS_ALLOW_LOOPBACK = True

    def make(self) -> EvidenceSource:
        return FeedSource()

    @pytest.fixture
    def request_(self, site: Site) -> SourceRequest:
        return asking(site.page("/feed.xml", RSS, Content_Type="application/rss+xml"))

    @pytest.fixture
    def hopeless(self, site: Site) -> SourceRequest:
        return asking(site.address + "/nothing-here")

    def test_source_reads_atom(self, site: Site) -> None:
        items = list(FeedSource().fetch(asking(site.page("/atom", ATOM))))
        assert [item.content["title"] for item in items if isinstance(item.content, dict)] == ["Re-use it", "Salt"]

    def test_source_requests_only_the_feed(self, request_: SourceRequest, site: Site) -> None:
        list(FeedSource().fetch(request_))
        assert [path for path, _ in site.requests] == ["/feed.xml"]

    @pytest.mark.parametrize("body", [b"", b"<html><body>Hello</body></html>", b'{"items": []}', b"\x00\xff" * 50])
    def test_feed_that_is_none_is_an_invalid_answer(self, site: Site, body: bytes) -> None:
        with pytest.raises(SourceError) as fault:
            FeedSource().check(asking(site.page("/x", body)))
        assert fault.value.code is IngestionErrorCode.INVALID_ANSWER


def test_source_is_configured_for_web_feeds() -> None:
    assert isinstance(source_for(platform=Platform.WEB, kind=SourceKind.FEED), FeedSource)


def test_source_refuses_loopback_by_default(site: Site) -> None:
    with pytest.raises(SourceError) as fault:
        FeedSource().check(asking(site.page("/feed.xml", RSS)))
    assert (fault.value.code, fault.value.retryable) == (IngestionErrorCode.REFUSED, False)
    assert site.requests == []


@pytest.mark.parametrize(
    "value", ["brine", "two words", "javascript:alert(1)", "https://me:pw@a.example/x", "ftp://a.example/f"]
)
def test_identifier_that_is_no_feed_url_is_refused(value: str) -> None:
    with pytest.raises(SourceError) as refused:
        FeedSource().normalize_identifier(platform=Platform.WEB, kind=SourceKind.FEED, value=value)
    assert refused.value.code is IngestionErrorCode.INVALID_IDENTIFIER


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Blog.Example/feed", "https://blog.example/feed"),
        ("feed://blog.example/feed", "https://blog.example/feed"),
        ("feed:https://blog.example/feed", "https://blog.example/feed"),
        ("HTTP://blog.example:80/feed#top", "http://blog.example/feed"),
        ("https://blog.example:8443/feed?format=rss&utm_source=x", "https://blog.example:8443/feed?format=rss"),
        ("https://bücher.example/feed", "https://xn--bcher-kva.example/feed"),
    ],
)
def test_identifier_has_one_spelling(value: str, expected: str) -> None:
    source = FeedSource()
    assert source.normalize_identifier(platform=Platform.WEB, kind=SourceKind.FEED, value=value) == expected
    assert source.normalize_identifier(platform=Platform.WEB, kind=SourceKind.FEED, value=expected) == expected
