from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStatus
from kairo.evidence.models import SourceRun
from kairo.evidence.ports import SourceError
from tests.evidence.ingestion.steps import create_job, run_step, run_to_end
from tests.evidence.sources import Feed, Vendor, found, make_feed

pytestmark = pytest.mark.django_db(transaction=True)


def test_advance_retries_a_retryable_error_after_its_delay(brand: Brand, vendor: Vendor) -> None:
    error = SourceError(IngestionErrorCode.RATE_LIMITED, retryable=True, retry_after_s=200)
    Feed.answers = [error, found(1)]
    job = run_step(create_job(brand, make_feed(brand)))
    assert (job.status, job.attempts) == (IngestionStatus.PENDING, 1)
    assert timedelta(seconds=190) < job.available_at - job.updated_at < timedelta(seconds=210)
    assert run_step(job).status == IngestionStatus.SUCCEEDED


def test_advance_fails_with_the_sources_code_after_the_last_attempt(brand: Brand, vendor: Vendor) -> None:
    Feed.answers = [SourceError(IngestionErrorCode.UNAVAILABLE, "503", retryable=True)]
    job = run_to_end(create_job(brand, make_feed(brand)))
    assert (job.error_code, job.attempts, len(Feed.requests)) == (IngestionErrorCode.UNAVAILABLE, 3, 3)


def test_advance_reads_the_other_connections_after_one_failed(brand: Brand, vendor: Vendor) -> None:
    Feed.answers = [SourceError(IngestionErrorCode.NOT_FOUND), found(1)]
    other = make_feed(brand, identifier="https://blog.example/other")
    job = run_step(create_job(brand, make_feed(brand), other))
    assert job.status == IngestionStatus.SUCCEEDED
    assert [run.status for run in SourceRun.objects.order_by("created_at")] == ["failed", "succeeded"]


def test_advance_fails_without_the_connections_source(brand: Brand, vendor: Vendor, settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = []
    assert run_step(create_job(brand, make_feed(brand))).error_code == IngestionErrorCode.SOURCE_NOT_AVAILABLE


def test_advance_fails_without_an_enabled_connection(brand: Brand, vendor: Vendor) -> None:
    job = run_step(create_job(brand, make_feed(brand, enabled=False)))
    assert job.error_code == IngestionErrorCode.SOURCE_NOT_AVAILABLE
