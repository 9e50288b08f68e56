from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import NoReturn

import pytest
from django.db import transaction

from kairo.core.ids import new_id
from kairo.hero.enums import GenerationErrorCode, JobStatus
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Cancelling, Ending, Lease
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from tests.factories import make_brand, make_job
from tests.hero.jobs.rows import age, at_once, board, claimed, die, finish, kinds, pending, row, store_ready


def fail(lease: Lease, *, retry: bool = True) -> Ending:
    return queue.fail(lease=lease, error_code=GenerationErrorCode.SYNTHESIS_FAILED, detail="it broke", retry=retry)


def exhausted() -> Lease:
    """The last attempt of a job, running."""
    job = pending()
    for _ in range(2):
        fail(claimed(job))
        age(job.id, "available_at", seconds=1000)
    return claimed(job)


@pytest.mark.django_db
@pytest.mark.parametrize("status", [JobStatus.SUCCEEDED, JobStatus.INSUFFICIENT_EVIDENCE])
def test_board_and_job_end_together(status: JobStatus) -> None:
    lease = claimed()

    assert finish(lease, status=status) is Ending.COMPLETED

    stored = row(lease.job_id)
    assert (stored.status, stored.percent, stored.lease_token, stored.error_code) == (status, 100, None, None)
    assert stored.finished_at is not None
    assert stored.locked_by == "worker-a"
    assert board(lease.job_id).attempt == 1
    assert kinds(lease.job_id) == ["enqueued", "claimed", status.value]


@pytest.mark.django_db(transaction=True)
def test_a_board_that_cannot_be_stored_leaves_the_job_running() -> None:
    lease = claimed()

    def broken(_: object) -> NoReturn:
        raise RuntimeError("disk full")

    with pytest.raises(RuntimeError, match="disk full"):
        queue.complete(ends={lease: JobStatus.SUCCEEDED.value}, store=broken)

    assert row(lease.job_id).lease_token == lease.token
    assert kinds(lease.job_id) == ["enqueued", "claimed"]


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_stores_nothing_and_leaves_a_trace() -> None:
    zombie = claimed()
    die(zombie)
    heir = claimed(row(zombie.job_id), worker_id="worker-b")

    assert finish(zombie) is Ending.FENCED
    assert not OpportunitiesBoard.objects.exists()
    assert finish(heir) is Ending.COMPLETED
    assert finish(zombie) is Ending.FENCED
    assert fail(zombie) is Ending.FENCED

    assert board(zombie.job_id).attempt == 2
    assert kinds(zombie.job_id).count("fenced") == 3
    assert row(zombie.job_id).status == "succeeded"


@pytest.mark.django_db
def test_the_answer_to_ones_own_commit_may_be_lost_and_is_no_fence() -> None:
    lease = claimed()
    finish(lease)

    assert finish(lease) is Ending.FENCED  # the same attempt, not knowing that it had succeeded
    assert kinds(lease.job_id) == ["enqueued", "claimed", "succeeded"]


@pytest.mark.django_db
def test_a_failure_with_attempts_left_is_tried_again_after_30_then_60_seconds_plus_jitter() -> None:
    job = pending()
    for attempt, base in ((1, 30), (2, 60)):
        lease = claimed(job)
        assert fail(lease) is Ending.RETRIED

        stored = row(job.id)
        wait = stored.available_at - stored.updated_at
        assert timedelta(seconds=base) <= wait <= timedelta(seconds=base * 1.2)
        assert stored.deadline_at == stored.available_at + timedelta(seconds=600)
        assert (stored.status, stored.attempts, stored.death_count) == ("pending", attempt, 0)
        assert (stored.error_code, stored.finished_at, stored.stage) == (None, None, "queued")
        assert queue.claim(job_id=job.id, worker_id="b") is None
        age(job.id, "available_at", seconds=1000)
    assert kinds(job.id) == ["enqueued", "claimed", "retried", "claimed", "retried"]


@pytest.mark.django_db
def test_out_of_attempts_it_fails_with_the_seeds_remediation_and_diagnostics() -> None:
    lease = exhausted()

    assert fail(lease) is Ending.FAILED

    stored, error = row(lease.job_id), board(lease.job_id)
    assert (stored.status, stored.error_code, stored.error_detail) == ("failed", "synthesis_failed", "it broke")
    assert (error.state, error.error_code, error.attempt) == ("error", "synthesis_failed", 3)
    assert error.remediation.startswith("Generation job failed after maximum retries")
    assert error.diagnostics_json == {
        "error": "synthesis_failed",
        "job_id": str(lease.job_id),
        "attempts": 3,
        "last_worker": "worker-a",
        "detail": "it broke",
    }


