from __future__ import annotations

import threading
import time
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now
from pytest_django import Settings

from kairo.hero.enums import GenerationErrorCode, JobStatus
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Cancelling, Ending, Lease, release_stale_jobs
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob, OpportunitiesJobEvent
from kairo.jobs import broker, dispatch
from tests.factories import make_brand, make_job
from tests.hero.jobs.rows import age, at_once, board, claimed, die, finish, kinds, pending, row

QUEUES = (queue.USER_QUEUE, queue.SCHEDULED_QUEUE)


@pytest.fixture(autouse=True)
def empty_queues() -> None:
    for name in QUEUES:
        broker.broker.flush(name)


def dead(*, attempts: int = 1, deaths: int = 0) -> OpportunitiesJob:
    """A job whose worker died a moment ago, well before the deadline."""
    job = make_job(make_brand(context=False), status=JobStatus.RUNNING, attempts=attempts, death_count=deaths)
    age(job.id, "lease_expires_at", seconds=61)
    return job


@pytest.mark.django_db
def test_a_dead_workers_job_goes_back_due_at_once_and_counts_the_death() -> None:
    job = dead()

    assert release_stale_jobs() == 1

    stored = row(job.id)
    assert (stored.status, stored.attempts, stored.death_count, stored.stage) == ("pending", 1, 1, "queued")
    assert stored.lease_token is None
    assert claimed(stored, worker_id="worker-b").attempt == 2
    assert kinds(job.id) == ["rescued", "claimed"]


@pytest.mark.django_db
def test_a_job_that_killed_its_worker_each_time_failed_with_worker_died() -> None:
    job = dead(attempts=3, deaths=2)

    release_stale_jobs()

    stored, error = row(job.id), board(job.id)
    assert (stored.status, stored.error_code, stored.death_count) == ("failed", "worker_died", 3)
    assert (error.state, error.error_code, error.attempt) == ("error", "worker_died", 3)
    assert error.remediation.startswith("Generation job failed after maximum retries")
    assert kinds(job.id) == ["failed"]


@pytest.mark.django_db
def test_one_death_after_other_failures_is_a_stuck_job() -> None:
    job = dead(attempts=3, deaths=0)

    release_stale_jobs()

    assert row(job.id).error_code == "stuck_job_timeout"


@pytest.mark.django_db
def test_a_job_running_past_the_ceiling_is_stale_whatever_its_heartbeat_says() -> None:
    job = make_job(make_brand(), status=JobStatus.RUNNING, attempts=3, locked_by="worker-x")
    age(job.id, "locked_at", seconds=15 * 60)

    assert release_stale_jobs() == 1

    assert board(job.id).diagnostics_json == {
        "error": "stuck_job_timeout",
        "job_id": str(job.id),
        "attempts": 3,
        "last_worker": "worker-x",
    }


@pytest.mark.django_db
def test_a_worker_that_hangs_until_the_deadline_is_no_death() -> None:
    job = pending()
    for _ in range(3):
        lease = claimed(job)
        age(job.id, "locked_at", "deadline_at", seconds=601)
        OpportunitiesJob.objects.filter(id=job.id).update(lease_expires_at=row(job.id).deadline_at)
        release_stale_jobs()
        assert finish(lease) is Ending.FENCED

    stored = row(job.id)
    assert (stored.status, stored.error_code, stored.death_count) == ("failed", "stuck_job_timeout", 0)


@pytest.mark.django_db
def test_a_living_workers_job_is_left_alone() -> None:
    job = make_job(make_brand(), status=JobStatus.RUNNING)

    assert release_stale_jobs() == 0

    assert row(job.id) == job
    assert row(job.id).updated_at == job.updated_at


@pytest.mark.django_db
def test_a_job_that_was_tried_and_then_forgotten_fails_and_one_never_started_waits_on() -> None:
    tried, never = pending(), pending()
    queue.fail(lease=claimed(tried), error_code=GenerationErrorCode.INTERNAL, detail="x")
    for job in (tried, never):
        age(job.id, "available_at", "deadline_at", seconds=2000)

    assert release_stale_jobs() == 1

    assert (row(tried.id).status, row(tried.id).error_code) == ("failed", "stuck_job_timeout")
    assert board(tried.id).attempt == 1
    assert row(never.id).status == "pending"
    assert claimed(never).attempt == 1


@pytest.mark.django_db
def test_a_cancelled_job_whose_worker_died_ends_cancelled_without_a_board() -> None:
    lease = claimed()
    assert queue.cancel(job_id=lease.job_id, by="x") is Cancelling.REQUESTED
    die(lease)

    assert queue.claim_next(worker_id="b") is None
    assert release_stale_jobs() == 1

    assert row(lease.job_id).status == "cancelled"
    assert not OpportunitiesBoard.objects.exists()


@pytest.mark.django_db
def test_more_stale_jobs_than_a_batch_are_all_taken_in_one_sweep() -> None:
    for _ in range(230):
        dead()
    assert release_stale_jobs() == 230


@pytest.mark.django_db(transaction=True)
def test_twenty_sweeps_at_once_on_five_hundred_stale_jobs_make_exactly_one_of_each() -> None:
    brands = [make_brand(context=False) for _ in range(500)]
    for index, brand in enumerate(brands):
        job = make_job(brand, status=JobStatus.RUNNING, attempts=1 if index % 2 else 3)
        age(job.id, "lease_expires_at", seconds=100)

    taken = at_once(20, lambda _: release_stale_jobs())

    assert sum(taken) == 500
    assert OpportunitiesBoard.objects.filter(state="error").count() == 250
    assert OpportunitiesJob.objects.filter(status="pending").count() == 250
    assert OpportunitiesJobEvent.objects.filter(kind="rescued").count() == 250
    assert OpportunitiesJobEvent.objects.filter(kind="failed").count() == 250
    assert len([number for number in taken if number]) > 1, "the sweeps did not run at once"


