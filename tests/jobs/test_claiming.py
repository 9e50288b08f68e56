from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from kairo.core.enums import JobTrigger
from kairo.core.ids import new_id
from kairo.hero.enums import JobStage, JobStatus
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Ending, Heartbeat, Lease, LeaseState
from tests.factories import make_brand, make_job, make_tenant
from tests.hero.jobs.rows import age, at_once, claimed, die, finish, kinds, pending, row


def beat(lease: Lease, *, stage: JobStage = JobStage.GATING, percent: int = 30) -> LeaseState:
    return queue.heartbeat([Heartbeat(lease=lease, stage=stage.value, percent=percent)])[lease.token]


@pytest.mark.django_db
def test_a_claim_makes_the_job_running_under_a_fresh_lease() -> None:
    job = pending(request_id="r-1")

    lease = queue.claim(job_id=job.id, worker_id="host-1")

    assert lease is not None
    stored = row(job.id)
    assert (stored.status, stored.attempts, stored.locked_by, stored.stage) == ("running", 1, "host-1", "gathering")
    assert stored.lease_token == lease.token
    assert stored.locked_at == stored.started_at == lease.claimed_at
    assert stored.lease_expires_at is not None
    assert stored.lease_expires_at - lease.claimed_at == timedelta(seconds=60)
    assert stored.deadline_at == lease.deadline_at == lease.claimed_at + timedelta(seconds=600)
    assert (lease.attempt, lease.max_attempts, lease.request_id, lease.trigger) == (1, 3, "r-1", "user")
    assert lease.tenant_id == job.brand.tenant_id
    assert kinds(job.id) == ["enqueued", "claimed"]


@pytest.mark.django_db
def test_a_claim_gives_its_own_deadline_so_that_a_long_queue_fails_no_work() -> None:
    job = pending()
    age(job.id, "deadline_at", seconds=1000)

    assert claimed(job).deadline_at > job.created_at + timedelta(seconds=590)


@pytest.mark.django_db
def test_no_job_is_claimed_twice_or_early_or_after_its_end() -> None:
    running, early, done = pending(), pending(), pending()
    claimed(running)
    finish(claimed(done))
    age(early.id, "available_at", seconds=-5)

    for job in (running, early, done):
        assert queue.claim(job_id=job.id, worker_id="b") is None
    assert queue.claim(job_id=new_id(), worker_id="b") is None
    assert queue.claim_next(worker_id="b") is None


@pytest.mark.django_db
def test_a_running_job_whose_lease_ran_out_is_taken_over_and_counts_a_death() -> None:
    first = claimed()
    die(first)

    second = queue.claim(job_id=first.job_id, worker_id="worker-b")

    assert second is not None
    assert second.token != first.token
    stored = row(first.job_id)
    assert (stored.attempts, stored.death_count, stored.locked_by) == (2, 1, "worker-b")
    assert kinds(first.job_id) == ["enqueued", "claimed", "taken_over"]
    assert finish(first) is Ending.FENCED
    assert finish(second) is Ending.COMPLETED


@pytest.mark.django_db
def test_polling_takes_over_as_well_and_before_anything_else() -> None:
    dead = claimed()
    die(dead)
    pending()

    lease = queue.claim_next(worker_id="b")

    assert lease is not None
    assert lease.job_id == dead.job_id


@pytest.mark.django_db
def test_a_job_out_of_attempts_is_not_taken_over() -> None:
    job = make_job(make_brand(), status=JobStatus.RUNNING, attempts=3)
    age(job.id, "lease_expires_at", seconds=100)

    assert queue.claim(job_id=job.id, worker_id="b") is None
    assert queue.claim_next(worker_id="b") is None


@pytest.mark.django_db
def test_the_next_job_is_the_highest_priority_then_the_earliest_turn() -> None:
    low = pending(trigger=JobTrigger.SCHEDULE, priority=0)
    first, second = pending(), pending()

    order = []
    while (lease := queue.claim_next(worker_id="w")) is not None:
        order.append(lease.job_id)

    assert order == [first.id, second.id, low.id]


@pytest.mark.django_db
def test_one_tenants_single_job_does_not_wait_for_anothers_hundred() -> None:
    busy = make_tenant()
    brands = [make_brand(busy, context=False) for _ in range(100)]
    for brand in brands:
        pending(brand)
    single = pending(make_brand(context=False))

    served = []
    while single.id not in served and (lease := queue.claim_next(worker_id="w")) is not None:
        served.append(lease.job_id)

    assert served.index(single.id) <= 1


@pytest.mark.django_db(transaction=True)
def test_twenty_workers_at_once_share_out_ten_jobs_without_waiting_for_each_other() -> None:
    jobs = {pending().id for _ in range(10)}

    leases = at_once(20, lambda index: queue.claim_next(worker_id=f"w{index}"))

    taken = [lease.job_id for lease in leases if lease]
    assert sorted(taken) == sorted(jobs)


