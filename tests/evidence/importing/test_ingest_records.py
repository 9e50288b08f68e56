from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from kairo.core.enums import Platform
from kairo.core.ids import evidence_id
from kairo.core.models import Brand
from kairo.core.signals import brand_shown_changed
from kairo.evidence.enums import IngestOutcome, RecordErrorCode
from kairo.evidence.importing import ingest_records
from kairo.evidence.importing.ingest_records import IngestReport, ingest, ingest_each
from kairo.evidence.importing.jsonl import RawRecord
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.record_errors import RejectedRecord
from tests import factories
from tests.evidence.records import a_record, numbered

NOW = datetime(2025, 11, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=5)

pytestmark = pytest.mark.django_db


def ingested(brand: Brand, *records: object, now: datetime = NOW) -> IngestReport:
    return ingest(brand_id=brand.id, records=numbered(*records), now=now)


def outcomes(report: IngestReport) -> list[str]:
    return [record.outcome.value for record in report.records]


def row_versions() -> set[tuple[Any, ...]]:
    """Returns the location of each row version, which every UPDATE changes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, ctid::text, xmin::text FROM evidence_normalizedevidenceitem")
        return set(cursor.fetchall())


def test_ingest_stores_the_normalized_item() -> None:
    brand = factories.make_brand()
    report = ingested(brand, a_record(metrics={"views": 2**53 - 1}, text_primary="nul\x00 \ud83d caf\u0065\u0301"))
    row = NormalizedEvidenceItem.objects.get()
    assert outcomes(report) == ["created"]
    assert report.records[0].evidence_id == row.id
    assert row.id == evidence_id(brand_id=brand.id, platform="tiktok", reference="7001")
    assert (row.brand_id, row.platform, row.content_type, row.external_id) == (
        brand.id, "tiktok", "short_video", "7001",
    )  # fmt: skip
    assert (row.text_primary, row.hashtags, row.has_transcript, row.synthetic) == (
        "nul \ufffd caf\u00e9", ["picklebrine"], True, True,
    )  # fmt: skip
    assert (row.views, row.likes, row.published_at) == (2**53 - 1, None, datetime(2025, 10, 31, 10, tzinfo=UTC))
    assert (row.stored_at, row.source, row.author_ref) == (NOW, "a test", "brine")


def test_ingest_of_the_same_records_touches_no_row() -> None:
    brand = factories.make_brand()
    records = [a_record(), a_record(external_id="", canonical_url="https://a.example/1", hashtags=None, metrics=None)]
    first = ingested(brand, *records)
    before = row_versions()
    again = ingested(brand, *records, now=LATER)
    assert outcomes(again) == ["unchanged", "unchanged"]
    assert [record.evidence_id for record in again.records] == [record.evidence_id for record in first.records]
    assert row_versions() == before


CHANGES: list[dict[str, Any]] = [
    {"content_type": "video"},
    {"canonical_url": "https://www.tiktok.example/other"},
    {"published_at": None},
    {"author_ref": "someone"},
    {"title": "A title"},
    {"text_primary": "Other words"},
    {"text_secondary": "Other speech"},
    {"has_transcript": False},
    {"hashtags": []},
    {"hashtags": ["picklebrine", "more"]},
    {"metrics": {"views": 901, "likes": 90, "comments": 9}},
    {"metrics": {"views": 900, "likes": None, "comments": 9}},
    {"metrics": {"views": 900, "likes": 90, "comments": 0}},
    {"metrics": {"views": 900, "likes": 90, "comments": 9, "shares": 0}},
    {"source": "elsewhere"},
    {"synthetic": False},
]


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_ingest_of_changed_content_updates_the_row_and_stored_at(change: dict[str, Any]) -> None:
    brand = factories.make_brand()
    first = ingested(brand, a_record())
    report = ingested(brand, a_record(**change), now=LATER)
    row = NormalizedEvidenceItem.objects.get()
    assert outcomes(report) == ["updated"]
    assert report.records[0].evidence_id == first.records[0].evidence_id == row.id
    assert row.stored_at == LATER
    assert outcomes(ingested(brand, a_record(**change), now=LATER)) == ["unchanged"]


def test_ingest_stores_the_first_of_duplicates() -> None:
    brand = factories.make_brand()
    url_only = {"external_id": None, "canonical_url": "https://a.example/1"}
    records = [
        a_record(title="first"),
        a_record(title="second"),
        a_record(**url_only, title="first"),
        a_record(**url_only, platform="web", content_type=None, title="second"),
    ]
    report = ingested(brand, *records)
    assert outcomes(report) == ["created", "duplicate", "created", "duplicate"]
    assert report.records[1].evidence_id == report.records[0].evidence_id
    assert set(NormalizedEvidenceItem.objects.values_list("title", flat=True)) == {"first"}
    assert outcomes(ingested(brand, *records)) == ["unchanged", "duplicate", "unchanged", "duplicate"]


def test_ingest_finds_duplicates_across_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_records, "BATCH_RECORDS", 2)
    brand = factories.make_brand()
    records = [a_record(external_id=str(number)) for number in (1, 2, 3, 1, 2)]
    assert outcomes(ingested(brand, *records)) == ["created"] * 3 + ["duplicate"] * 2


def test_ingest_distinguishes_a_url_from_an_external_id() -> None:
    brand = factories.make_brand()
    url = "https://a.example/1"
    report = ingested(
        brand,
        a_record(platform="web", content_type=None, external_id=url, canonical_url=url),
        a_record(platform="web", content_type=None, external_id="", canonical_url=url),
    )
    assert outcomes(report) == ["created", "created"]


def test_ingest_distinguishes_platforms_and_brands() -> None:
    brand, other = factories.make_brand(), factories.make_brand()
    report = ingested(brand, a_record(), a_record(platform="youtube", content_type="video"))
    vendor = ingested(other, a_record(title="theirs"))
    assert outcomes(report) + outcomes(vendor) == ["created"] * 3
    ids: set[UUID | None] = {record.evidence_id for record in (*report.records, *vendor.records)}
    assert len(ids) == 3
    assert not brand.evidence_items.filter(title="theirs").exists()


def test_ingest_keeps_the_id_of_an_existing_row() -> None:
    brand = factories.make_brand()
    stored = NormalizedEvidenceItem.objects.create(
        brand=brand, platform=Platform.TIKTOK, content_type="short_video", external_id="7001"
    )
    assert [ingested(brand, a_record()).records[0].evidence_id for _ in range(2)] == [stored.id, stored.id]


def test_ingest_reports_bad_records_in_order_and_stores_good_ones() -> None:
    brand = factories.make_brand()
    refusal = RejectedRecord(RecordErrorCode.NOT_JSON, "", "the line is not JSON")
    report = ingested(brand, a_record(external_id="1"), refusal, a_record(platform="orkut"), a_record(external_id="2"))
    assert outcomes(report) == ["created", "rejected", "rejected", "created"]
    assert [record.position for record in report.records] == [1, 2, 3, 4]
    assert report.records[1].rejection is refusal
    assert report.records[2].rejection is not None
    assert (report.count(IngestOutcome.CREATED), report.count(IngestOutcome.REJECTED)) == (2, 2)


def test_ingest_returns_notes_with_the_outcome() -> None:
    report = ingested(factories.make_brand(), a_record(metrics={"likes": -1}))
    assert report.records[0].notes == ("metrics.likes is unknown: -1 is not a count",)


def test_ingest_signals_changes_of_existing_items() -> None:
    brand = factories.make_brand()
    signalled: list[UUID] = []

    def listen(*, brand_id: UUID, **_: object) -> None:
        signalled.append(brand_id)

    brand_shown_changed.connect(listen)
    try:
        ingested(brand, a_record(), a_record(external_id="2"))
        ingested(brand, a_record())
        assert signalled == []
        ingested(brand, a_record(title="changed"), a_record(external_id="2", title="changed"))
        assert signalled == [brand.id]
    finally:
        brand_shown_changed.disconnect(listen)


def test_ingest_of_no_records_runs_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    brand = factories.make_brand()
    with django_assert_num_queries(0):
        assert ingested(brand).records == ()


def test_ingest_of_500_records_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    brand = factories.make_brand()
    records = [a_record(external_id=str(number)) for number in range(500)]
    with django_assert_num_queries(4):  # savepoint, turn, upsert, release
        report = ingested(brand, *records)
    assert report.count(IngestOutcome.CREATED) == 500


def test_ingest_limits_the_size_of_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_records, "BATCH_CHARACTERS", 1_000)
    brand = factories.make_brand()
    records = iter(numbered(*(a_record(external_id=str(number), text_primary="x" * 600) for number in range(4))))
    each = ingest_each(brand_id=brand.id, records=records, now=NOW)
    next(each)
    assert NormalizedEvidenceItem.objects.count() == 2


def test_ingest_memory_does_not_grow_with_the_records() -> None:
    brand = factories.make_brand()

    def many() -> Iterator[RawRecord]:
        for position in range(6_000):
            yield RawRecord(position, a_record(external_id=str(position % 50), text_primary="x" * 5_000))

    tracemalloc.start()
    try:
        for _ in ingest_each(brand_id=brand.id, records=many(), now=NOW):
            pass
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000  # the records together are 30 MB


@pytest.mark.django_db(transaction=True)
def test_ingest_of_the_same_posts_by_two_writers_succeeds() -> None:
    brand = factories.make_brand()
    ids = [str(number) for number in range(300)]
    reports: list[IngestReport] = []
    start = threading.Barrier(2)

    def write(order: list[str]) -> None:
        try:
            start.wait()
            reports.append(ingested(brand, *(a_record(external_id=external_id) for external_id in order)))
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(order,)) for order in (ids, ids[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(report.count(IngestOutcome.CREATED) for report in reports) == 300
    assert sum(report.count(IngestOutcome.UNCHANGED) for report in reports) == 300
    assert NormalizedEvidenceItem.objects.count() == 300


@pytest.mark.django_db(transaction=True)
def test_ingest_is_undone_by_the_callers_rollback() -> None:
    brand = factories.make_brand()
    with transaction.atomic():
        ingested(brand, a_record())
        transaction.set_rollback(True)
    assert not NormalizedEvidenceItem.objects.exists()


def test_ingest_stores_raw_which_queries_defer(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    brand = factories.make_brand()
    ingested(brand, a_record(raw={"likesCount": -1, "odd": "\x00\ud800"}))
    with CaptureQueriesContext(connection) as reading:
        row = NormalizedEvidenceItem.objects.get()
    assert "raw" in row.get_deferred_fields()
    assert '"raw"' not in reading.captured_queries[0]["sql"]
    with django_assert_num_queries(1):
        assert row.raw == {"likesCount": -1, "odd": "?"}


def test_ingest_updates_raw_only_with_other_content() -> None:
    brand = factories.make_brand()
    ingested(brand, a_record(raw={"followers": 1}))
    assert outcomes(ingested(brand, a_record(raw={"followers": 2}))) == ["unchanged"]
    assert NormalizedEvidenceItem.objects.get().raw == {"followers": 1}
    assert outcomes(ingested(brand, a_record(title="New", raw={"followers": 3}))) == ["updated"]
    assert NormalizedEvidenceItem.objects.get().raw == {"followers": 3}
