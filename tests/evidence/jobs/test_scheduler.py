from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection as database
from django.db import transaction

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.ingestion.runner import Ingestion
from kairo.evidence.ingestion.source_reading import Succeeded
from kairo.evidence.jobs.queue import KIND, claim, enqueue
from kairo.evidence.jobs.scheduler import enqueue_due_readings
from kairo.evidence.models import IngestionJob, SourceConnection
from kairo.jobs.heartbeat import RunningAttempt
from tests.evidence.sources import make_connection
from tests.factories import make_brand
from tests.row_locks import wait_for_waiting

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


def connect(brand: Brand, **facts: Any) -> SourceConnection:
    """A connection that was made before every time of these tests."""
    row = make_connection(brand, **facts)
    SourceConnection.objects.filter(id=row.id).update(scheduled_on=None)
    return row


def succeed(job: IngestionJob) -> None:
    lease = claim(worker_id="w", job_id=job.id)
    assert lease is not None
    Ingestion().store([(RunningAttempt(KIND, lease), Succeeded())])


def test_due_connection_is_enqueued_once_a_day() -> None:
    brand = make_brand()
    due = connect(brand, hour=12)
    connect(brand, identifier="later", hour=13)
    connect(brand, identifier="never")
    connect(brand, identifier="paused", hour=1, enabled=False)
    assert [enqueue_due_readings(at=NOON) for _ in range(2)] == [1, 0]
    job = IngestionJob.objects.get()
    assert (job.connection_ids, job.trigger, job.brand_id) == ([due.id], JobTrigger.SCHEDULE, brand.id)
    succeed(job)
    assert enqueue_due_readings(at=NOON + timedelta(days=1)) == 1


def test_brand_with_an_active_job_is_left_for_the_next_pass() -> None:
    connect(brand := make_brand(), hour=12)
    other_day = NOON - timedelta(days=1)
    assert enqueue_due_readings(at=other_day) == 1
    job = IngestionJob.objects.get(brand=brand)
    assert enqueue_due_readings(at=NOON) == 0
    succeed(job)
    assert enqueue_due_readings(at=NOON) == 1


def test_connection_is_left_for_the_next_pass_by_a_job_that_is_enqueued_meanwhile() -> None:
    due = connect(brand := make_brand(), hour=12)
    other = connect(brand, identifier="other")

    def in_thread() -> int:
        try:
            return enqueue_due_readings(at=NOON)
        finally:
            database.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            enqueue(brand_id=brand.id, connection_ids=[other.id], trigger=JobTrigger.USER, priority=10)
            passing = pool.submit(in_thread)  # does not see the job, and waits to insert its own
            wait_for_waiting()
        passing.result()
    job = IngestionJob.objects.get()
    assert job.connection_ids == [other.id]
    succeed(job)
    assert enqueue_due_readings(at=NOON) == 1
    assert IngestionJob.objects.get(status="pending").connection_ids == [due.id]