@pytest.mark.django_db(transaction=True)
def test_twenty_deliveries_of_one_message_run_one_attempt() -> None:
    job = pending()

    leases = at_once(20, lambda index: queue.claim(job_id=job.id, worker_id=f"w{index}"))

    assert len([lease for lease in leases if lease]) == 1
    assert row(job.id).attempts == 1


@pytest.mark.django_db
def test_a_heartbeat_renews_the_lease_and_tells_the_stage() -> None:
    lease = claimed()
    age(lease.job_id, "lease_expires_at", seconds=50)
    before = row(lease.job_id).lease_expires_at

    assert beat(lease, stage=JobStage.SYNTHESIZING, percent=50) is LeaseState.HELD

    stored = row(lease.job_id)
    assert stored.lease_expires_at is not None
    assert before is not None
    assert stored.lease_expires_at > before + timedelta(seconds=49)
    assert (stored.stage, stored.percent) == ("synthesizing", 50)


@pytest.mark.django_db
def test_percent_never_goes_back_not_even_in_a_second_attempt() -> None:
    first = claimed()
    beat(first, percent=50)
    beat(first, percent=30)
    die(first)
    second = claimed(row(first.job_id))
    beat(second, stage=JobStage.GATHERING, percent=10)

    assert row(first.job_id).percent == 50


@pytest.mark.django_db
def test_a_lease_never_reaches_past_the_deadline_and_is_not_renewed_after_it() -> None:
    lease = claimed()
    age(lease.job_id, "deadline_at", seconds=590)
    assert beat(lease) is LeaseState.HELD
    stored = row(lease.job_id)
    assert stored.lease_expires_at == stored.deadline_at

    age(lease.job_id, "deadline_at", seconds=20)
    assert beat(lease) is LeaseState.LOST


@pytest.mark.django_db
def test_a_heartbeat_learns_what_became_of_each_lease() -> None:
    held, lost, stopped = claimed(), claimed(), claimed()
    die(lost)
    claimed(row(lost.job_id), worker_id="worker-b")
    queue.cancel(job_id=stopped.job_id, by="test")

    states = queue.heartbeat(
        [Heartbeat(lease=it, stage=JobStage.GATING.value, percent=30) for it in (held, lost, stopped)]
    )

    assert states == {
        held.token: LeaseState.HELD,
        lost.token: LeaseState.LOST,
        stopped.token: LeaseState.CANCEL_REQUESTED,
    }


@pytest.mark.django_db
def test_a_release_costs_no_attempt_and_makes_the_job_due_at_once() -> None:
    lease = claimed()

    assert queue.release(lease=lease) is Ending.RELEASED

    stored = row(lease.job_id)
    assert (stored.status, stored.attempts, stored.death_count, stored.stage) == ("pending", 0, 0, "queued")
    assert kinds(lease.job_id) == ["enqueued", "claimed", "released"]
    assert claimed(stored).attempt == 1
    assert finish(lease) is Ending.FENCED


@pytest.mark.django_db
def test_who_lost_the_lease_cannot_release() -> None:
    first = claimed()
    die(first)
    claimed(row(first.job_id), worker_id="worker-b")

    assert queue.release(lease=first) is Ending.FENCED
    assert row(first.job_id).status == "running"


@pytest.mark.django_db
def test_every_time_in_a_claim_is_the_databases_not_this_machines() -> None:
    """The database's clock is put an hour forward, as far as the queue can see."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA ahead")
        cursor.execute(
            "CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql "
            "AS $$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$"
        )
        cursor.execute("SELECT pg_catalog.clock_timestamp()")
        (real,) = cursor.fetchone()
        cursor.execute("SET LOCAL search_path = ahead, pg_catalog, public")
    lease = claimed()

    assert lease.claimed_at - real > timedelta(minutes=59)
    stored = row(lease.job_id)
    for moment in (stored.created_at, stored.available_at, stored.lease_expires_at, stored.deadline_at):
        assert moment is not None
        assert moment - real > timedelta(minutes=59)


@pytest.mark.django_db
def test_claims_made_together_are_those_of_as_many_single_claims() -> None:
    jobs = [pending() for _ in range(4)]

    leases = queue.claim_together(worker_id="w", wanted=3)
    rest = queue.claim_together(worker_id="w", wanted=3)

    assert [lease.job_id for lease in leases] == [job.id for job in jobs[:3]]
    assert [lease.job_id for lease in rest] == [jobs[3].id]
    assert [kinds(job.id) for job in jobs] == [["enqueued", "claimed"]] * 4


@pytest.mark.django_db
def test_lost_jobs_come_before_due_ones_in_claims_made_together() -> None:
    lost, due = claimed(), pending()
    die(lost)

    leases = queue.claim_together(worker_id="b", wanted=3)

    assert [(lease.job_id, lease.attempt) for lease in leases] == [(lost.job_id, 2), (due.id, 1)]
