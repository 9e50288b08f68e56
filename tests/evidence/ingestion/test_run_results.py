from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStatus, RecordErrorCode, SourceRunStatus
from kairo.evidence.models import NormalizedEvidenceItem, SourceConnection, SourceRun
from kairo.evidence.ports import RunState, RunStatus, SourceError, SourceItem
from kairo.evidence.record_errors import RejectedRecord
from tests.evidence.ingestion.steps import TWO_STAGES, create_job, only_run, run_step, run_to_end
from tests.evidence.sources import Feed, Vendor, found, make_connection, make_feed

pytestmark = pytest.mark.django_db(transaction=True)


def test_items_are_stored_and_counted_on_the_run(brand: Brand, vendor: Vendor) -> None:
    job = run_step(create_job(brand, feed := make_feed(brand)))
    assert (job.status, job.percent, job.error_code) == (IngestionStatus.SUCCEEDED, 100, None)
    assert NormalizedEvidenceItem.objects.filter(brand=brand).count() == 2
    run = only_run()
    assert (run.status, run.items, run.created, run.rejected) == (SourceRunStatus.SUCCEEDED, 2, 2, 0)
    feed.refresh_from_db()
    assert feed.last_read_at is not None
    assert vendor.calls == []


def test_items_read_twice_are_unchanged(brand: Brand, vendor: Vendor) -> None:
    for _ in range(2):
        run_step(create_job(brand, SourceConnection.objects.first() or make_feed(brand)))
    assert [run.unchanged for run in SourceRun.objects.order_by("created_at")] == [0, 2]


def test_rejections_are_counted_by_code(brand: Brand, vendor: Vendor) -> None:
    refused = RejectedRecord(RecordErrorCode.NOT_AN_OBJECT, "", "an error item")
    Feed.answers = [[*found(1), SourceItem(content=refused), SourceItem(content={"platform": "myspace"})]]
    run_step(create_job(brand, make_feed(brand)))
    run = only_run()
    assert (run.created, run.rejected) == (1, 2)
    assert run.rejections == {"not_an_object": 1, "unknown_platform": 1}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ([], IngestionErrorCode.NO_ITEMS),
        ([SourceItem(content={"platform": "myspace"})], IngestionErrorCode.NO_USABLE_ITEMS),
        (SourceError(IngestionErrorCode.NOT_FOUND), IngestionErrorCode.NOT_FOUND),
    ],
)
def test_run_without_usable_items_fails_with_its_code(
    brand: Brand, vendor: Vendor, answer: Any, code: IngestionErrorCode
) -> None:
    Feed.answers = [answer]
    job = run_step(create_job(brand, make_feed(brand)))
    assert (job.status, job.error_code, only_run().error_code) == (IngestionStatus.FAILED, code, code)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (RunStatus.FAILED, IngestionErrorCode.RUN_FAILED),
        (RunStatus.ABORTED, IngestionErrorCode.RUN_ABORTED),
        (RunStatus.TIMED_OUT, IngestionErrorCode.RUN_TIMED_OUT),
    ],
)
def test_failed_external_run_has_its_code_and_its_items_are_stored(
    brand: Brand, vendor: Vendor, status: RunStatus, code: IngestionErrorCode
) -> None:
    vendor.stages = TWO_STAGES
    vendor.state = RunState(status=status, cost_usd=Decimal("0.04"))
    job = run_to_end(create_job(brand, make_connection(brand)))
    run = only_run()
    assert (job.status, job.error_code) == (IngestionStatus.FAILED, code)
    assert (run.error_code, run.created, run.actual_usd) == (code, 3, Decimal("0.04"))
    assert vendor.count("start") == 1


def test_incomplete_items_are_retried_and_stored_at_the_last_attempt(brand: Brand, vendor: Vendor) -> None:
    half = SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "3 of 20", retryable=True)
    vendor.faults = {"collected": [half, half, half]}
    job = create_job(brand, make_connection(brand))
    run_step(job)
    run_step(job)
    assert (job.attempts, NormalizedEvidenceItem.objects.count()) == (1, 0)
    run_to_end(job)
    assert (job.error_code, vendor.count("start")) == (IngestionErrorCode.INCOMPLETE_ANSWER, 1)
    assert only_run().created == 3
