"""Row, then knock: on a real Redis, and on one that is not there or does not answer."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import Settings

from kairo.core.enums import JobTrigger
from kairo.core.ids import new_id
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import release_stale_jobs
from kairo.hero.tasks.generate import generate_board
from kairo.jobs import broker, dispatch
from tests.factories import make_brand
from tests.hero.jobs.rows import age, claimed, pending, row
from tests.row_locks import RowLocks, row_locks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty_queues() -> None:
    for name in (queue.USER_QUEUE, queue.SCHEDULED_QUEUE):
        broker.broker.flush(name)


@pytest.fixture
def frozen_redis(settings: Settings) -> Iterator[None]:
    """A server that takes connections and never says a word."""
    working = broker.broker
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        broker.install(worker=False)
        yield
    broker.broker = working


def test_a_person_and_a_schedule_ring_at_different_doors() -> None:
    pending(priority=10)
    assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 1
    pending(priority=0, trigger=JobTrigger.SCHEDULE)
    assert broker.in_flight_count(queues=[queue.SCHEDULED_QUEUE]) == 1


def test_nothing_is_sent_before_commit() -> None:
    with transaction.atomic():
        job = pending()
        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 0
    assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 1
    assert row(job.id).dispatched_at is not None


def test_a_frozen_redis_fails_no_request_and_holds_none_up(
    frozen_redis: None, caplog: pytest.LogCaptureFixture
) -> None:
    brand = make_brand()

    began = time.monotonic()
    with transaction.atomic():
        job, created = queue.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10)
    spent = time.monotonic() - began

    assert created
    assert spent < 4  # half a second; redis-py by itself waits for five
    assert row(job.id).dispatched_at is None, "the sweep would not send it again"
    assert "the wake-up waits for the broker, and the job for a poll: timed_out" in caplog.text
    assert "metric broker_unavailable_timed_out +1" in caplog.text


class TestEnoughWait:
    @pytest.fixture(autouse=True)
    def queue_depth(self, transactional_db: None) -> None:
        """As many wake-ups as make another one needless, of jobs that have ended since."""
        for _ in range(dispatch.MAX_PENDING_WAKEUPS):
            broker.send(actor=queue.KIND.actor, queue=queue.USER_QUEUE, args=(str(new_id()),))

    def test_a_job_needs_no_message_of_its_own_and_is_run_for_anothers(self) -> None:
        job = pending(priority=10)
        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == dispatch.MAX_PENDING_WAKEUPS
        assert row(job.id).dispatched_at is not None, "the sweep would wake somebody again"

        generate_board(str(new_id()))

        assert row(job.id).status == "insufficient_evidence"

    def test_a_wake_up_that_was_heard_counts_no_more(self) -> None:
        assert next(iter(broker.broker.consume(queue.USER_QUEUE, prefetch=1))) is not None

        pending(priority=10)

        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == dispatch.MAX_PENDING_WAKEUPS + 1

    def test_those_of_another_door_do_not_count(self) -> None:
        pending(priority=0, trigger=JobTrigger.SCHEDULE)
        assert broker.in_flight_count(queues=[queue.SCHEDULED_QUEUE]) == 1

    def test_a_sweep_wakes_nobody_either(self) -> None:
        job = pending(priority=10)
        age(job.id, "dispatched_at", "updated_at", seconds=61)

        release_stale_jobs()

        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == dispatch.MAX_PENDING_WAKEUPS


def test_a_wake_up_is_passed_on_only_while_a_job_is_due() -> None:
    queue.redispatch(job_id=new_id())
    assert broker.in_flight_count(queues=[queue.USER_QUEUE, queue.SCHEDULED_QUEUE]) == 0

    pending(priority=0, delay_s=60)
    job = pending(priority=0)
    queue.redispatch(job_id=job.id)
    assert broker.in_flight_count(queues=[queue.SCHEDULED_QUEUE]) == 2


def test_a_job_that_somebody_took_meanwhile_needs_no_wake_up() -> None:
    with transaction.atomic():
        job = pending()
        queue.dispatch_on_commit(job_id=job.id, priority=10)
        transaction.on_commit(lambda: claimed(job))
        queue.dispatch_on_commit(job_id=job.id, priority=10)
    assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 2  # those before it was taken


def test_wakeup_is_sent_after_last_write_of_row() -> None:
    brand = make_brand(context=False)

    def committed_and_then_locked(locks: RowLocks) -> None:
        with transaction.atomic():
            # Runs after the commit and before the wake-up's own hook.
            transaction.on_commit(
                lambda: locks.lock("SELECT 1 FROM hero_opportunitiesjob WHERE brand_id = %s", brand.id)
            )
            pending(brand)

    with row_locks() as locks, locks.beside(lambda: committed_and_then_locked(locks)) as done:
        locks.wait_for_waiting()
        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 0, "a worker that claims now finds the row locked"
        locks.release()
        done.result()
        assert broker.in_flight_count(queues=[queue.USER_QUEUE]) == 1
