"""The queue's verbs in any order, on real Postgres, against a model of a few lines."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db.models import Count, Max
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test

from kairo.core.enums import JobTrigger
from kairo.core.models import Tenant
from kairo.hero.enums import GenerationErrorCode, JobStage
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Cancelling, Ending, Heartbeat, Lease, LeaseState
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob, OpportunitiesJobEvent
from tests.factories import make_brand
from tests.faults.invariants import walk
from tests.hero.jobs.rows import age, finish, row

ACTIVE = {"pending", "running"}
BRANDS = 3


class QueueMachine(RuleBasedStateMachine):
    """Knows of each job which lease holds it now, and checks that no other can do anything."""

    leases = Bundle("leases")
    refused = 0  # over all runs: endings by an attempt that had lost its lease

    def __init__(self) -> None:
        super().__init__()
        OpportunitiesBoard.objects.all().delete()
        OpportunitiesJob.objects.all().delete()
        Tenant.objects.all().delete()
        self.brands = [make_brand(context=False) for _ in range(BRANDS)]
        self.holders: dict[UUID, UUID] = {}  # job → token of the attempt that may write

    def holds(self, lease: Lease) -> bool:
        return self.holders.get(lease.job_id) == lease.token

    def took(self, lease: Lease | None) -> object:
        if lease is None:
            return multiple()
        assert self.holders.get(lease.job_id) != lease.token
        self.holders[lease.job_id] = lease.token
        assert row(lease.job_id).lease_token == lease.token
        return lease

    @rule(brand=st.integers(0, BRANDS - 1), priority=st.sampled_from([0, 10]))
    def enqueue(self, brand: int, priority: int) -> None:
        id_ = self.brands[brand].id
        active = OpportunitiesJob.objects.filter(brand_id=id_, status__in=ACTIVE).first()
        job, created = queue.enqueue(brand_id=id_, trigger=JobTrigger.USER, priority=priority)
        assert created == (active is None)
        if active is not None:
            assert job.id == active.id

    @rule(target=leases)
    def claim_next(self) -> object:
        return self.took(queue.claim_next(worker_id="next"))

    @rule(target=leases, brand=st.integers(0, BRANDS - 1))
    def claim(self, brand: int) -> object:
        job = OpportunitiesJob.objects.filter(brand=self.brands[brand]).order_by("-created_at").first()
        return multiple() if job is None else self.took(queue.claim(job_id=job.id, worker_id="one"))

    @rule(lease=leases)
    def worker_dies(self, lease: Lease) -> None:
        if self.holds(lease):
            age(lease.job_id, "lease_expires_at", seconds=100)

    @rule(lease=leases)
    def worker_hangs_past_the_ceiling(self, lease: Lease) -> None:
        if self.holds(lease):
            age(lease.job_id, "locked_at", "deadline_at", seconds=1000)

    @rule(seconds=st.sampled_from([20.0, 100.0, 2000.0]))
    def time_passes_for_pending_jobs(self, seconds: float) -> None:
        for job in OpportunitiesJob.objects.filter(status="pending"):
            age(job.id, "available_at", "deadline_at", seconds=seconds)

    @rule(lease=leases)
    def heartbeat(self, lease: Lease) -> None:
        before = row(lease.job_id)
        (state,) = queue.heartbeat([Heartbeat(lease=lease, stage=JobStage.GATING, percent=30)]).values()
        if not self.holds(lease):
            assert state is LeaseState.LOST
        elif state is LeaseState.LOST:
            assert (before.deadline_at - before.created_at).total_seconds() < 0
        else:
            assert (state is LeaseState.CANCEL_REQUESTED) == (before.cancel_requested_at is not None)

    @rule(lease=leases)
    def complete(self, lease: Lease) -> None:
        self.ended(lease, finish(lease), {Ending.COMPLETED, Ending.CANCELLED})

    @rule(lease=leases, retry=st.booleans())
    def fail(self, lease: Lease, retry: bool) -> None:
        ending = queue.fail(lease=lease, error_code=GenerationErrorCode.INTERNAL, detail="x", retry=retry)
        self.ended(lease, ending, {Ending.RETRIED, Ending.FAILED, Ending.CANCELLED})
        if ending is Ending.RETRIED:
            assert retry
            assert lease.attempt < lease.max_attempts

    @rule(lease=leases)
    def release(self, lease: Lease) -> None:
        self.ended(lease, queue.release(lease=lease), {Ending.RELEASED})

    def ended(self, lease: Lease, ending: Ending, possible: set[Ending]) -> None:
        if self.holds(lease):
            assert ending in possible
            del self.holders[lease.job_id]
        else:
            assert ending is Ending.FENCED
            QueueMachine.refused += 1

    @rule(brand=st.integers(0, BRANDS - 1))
    def cancel(self, brand: int) -> None:
        job = OpportunitiesJob.objects.filter(brand=self.brands[brand]).order_by("-created_at").first()
        if job is None:
            return
        answer = queue.cancel(job_id=job.id, by="machine")
        assert answer is {"pending": Cancelling.CANCELLED, "running": Cancelling.REQUESTED}.get(
            job.status, Cancelling.TOO_LATE
        )

    @rule()
    def sweep(self) -> None:
        taken = queue.release_stale_jobs()
        still = set(OpportunitiesJob.objects.filter(status="running").values_list("id", flat=True))
        lost = [job for job in self.holders if job not in still]
        for job in lost:
            del self.holders[job]
        assert taken >= len(lost)
        assert queue.release_stale_jobs() == 0

    @invariant()
    def the_rows_hold_together(self) -> None:
        jobs = OpportunitiesJob.objects.annotate(boards=Count("board"), board_attempt=Max("board__attempt"))
        for job in jobs:
            finished = job.status not in ACTIVE
            assert job.boards == (1 if finished and job.status != "cancelled" else 0), "I2"
            assert job.board_attempt in (None, job.attempts), "I3"
            assert job.attempts <= job.max_attempts
            history = OpportunitiesJobEvent.objects.filter(job=job).order_by("id").values_list("kind", flat=True)
            assert walk(list(history)) == ("end" if finished else job.status), f"I5: {list(history)}"
            assert (job.status == "running") == (job.id in self.holders)
        active = OpportunitiesJob.objects.filter(status__in=ACTIVE).values_list("brand_id", flat=True)
        assert len(active) == len(set(active)), "I4"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("examples", [12, pytest.param(150, marks=pytest.mark.slow)])
def test_the_verbs_keep_their_promises_in_any_order(examples: int) -> None:
    run_state_machine_as_test(
        QueueMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
    assert QueueMachine.refused > 0, "the fence was never tried"
