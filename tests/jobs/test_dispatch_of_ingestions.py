"""The wake-up leaves after the last write of its row, and a claim by id waits for a write that comes in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from kairo.core.enums import JobTrigger
from kairo.core.ids import new_id
from kairo.core.models import Brand
from kairo.evidence.ingestion import run_webhooks
from kairo.evidence.ingestion.webhook_tokens import token_for
from kairo.evidence.jobs.queue import KIND, claim, claim_next, enqueue, release_stale_ingestions
from kairo.evidence.models import IngestionJob, SourceRun
from kairo.jobs import broker
from tests.factories import make_brand
from tests.row_locks import RowLocks, row_locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queue() -> None:
    broker.broker.flush(KIND.queue)


def sent() -> int:
    return broker.in_flight_count(queues=[KIND.queue])


def pending(brand: Brand | None = None) -> IngestionJob:
    brand = brand or make_brand(context=False)
    return enqueue(brand_id=brand.id, connection_ids=[uuid4()], trigger=JobTrigger.USER, priority=10)[0]


def enqueued() -> tuple[Brand, Callable[[], object]]:
    brand = make_brand(context=False)
    return brand, lambda: pending(brand)


def reported_as_ended() -> tuple[Brand, Callable[[], object]]:
    """The brand's job waits for a run elsewhere, and the run's end is reported."""
    job = pending()
    IngestionJob.objects.update(available_at=timezone.now() + timedelta(minutes=1))
    run = SourceRun.objects.create(
        id=new_id(),
        brand_id=job.brand_id,
        job_id=job.id,
        connection_id=uuid4(),
        source="scraper",
        platform="instagram",
        kind="profile",
        identifier="baker",
        stage="posts",
        run_id="run-1",
        status="running",
    )
    broker.broker.flush(KIND.queue)
    return job.brand, lambda: run_webhooks.handle(source="scraper", token=token_for(run.id), run_id="run-1")


@pytest.mark.parametrize("make_due", [enqueued, reported_as_ended])
def test_wakeup_is_sent_after_last_write_of_row(make_due: Callable[[], tuple[Brand, Callable[[], object]]]) -> None:
    brand, act = make_due()

    def committed_and_then_locked(locks: RowLocks) -> None:
        with transaction.atomic():
            # Runs after the commit and before the wake-up's own hook.
            transaction.on_commit(
                lambda: locks.lock("SELECT 1 FROM evidence_ingestionjob WHERE brand_id = %s", brand.id)
            )
            act()

    with row_locks() as locks, locks.beside(lambda: committed_and_then_locked(locks)) as done:
        locks.wait_for_waiting()
        assert sent() == 0, "a worker that claims now finds the row locked"
        locks.release()
        done.result()
        assert sent() == 1
        assert IngestionJob.objects.get(brand=brand).dispatched_at is not None


def test_wakeup_is_not_sent_for_job_claimed_meanwhile() -> None:
    brand = make_brand(context=False)
    with transaction.atomic():
        transaction.on_commit(lambda: claim_next(worker_id="w") and None)
        pending(brand)
    assert sent() == 0
    assert IngestionJob.objects.get(brand=brand).dispatched_at is None


def test_row_says_that_refused_wakeup_was_not_sent(settings: Settings) -> None:
    working = broker.broker
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    broker.install(worker=False)
    try:
        job = pending()
        job.refresh_from_db()
        assert job.dispatched_at is None, "the sweep would not send it before a minute has passed"
    finally:
        broker.broker = working


def test_claim_by_id_waits_for_row_that_is_being_written() -> None:
    job = pending()
    with row_locks() as locks:
        locks.lock("SELECT 1 FROM evidence_ingestionjob WHERE id = %s", job.id)
        assert claim_next(worker_id="any") is None, "others would be held up by one row"
        with locks.beside(lambda: claim(worker_id="w", job_id=job.id)) as claimed:
            locks.wait_for_waiting()
            locks.release()
            lease = claimed.result()
    assert lease is not None
    assert lease.job_id == job.id


def test_sweep_leaves_locked_row_and_sends_its_wakeup_later() -> None:
    job = pending()
    ago = timezone.now() - timedelta(minutes=2)
    IngestionJob.objects.update(dispatched_at=ago, updated_at=ago)
    broker.broker.flush(KIND.queue)
    with row_locks() as locks:
        locks.lock("SELECT 1 FROM evidence_ingestionjob WHERE id = %s", job.id)
        release_stale_ingestions()
        assert sent() == 0
    release_stale_ingestions()
    assert sent() == 1
