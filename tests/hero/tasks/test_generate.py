"""The actor, called as a worker thread calls it. With a real worker process: tests/faults."""

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


def in_the_order_of_their_starts(*jobs: OpportunitiesJob) -> list[UUID]:
    started = {job.id: row(job.id).started_at for job in jobs}
    assert None not in started.values(), "some were not run"
    return sorted(started, key=lambda job_id: str(started[job_id]))


def empty_queues() -> None:
    for name in QUEUES:
        broker.broker.flush(name)


def test_one_id_in_one_board_out() -> None:
    brand = make_brand()
    make_posts(brand, 10)
    job = pending(brand)

    generate_board(str(job.id))

    assert row(job.id).status == "succeeded"
    assert board(job.id).state == "ready"


def test_a_second_delivery_changes_nothing() -> None:
    job = pending()
    generate_board(str(job.id))
    ended = row(job.id).updated_at

    generate_board(str(job.id))

    assert row(job.id).updated_at == ended
    assert row(job.id).attempts == 1


def test_one_message_runs_whatever_is_due_in_its_order() -> None:
    scheduled, first, second = pending(priority=0), pending(), pending()

    generate_board(str(scheduled.id))

    assert in_the_order_of_their_starts(scheduled, first, second) == [first.id, second.id, scheduled.id]


def test_whoever_was_at_it_for_long_wakes_somebody_for_the_rest_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runner, "_GO_ON_S", 0)
    first, second = pending(), pending()
    empty_queues()

    generate_board(str(first.id))
    assert [row(job.id).status for job in (first, second)] == ["insufficient_evidence", "pending"]
    assert broker.in_flight_count(queues=QUEUES) == 1

    empty_queues()
    generate_board(str(first.id))
    assert row(second.id).status == "insufficient_evidence"
    assert broker.in_flight_count(queues=QUEUES) == 0, "nothing was left to be woken for"


def test_a_message_whose_job_is_held_up_for_a_moment_is_not_wasted() -> None:
    """Whoever looks for due jobs passes over a row that somebody has locked; the message is for this one."""
    job = pending()
    locked, ended = threading.Event(), threading.Event()

    def hold_up() -> None:
        with transaction.atomic():
            OpportunitiesJob.objects.select_for_update().get(id=job.id)
            locked.set()
            ended.wait(0.3)
        connection.close()

    holder = threading.Thread(target=hold_up)
    holder.start()
    assert locked.wait(10)
    generate_board(str(job.id))
    holder.join()

    assert row(job.id).status == "insufficient_evidence"


def test_a_redelivered_message_takes_over_from_a_dead_worker() -> None:
    lease = claimed()
    age(lease.job_id, "lease_expires_at", seconds=100)

    generate_board(str(lease.job_id))

    assert (row(lease.job_id).status, row(lease.job_id).attempts) == ("insufficient_evidence", 2)


@pytest.mark.parametrize("strange", ["", "not-an-id", "01a20d72-9457-721b-8dbd-2e26427db591"])
def test_a_message_that_names_nothing_is_dropped(strange: str) -> None:
    generate_board(strange)


def test_a_message_of_another_release_may_carry_more() -> None:
    job = pending()
    generate_board(str(job.id), "more", reason="of a later release")
    assert row(job.id).status == "insufficient_evidence"


def test_it_never_raises_not_even_without_its_tables(caplog: pytest.LogCaptureFixture) -> None:
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


def test_the_doorbell_rings_for_this_actor() -> None:
    assert generate_board.actor_name == KIND.actor
    assert generate_board.queue_name == KIND.queue
    assert broker.broker.get_actor(KIND.actor) is generate_board
