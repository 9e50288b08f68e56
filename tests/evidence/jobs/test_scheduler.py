from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from kairo.core.enums import JobTrigger
from kairo.evidence.ingestion.runner import Ingestion
from kairo.evidence.ingestion.source_reading import Succeeded
from kairo.evidence.jobs.queue import KIND, claim
from kairo.evidence.jobs.scheduler import enqueue_due_readings
from kairo.evidence.models import IngestionJob
from kairo.jobs.heartbeat import RunningAttempt
from tests.evidence.sources import make_connection
from tests.factories import make_brand

pytestmark = pytest.mark.django_db(transaction=True)

NOON = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


def succeed(job: IngestionJob) -> None:
    lease = claim(worker_id="w", job_id=job.id)
    assert lease is not None
    Ingestion().store([(RunningAttempt(KIND, lease), Succeeded())])


def test_due_connection_is_enqueued_once_a_day() -> None:
    brand = make_brand()
    due = make_connection(brand, hour=12)
    make_connection(brand, identifier="later", hour=13)
    make_connection(brand, identifier="never")
    make_connection(brand, identifier="paused", hour=1, enabled=False)
    assert [enqueue_due_readings(at=NOON) for _ in range(2)] == [1, 0]
    job = IngestionJob.objects.get()
    assert (job.connection_ids, job.trigger, job.brand_id) == ([due.id], JobTrigger.SCHEDULE, brand.id)
    succeed(job)
    assert enqueue_due_readings(at=NOON + timedelta(days=1)) == 1


def test_brand_with_an_active_job_is_left_for_the_next_pass() -> None:
    make_connection(brand := make_brand(), hour=12)
    other_day = NOON - timedelta(days=1)
    assert enqueue_due_readings(at=other_day) == 1
    job = IngestionJob.objects.get(brand=brand)
    assert enqueue_due_readings(at=NOON) == 0
    succeed(job)
    assert enqueue_due_readings(at=NOON) == 1


def test_archived_brand_is_not_enqueued() -> None:
    make_connection(make_brand(archived_at=timezone.now()), hour=12)
    assert enqueue_due_readings(at=NOON) == 0