@pytest.mark.django_db
def test_a_failure_that_a_retry_cannot_help_fails_at_once() -> None:
    lease = claimed()
    assert fail(lease, retry=False) is Ending.FAILED
    assert board(lease.job_id).attempt == 1


@pytest.mark.django_db
def test_a_pending_job_is_cancelled_at_once_and_writes_no_board() -> None:
    job = pending()

    assert queue.cancel(job_id=job.id, by="somebody") is Cancelling.CANCELLED

    stored = row(job.id)
    assert (stored.status, stored.error_code) == ("cancelled", "cancelled")
    assert stored.finished_at is not None
    assert not OpportunitiesBoard.objects.exists()
    assert queue.claim(job_id=job.id, worker_id="a") is None


@pytest.mark.django_db
def test_a_running_job_that_is_to_be_cancelled_stores_nothing_any_more() -> None:
    lease, failing = claimed(), claimed()
    for it in (lease, failing):
        assert queue.cancel(job_id=it.job_id, by="somebody") is Cancelling.REQUESTED

    assert finish(lease) is Ending.CANCELLED
    assert fail(failing) is Ending.CANCELLED

    assert row(lease.job_id).status == row(failing.job_id).status == "cancelled"
    assert not OpportunitiesBoard.objects.exists()
    assert kinds(lease.job_id) == ["enqueued", "claimed", "cancel_requested", "cancelled"]


@pytest.mark.django_db
def test_what_has_ended_cannot_be_cancelled() -> None:
    lease = claimed()
    finish(lease)

    assert queue.cancel(job_id=lease.job_id, by="x") is Cancelling.TOO_LATE
    assert queue.cancel(job_id=new_id(), by="x") is Cancelling.TOO_LATE
    assert row(lease.job_id).status == "succeeded"


@pytest.mark.django_db(transaction=True)
def test_cancelling_against_finishing_has_one_winner() -> None:
    for _ in range(20):
        lease = claimed()

        def act(index: int, *, lease: Lease = lease) -> object:
            return queue.cancel(job_id=lease.job_id, by="x") if index else finish(lease)

        ending, cancelling = at_once(2, act)

        stored = row(lease.job_id)
        boards = OpportunitiesBoard.objects.filter(job_id=lease.job_id).count()
        assert (ending, cancelling, stored.status, boards) in [
            (Ending.COMPLETED, Cancelling.TOO_LATE, "succeeded", 1),
            (Ending.CANCELLED, Cancelling.REQUESTED, "cancelled", 0),
        ]


@pytest.mark.django_db
def test_a_job_whose_brand_is_gone_ends_quietly() -> None:
    brand = make_brand()
    lease = claimed(make_job(brand, status=JobStatus.PENDING))
    brand.delete()

    assert fail(lease) is Ending.FENCED


@pytest.mark.django_db
def test_jobs_that_end_together_are_each_their_own() -> None:
    """One is stored, one had lost its lease, and one was cancelled first."""
    stored, zombie, cancelled = claimed(), claimed(), claimed()
    die(zombie)
    claimed(row(zombie.job_id), worker_id="worker-b")
    queue.cancel(job_id=cancelled.job_id, by="a test")

    endings = queue.complete(
        ends=dict.fromkeys((stored, zombie, cancelled), JobStatus.SUCCEEDED.value),
        store=lambda leases: [store_ready(lease) for lease in leases],
    )

    assert endings == {stored: Ending.COMPLETED, zombie: Ending.FENCED, cancelled: Ending.CANCELLED}
    assert OpportunitiesBoard.objects.get().job_id == stored.job_id


@pytest.mark.django_db(transaction=True)
def test_a_row_that_somebody_holds_does_not_hold_up_the_others() -> None:
    free, locked = claimed(), claimed()
    unregister = threading.Event()
    stored: list[int] = []

    def hold(index: int) -> None:
        if index == 1:
            ends = dict.fromkeys((free, locked), JobStatus.SUCCEEDED.value)
            queue.complete(ends=ends, store=store)
            return
        with transaction.atomic():
            OpportunitiesJob.objects.select_for_update().get(id=locked.job_id)
            held.set()
            assert unregister.wait(10)

    def store(leases: Sequence[Lease]) -> None:
        stored.append(len(leases))
        for lease in leases:
            store_ready(lease)
        unregister.set()

    held = threading.Event()
    at_once(2, lambda index: hold(index) if index == 0 or held.wait(10) else None)

    assert stored == [1, 1]
    assert [row(lease.job_id).status for lease in (free, locked)] == ["succeeded", "succeeded"]
