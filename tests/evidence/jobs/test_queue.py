"""The verbs of the ingestion queue, on real Postgres."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrandArchived, NotFound
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStatus
from kairo.evidence.ingestion.runner import Ingestion
from kairo.evidence.ingestion.source_reading import Succeeded
from kairo.evidence.jobs.queue import (
    KIND,
    cancel,
    claim,
    claim_next,
    enqueue,
    fail,
    fence,
    make_due,
    release_stale_ingestions,
    reschedule,
    stop_cancelled,
)
from kairo.evidence.models import IngestionJob
from kairo.hero.enums import JobStatus
from kairo.hero.jobs import queue as generations
from kairo.hero.models import OpportunitiesJob
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Cancelling, Ending, JobCancelled, Lease, LeaseLost
from tests.factories import make_brand

pytestmark = pytest.mark.django_db(transaction=True)

AGO = timedelta(seconds=5)


def ask(brand: Brand | None = None, **facts: Any) -> IngestionJob:
    brand = brand or make_brand()
    return enqueue(
        brand_id=brand.id, priority=10, **{"trigger": JobTrigger.USER, "connection_ids": [uuid4()], **facts}
    )[0]


def taken(job: IngestionJob) -> Lease:
    lease = claim(worker_id="w", job_id=job.id)
    assert lease is not None
    return lease


def succeed(*, lease: Lease) -> Ending:
    return Ingestion().store([(RunningAttempt(KIND, lease), Succeeded())])[0]


def beat(*, lease: Lease) -> None:
    RunningAttempt(KIND, lease).renew("starting", 1)


def now_of(job: IngestionJob) -> IngestionJob:
    job.refresh_from_db()
    return job


def dead(job: IngestionJob, **facts: Any) -> None:
    """Its worker's lease has run out."""
    IngestionJob.objects.filter(id=job.id).update(lease_expires_at=timezone.now() - AGO, **facts)


class TestEnqueue:
    def test_a_brand_has_one_active_job_however_many_ask_at_once(self) -> None:
        brand = make_brand()

        def one(_: int) -> tuple[object, bool]:
            try:
                job, created = enqueue(
                    brand_id=brand.id, connection_ids=[uuid4()], trigger=JobTrigger.USER, priority=10
                )
                return job.id, created
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(one, range(40)))
        assert len({job_id for job_id, _ in answers}) == IngestionJob.objects.count() == 1
        assert sum(created for _, created in answers) == 1

    def test_the_same_key_gives_the_same_job_after_it_has_ended(self) -> None:
        job = ask(brand := make_brand(), idempotency_key="monday")
        succeed(lease=taken(job))
        assert ask(brand, idempotency_key="monday").id == job.id
        assert ask(brand, idempotency_key="tuesday").id != job.id

    def test_an_archived_brand_gets_none(self) -> None:
        with pytest.raises(BrandArchived):
            ask(make_brand(archived_at=timezone.now()))

    def test_a_brand_that_is_not_there_gets_none(self) -> None:
        with pytest.raises(NotFound):
            enqueue(brand_id=uuid4(), connection_ids=[], trigger=JobTrigger.USER, priority=10)


class TestClaim:
    def test_two_workers_never_hold_one_job(self) -> None:
        jobs = [ask() for _ in range(10)]

        def one(number: int) -> object:
            try:
                lease = claim_next(worker_id=f"w{number}")
                return lease and lease.job_id
            finally:
                connection.close()

        with ThreadPoolExecutor(20) as pool:
            held = [job_id for job_id in pool.map(one, range(30)) if job_id]
        assert sorted(map(str, held)) == sorted(str(job.id) for job in jobs)

    def test_what_is_not_due_is_left(self) -> None:
        job = ask()
        IngestionJob.objects.update(available_at=timezone.now() + timedelta(minutes=1))
        assert claim(worker_id="w", job_id=job.id) is None
        assert make_due(job_id=job.id)
        assert claim(worker_id="w", job_id=job.id)

    def test_a_job_whose_worker_died_is_taken_over_and_the_old_lease_writes_nothing(self) -> None:
        old = taken(job := ask())
        dead(job)
        new = taken(job)
        assert (now_of(job).attempts, job.death_count) == (2, 1)
        with pytest.raises(LeaseLost):
            beat(lease=old)
        with pytest.raises(LeaseLost), transaction.atomic():
            fence(lease=old)
        assert reschedule(lease=old, delay_s=0, stage="waiting") is Ending.FENCED
        assert succeed(lease=old) is Ending.FENCED
        assert fail(lease=old, error_code=IngestionErrorCode.INTERNAL, detail="") is Ending.FENCED
        assert succeed(lease=new) is Ending.COMPLETED


