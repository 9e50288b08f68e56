"""Calls the actor as a worker thread does; tests/faults runs it in a real worker process."""

from __future__ import annotations

import logging
import threading
from uuid import UUID

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from kairo.hero.jobs.queue import KIND
from kairo.hero.models import OpportunitiesJob
from kairo.hero.tasks.generate import generate_board
from kairo.jobs import broker, runner
from tests.factories import make_brand, make_posts
from tests.hero.jobs.rows import age, board, claimed, pending, row

pytestmark = pytest.mark.django_db(transaction=True)

QUEUES = KIND.queues


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "tests.faults.engines.Quick"


def in_start_order(*jobs: OpportunitiesJob) -> list[UUID]:
    started = {job.id: row(job.id).started_at for job in jobs}
    assert None not in started.values(), "some were not run"
    return sorted(started, key=lambda job_id: str(started[job_id]))


def empty_queues() -> None:
    for name in QUEUES:
        broker.broker.flush(name)


def test_actor_stores_the_board_of_the_job_id() -> None:
    brand = make_brand()
    make_posts(brand, 10)
    job = pending(brand)

    generate_board(str(job.id))

    assert row(job.id).status == "succeeded"
    assert board(job.id).state == "ready"


def test_actor_ignores_a_second_delivery() -> None:
    job = pending()
    generate_board(str(job.id))
    ended = row(job.id).updated_at

    generate_board(str(job.id))

    assert row(job.id).updated_at == ended
    assert row(job.id).attempts == 1


def test_actor_runs_all_due_jobs_in_run_order() -> None:
    scheduled, first, second = pending(priority=0), pending(), pending()

    generate_board(str(scheduled.id))

    assert in_start_order(scheduled, first, second) == [first.id, second.id, scheduled.id]


def test_actor_dispatches_the_remaining_jobs_after_its_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_GO_ON_S", 0)
    first, second = pending(), pending()
    empty_queues()

    generate_board(str(first.id))
    assert [row(job.id).status for job in (first, second)] == ["insufficient_evidence", "pending"]
    assert broker.in_flight_count(queues=QUEUES) == 1

    empty_queues()
    generate_board(str(first.id))
    assert row(second.id).status == "insufficient_evidence"
    assert broker.in_flight_count(queues=QUEUES) == 0, "no job was left to dispatch"


def test_actor_waits_for_a_locked_job_that_its_message_names() -> None:
    """A claim of due jobs skips locked rows, but the message names this job."""
    job = pending()
    locked, ended = threading.Event(), threading.Event()

    def lock_briefly() -> None:
        with transaction.atomic():
            OpportunitiesJob.objects.select_for_update().get(id=job.id)
            locked.set()
            ended.wait(0.3)
        connection.close()

    locker = threading.Thread(target=lock_briefly)
    locker.start()
    assert locked.wait(10)
    generate_board(str(job.id))
    locker.join()

    assert row(job.id).status == "insufficient_evidence"


def test_actor_takes_over_an_expired_lease() -> None:
    lease = claimed()
    age(lease.job_id, "lease_expires_at", seconds=100)

    generate_board(str(lease.job_id))

    assert (row(lease.job_id).status, row(lease.job_id).attempts) == ("insufficient_evidence", 2)


@pytest.mark.parametrize("strange", ["", "not-an-id", "01a20d72-9457-721b-8dbd-2e26427db591"])
def test_actor_ignores_an_unknown_id(strange: str) -> None:
    generate_board(strange)


def test_actor_accepts_additional_arguments() -> None:
    job = pending()
    generate_board(str(job.id), "more", reason="of a later release")
    assert row(job.id).status == "insufficient_evidence"


def test_actor_logs_an_error_instead_of_raising(caplog: pytest.LogCaptureFixture) -> None:
    job = pending()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE hero_opportunitiesjob RENAME TO hidden")
    try:
        generate_board(str(job.id))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE hidden RENAME TO hero_opportunitiesjob")
    assert [record for record in caplog.records if record.levelno == logging.ERROR]
    assert row(job.id).status == "pending"


def test_actor_is_the_one_that_dispatch_names() -> None:
    assert generate_board.actor_name == KIND.actor
    assert generate_board.queue_name == KIND.queue
    assert broker.broker.get_actor(KIND.actor) is generate_board
