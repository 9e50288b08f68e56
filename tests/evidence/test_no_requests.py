"""No code requests a URL that it finds in evidence. An audit hook of the interpreter watches for it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.ingest_records import ingest
from kairo.hero.boards import evidence_items
from kairo.integrations.apify.normalizers.index import read_raw, to_record
from kairo.integrations.feeds.entries import read_feed
from tests import factories
from tests.evidence.records import numbered
from tests.integrations.apify.normalizers.items import GOOD_ITEMS
from tests.integrations.feeds.feeds import ATOM, RSS

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)
SENT: list[str] = []
_watching = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event in {"socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"}:
        SENT.append(f"{event} {arguments[-1]!r}")


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """Records the network events of this process. libpq connects to PostgreSQL below Python, so it causes none."""
    global _watching  # noqa: PLW0603  an audit hook takes no arguments and cannot be removed
    SENT.clear()
    _watching = True
    try:
        yield SENT
    finally:
        _watching = False


@pytest.mark.django_db
def test_ingest_requests_no_url_of_the_evidence() -> None:
    brand = factories.make_brand()
    share_links = [
        {"platform": "web", "canonical_url": address, "text_primary": "words"}
        for address in (
            "https://youtu.be/9_k_goMr5ZI",
            "https://vm.tiktok.com/ZMabc/",
            "http://t.co/abc",
            "https://lnkd.in/x",
        )
    ]
    with watched() as sent:
        records = [to_record(item, actor=actor) for actor, item in GOOD_ITEMS.items()]
        records += [record for item in GOOD_ITEMS.values() if (record := read_raw(item)) is not None]
        feeds = [item.content for body in (RSS, ATOM) for item in read_feed(body, url="https://blog.example/f")]
        report = ingest(brand_id=brand.id, records=numbered(*records, *feeds, *share_links), now=NOW)
        ids = [record.evidence_id for record in report.records if record.evidence_id]
        previews = evidence_items.previews(brand_id=brand.id, ids=ids)
    assert report.count(IngestOutcome.CREATED) == len(previews) > len(GOOD_ITEMS)
    assert report.count(IngestOutcome.REJECTED) == 0
    assert sent == []


def test_network_watch_sees_a_request() -> None:
    with watched() as sent, pytest.raises(OSError, match=r".*"):
        socket.create_connection(("127.0.0.1", 1), timeout=1)
    assert any("socket.connect" in event for event in sent)