class TestEndings:
    def test_a_failure_is_tried_again_ever_later_until_attempts_are_used_up(self) -> None:
        job, waits = ask(), []
        for _ in range(2):
            assert fail(lease=taken(job), error_code=IngestionErrorCode.UNAVAILABLE, detail="503") is Ending.RETRIED
            waits.append((now_of(job).available_at - job.updated_at).total_seconds())
            IngestionJob.objects.update(available_at=timezone.now() - AGO)
        assert 30 <= waits[0] <= 36
        assert 60 <= waits[1] <= 72
        assert fail(lease=taken(job), error_code=IngestionErrorCode.UNAVAILABLE, detail="503") is Ending.FAILED
        assert (now_of(job).status, job.error_code, job.error_detail) == ("failed", "unavailable", "503")

    def test_what_would_come_after_the_deadline_is_not_waited_for(self) -> None:
        lease = taken(job := ask())
        ending = fail(lease=lease, error_code=IngestionErrorCode.RATE_LIMITED, detail="", retry_after_s=86_400)
        assert (ending, now_of(job).error_code) == (Ending.FAILED, IngestionErrorCode.RATE_LIMITED)

    def test_a_pending_job_is_cancelled_at_once_and_a_running_one_before_its_next_call(self) -> None:
        pending, running = ask(), ask()
        lease = taken(running)
        assert cancel(job_id=pending.id, by="test") is Cancelling.CANCELLED
        assert cancel(job_id=running.id, by="test") is Cancelling.REQUESTED
        with pytest.raises(JobCancelled):
            beat(lease=lease)
        assert stop_cancelled(lease=lease) is Ending.CANCELLED
        assert cancel(job_id=running.id, by="test") is Cancelling.TOO_LATE
        assert {now_of(job).status for job in (pending, running)} == {IngestionStatus.CANCELLED}


class TestSweep:
    def test_a_dead_workers_job_is_due_again_until_it_has_killed_three(self) -> None:
        job = ask()
        for deaths in (1, 2):
            taken(job)
            dead(job)
            assert release_stale_ingestions() == 1
            assert (now_of(job).status, job.death_count) == ("pending", deaths)
        taken(job)
        dead(job)
        assert release_stale_ingestions() == 1
        assert (now_of(job).status, job.error_code, job.death_count) == ("failed", "worker_died", 3)

    @pytest.mark.parametrize("running", [True, False])
    def test_nobody_waits_beyond_the_deadline(self, running: bool) -> None:
        job = ask()
        if running:
            taken(job)
        IngestionJob.objects.update(deadline_at=timezone.now() - AGO)
        assert claim_next(worker_id="w") is None
        assert release_stale_ingestions() == 1
        assert (now_of(job).status, job.error_code) == ("failed", "stuck_job_timeout")

    def test_a_dead_workers_cancelled_job_ends(self) -> None:
        taken(job := ask())
        cancel(job_id=job.id, by="test")
        dead(job)
        assert release_stale_ingestions() == 1
        assert now_of(job).status == IngestionStatus.CANCELLED

    def test_many_sweeps_at_once_take_each_job_once(self) -> None:
        for _ in range(30):
            taken(job := ask())
            dead(job)

        def one(_: int) -> int:
            try:
                return release_stale_ingestions()
            finally:
                connection.close()

        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(one, range(8))) == 30

    def test_a_living_workers_job_is_left_to_it(self) -> None:
        taken(ask())
        assert release_stale_ingestions() == 0


class TestAwaited:
    """A generation job that waits for evidence is due when the ingestion has ended, however it did."""

    def waiting(self, brand: Brand) -> OpportunitiesJob:
        return generations.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10, delay_s=600)[0]

    @pytest.mark.parametrize("how", ["succeed", "fail", "cancel", "deadline"])
    def test_it_is_due_at_the_end(self, how: str) -> None:
        board_job = self.waiting(brand := make_brand())
        job = ask(brand, parent_job_id=board_job.id)
        assert generations.claim(job_id=board_job.id, worker_id="w") is None
        if how == "succeed":
            succeed(lease=taken(job))
        elif how == "fail":
            fail(lease=taken(job), error_code=IngestionErrorCode.INTERNAL, detail="", retry=False)
        elif how == "cancel":
            cancel(job_id=job.id, by="test")
        else:
            IngestionJob.objects.update(deadline_at=timezone.now() - AGO)
            release_stale_ingestions()
        assert generations.claim(job_id=board_job.id, worker_id="w") is not None

    def test_it_is_not_due_while_the_ingestion_goes_on(self) -> None:
        board_job = self.waiting(brand := make_brand())
        reschedule(lease=taken(ask(brand, parent_job_id=board_job.id)), delay_s=1, stage="waiting")
        assert generations.claim(job_id=board_job.id, worker_id="w") is None

    def test_it_is_due_in_the_end_even_if_nobody_lives_to_say_so(self) -> None:
        board_job = self.waiting(make_brand())
        board_job.refresh_from_db()
        wait = board_job.available_at - board_job.created_at
        assert wait == timedelta(seconds=600)
        assert board_job.deadline_at - board_job.available_at == timedelta(seconds=600)
        assert board_job.status == JobStatus.PENDING