@pytest.mark.django_db(transaction=True)
def test_a_sweep_waits_for_nobody_who_is_just_ending_a_job() -> None:
    ending, other = dead(), dead()
    locked, swept = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            OpportunitiesJob.objects.select_for_update().get(id=ending.id)
            locked.set()
            swept.wait(20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    assert locked.wait(20)
    try:
        assert release_stale_jobs() == 1
        assert holder.is_alive(), "the sweep waited for it"
    finally:
        swept.set()
        holder.join()

    assert (row(ending.id).status, row(other.id).status) == ("running", "pending")
    assert release_stale_jobs() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("races", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_a_sweep_against_an_ending_has_one_winner(races: int) -> None:
    winners = set()
    head_start_s = 0.0  # the sweep's, moved to where the race is close on this machine
    for _ in range(races):
        lease = claimed(make_job(make_brand(context=False), status=JobStatus.PENDING, attempts=2))
        die(lease)

        def act(index: int, *, lease: Lease = lease, head_start_s: float = head_start_s) -> object:
            if index:
                time.sleep(max(0, -head_start_s))
                return release_stale_jobs()
            time.sleep(max(0, head_start_s))
            return finish(lease)

        ending, taken = at_once(2, act)

        stored = row(lease.job_id)
        assert (ending, taken, stored.status, board(lease.job_id).state) in [
            (Ending.COMPLETED, 0, "succeeded", "ready"),
            (Ending.FENCED, 1, "failed", "error"),
        ]
        winners.add(ending)
        head_start_s += 0.002 if ending is Ending.COMPLETED else -0.002
    assert winners == {Ending.COMPLETED, Ending.FENCED}, "the race was never close"


class TestWakeUps:
    @pytest.fixture(autouse=True)
    def job(self, transactional_db: None) -> UUID:
        """A pending job whose message is in Redis."""
        self.id = pending().id
        assert broker.in_flight_count(queues=QUEUES) == 1
        assert row(self.id).dispatched_at is not None
        return self.id

    def lose_messages(self) -> None:
        for name in QUEUES:
            broker.broker.flush(name)
        assert broker.in_flight_count(queues=QUEUES) == 0

    def test_a_message_that_redis_lost_is_sent_again(self) -> None:
        self.lose_messages()
        age(self.id, "dispatched_at", seconds=6)

        release_stale_jobs()

        assert broker.in_flight_count(queues=QUEUES) == 1

    def test_a_message_is_given_time_to_be_received(self) -> None:
        self.lose_messages()
        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == 0

    def test_a_message_that_was_never_noted_as_sent_is_sent(self) -> None:
        self.lose_messages()
        OpportunitiesJob.objects.filter(id=self.id).update(dispatched_at=None)
        age(self.id, "updated_at", seconds=2)

        release_stale_jobs()

        assert broker.in_flight_count(queues=QUEUES) == 1
        assert row(self.id).dispatched_at is not None

    def test_a_long_queue_is_not_sent_again_and_again(self) -> None:
        age(self.id, "dispatched_at", seconds=30)
        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == 1

    def test_a_message_stuck_somewhere_for_a_minute_is_sent_again(self) -> None:
        age(self.id, "dispatched_at", seconds=61)
        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == 2

    def test_a_long_queue_that_redis_lost_needs_no_message_a_job(self) -> None:
        for _ in range(dispatch.MAX_PENDING_WAKEUPS + 10):
            pending()
        self.lose_messages()
        OpportunitiesJob.objects.update(dispatched_at=None, updated_at=Now() - timedelta(seconds=2))

        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == dispatch.MAX_PENDING_WAKEUPS
        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == dispatch.MAX_PENDING_WAKEUPS

    def test_a_back_off_is_waited_out(self) -> None:
        self.lose_messages()
        queue.fail(lease=claimed(row(self.id)), error_code=GenerationErrorCode.INTERNAL, detail="x")
        age(self.id, "updated_at", seconds=6)

        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == 0

        age(self.id, "available_at", seconds=60)
        release_stale_jobs()
        assert broker.in_flight_count(queues=QUEUES) == 1

    def test_a_rescued_job_is_announced(self) -> None:
        self.lose_messages()
        die(claimed(row(self.id)))

        release_stale_jobs()

        assert broker.in_flight_count(queues=QUEUES) == 1

    def test_without_redis_the_sweep_still_rescues_and_keeps_no_note_of_a_message(self, settings: Settings) -> None:
        die(claimed(row(self.id)))
        working = broker.broker
        settings.REDIS_URL = "redis://127.0.0.1:1/0"
        try:
            broker.install(worker=False)
            assert release_stale_jobs() == 1
        finally:
            broker.broker = working

        assert row(self.id).status == "pending"
        assert row(self.id).dispatched_at is None


@pytest.mark.django_db
def test_the_sweeps_queries_use_their_indexes_on_a_full_table() -> None:
    brand = make_brand()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hero_opportunitiesjob (id, brand_id, status, finished_at) "
            "SELECT gen_random_uuid(), %s, 'succeeded', now() FROM generate_series(1, 20000)",
            [brand.id],
        )
        cursor.execute("ANALYZE hero_opportunitiesjob")
        cursor.execute("SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'hero_opportunitiesjob'")
        before = cursor.fetchone()
        release_stale_jobs()
        queue.claim_next(worker_id="w")
        cursor.execute("SELECT relname, seq_scan FROM pg_stat_xact_user_tables WHERE relname = 'hero_opportunitiesjob'")
        assert cursor.fetchone() == before
