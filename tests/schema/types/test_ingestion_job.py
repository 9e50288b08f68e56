from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from kairo.evidence.models import IngestionJob as Row
from schema.ids import global_id
from schema.types.ingestion_job import IngestionJob
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import make_brand

pytestmark = pytest.mark.django_db


def read(row: Row) -> IngestionJob:
    return IngestionJob.from_row(Row.objects.prefetch_related("runs").get(pk=row.pk))


def test_ingestion_job_sums_costs_and_counts_of_its_runs() -> None:
    brand = make_brand()
    row, connection = make_ingestion_job(brand), make_connection(brand)
    make_run(row, connection, estimated_usd=Decimal("0.05"), actual_usd=Decimal("0.02"), items=3, created=3)
    make_run(row, connection, stage="details", estimated_usd=Decimal("0.01"), items=2, rejected=2)
    job = read(row)
    assert (job.estimated_cost_usd, job.actual_cost_usd) == ("0.060000", "0.020000")
    assert (job.counts.items, job.counts.created, job.counts.rejected, len(job.runs)) == (5, 3, 2, 2)


def test_poll_after_is_null_once_the_job_has_ended() -> None:
    brand = make_brand()
    assert read(make_ingestion_job(brand)).poll_after_ms == 2_000
    now = timezone.now()
    ended = make_ingestion_job(
        brand, status="failed", error_code="internal", started_at=now - timedelta(minutes=1), finished_at=now
    )
    job = read(ended)
    assert job.poll_after_ms is None
    assert job.error is not None
    assert job.id == global_id("IngestionJob", ended.id)
    assert job.generation_job_id is None
