from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from kairo.core.enums import JobTrigger
from kairo.core.errors import NotFound
from kairo.core.ids import new_id
from kairo.hero.enums import JobStatus
from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob
from kairo.jobs.run_order import FAIR_SHARE_STEP_S
from tests.factories import make_brand, make_job, make_tenant
from tests.hero.jobs.rows import age, at_once, claimed, finish, kinds, pending, row


@pytest.mark.django_db
def test_a_new_job_is_pending_by_the_databases_clock_and_tells_that_it_was_enqueued() -> None:
    job = pending(trigger=JobTrigger.FIRST_RUN, priority=5, request_id="r-1")

    stored = row(job.id)
    assert (stored.status, stored.trigger, stored.priority, stored.request_id) == ("pending", "first_run", 5, "r-1")
    assert (stored.attempts, stored.death_count, stored.max_attempts) == (0, 0, 3)
    assert stored.available_at == stored.created_at
    assert (stored.deadline_at - stored.created_at).total_seconds() == 600
    assert stored.dispatched_at is None
    assert kinds(job.id) == ["enqueued"]
    assert job == stored


@pytest.mark.django_db
@pytest.mark.parametrize("status", [JobStatus.PENDING, JobStatus.RUNNING])
def test_while_a_job_is_active_it_is_the_answer(status: JobStatus) -> None:
    active = make_job(make_brand(), status=status)

    job, created = queue.enqueue(brand_id=active.brand_id, trigger=JobTrigger.USER, priority=10)

    assert (job.id, created) == (active.id, False)
    assert OpportunitiesJob.objects.count() == 1


@pytest.mark.django_db
def test_a_finished_job_makes_room_for_the_next() -> None:
    first = pending()
    finish(claimed(first))

    second, created = queue.enqueue(brand_id=first.brand_id, trigger=JobTrigger.USER, priority=10)

    assert created
    assert second.id != first.id


@pytest.mark.django_db
def test_the_same_idempotency_key_gives_the_same_job_even_when_it_has_finished() -> None:
    first = pending(idempotency_key="k")
    finish(claimed(first))

    again, created = queue.enqueue(brand_id=first.brand_id, trigger=JobTrigger.USER, priority=10, idempotency_key="k")
    other, other_created = queue.enqueue(
        brand_id=first.brand_id, trigger=JobTrigger.USER, priority=10, idempotency_key="l"
    )

    assert (again.id, created) == (first.id, False)
    assert (other.id != first.id, other_created) == (True, True)


@pytest.mark.django_db
def test_an_idempotency_key_is_the_brands_own() -> None:
    assert pending(idempotency_key="k").id != pending(idempotency_key="k").id


@pytest.mark.django_db
def test_a_person_who_waits_for_a_scheduled_job_hurries_it() -> None:
    scheduled = pending(trigger=JobTrigger.SCHEDULE, priority=0)

    job, created = queue.enqueue(brand_id=scheduled.brand_id, trigger=JobTrigger.USER, priority=10)

    assert (job.id, created, row(job.id).priority) == (scheduled.id, False, 10)


@pytest.mark.django_db
def test_asking_again_for_an_overdue_job_that_nobody_started_gives_it_new_time() -> None:
    job = pending()
    age(job.id, "deadline_at", "dispatched_at", seconds=700)

    again, created = queue.enqueue(brand_id=job.brand_id, trigger=JobTrigger.USER, priority=10)

    assert (again.id, created) == (job.id, False)
    assert again.deadline_at > job.deadline_at


@pytest.mark.django_db
def test_asking_again_changes_nothing_of_a_job_that_is_in_time() -> None:
    job = pending()

    queue.enqueue(brand_id=job.brand_id, trigger=JobTrigger.USER, priority=10)

    assert row(job.id).updated_at == job.updated_at


@pytest.mark.django_db
def test_each_pending_job_of_a_tenant_puts_its_next_one_later_and_another_tenants_not() -> None:
    busy = make_tenant()
    turns = [pending(make_brand(busy)).run_order_at for _ in range(3)]
    other = pending(make_brand())

    assert turns[2] > turns[1] > turns[0]
    assert (turns[2] - turns[0]).total_seconds() == pytest.approx(2 * FAIR_SHARE_STEP_S)
    assert other.run_order_at < turns[1]


@pytest.mark.django_db(transaction=True)
def test_thirty_requests_at_once_for_one_brand_make_one_job_and_all_get_it() -> None:
    brand = make_brand()

    answers = at_once(30, lambda _: queue.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10))

    assert OpportunitiesJob.objects.count() == 1
    assert len({job.id for job, _ in answers}) == 1
    assert [created for _, created in answers].count(True) == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_that_was_rolled_back_never_was() -> None:
    brand = make_brand()
    with transaction.atomic():
        queue.enqueue(brand_id=brand.id, trigger=JobTrigger.USER, priority=10)
        transaction.set_rollback(True)

    assert not OpportunitiesJob.objects.exists()


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_active_job() -> None:
    brand = make_brand()
    make_job(brand, status=JobStatus.RUNNING)
    with pytest.raises(IntegrityError, match="job_one_active_per_brand"), transaction.atomic():
        make_job(brand, status=JobStatus.PENDING)


@pytest.mark.django_db
def test_a_brand_that_is_not_there_gets_no_job() -> None:
    with pytest.raises(NotFound):
        queue.enqueue(brand_id=new_id(), trigger=JobTrigger.USER, priority=10)
