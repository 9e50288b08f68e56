"""A kind of job is its models and a declaration: here one whose table exists in this test alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.apps.registry import Apps
from django.db import connection, models
from django.db.models import F

from kairo.core.enums import JobTrigger
from kairo.core.ids import new_id
from kairo.core.models import Brand
from kairo.jobs.claiming import claim, claim_next, fence, heartbeat, release, reschedule
from kairo.jobs.enqueueing import enqueue, make_due
from kairo.jobs.finishing import cancel, complete, fail
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.job import (
    Job,
    JobEvent,
    JobKey,
    job_constraints,
    job_event_constraint,
    job_event_index,
    job_indexes,
    job_key_constraint,
)
from kairo.jobs.kind import Clocks, JobKind
from kairo.jobs.lease import Cancelling, EndedJob, Ending, Heartbeat, Lease, LeaseState
from kairo.jobs.reaper import reap_stale_jobs
from kairo.jobs.run_order import create_run_order
from kairo.jobs.runner import Failure, JobRunner, Result
from tests.factories import make_brand

# Of its own, so that no other test meets tables that are not there.
APPS = Apps()
APPS.register_model("core", Brand)
STATUSES = ["pending", "running", "succeeded", "failed", "cancelled"]


class Delivery(Job):
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=16, default="pending", db_default="pending")
    trigger = models.CharField(max_length=16)
    stage = models.CharField(max_length=16, default="queued", db_default="queued")
    deadline_at = models.DateTimeField()
    error_code = models.CharField(max_length=32, null=True)
    url = models.CharField(max_length=200)

    class Meta:
        app_label = "hero"
        apps = APPS
        constraints = job_constraints(
            "delivery",
            statuses=STATUSES,
            stages=["queued", "sending", "sent"],
            error_codes=["refused", "worker_died", "stuck_job_timeout", "cancelled"],
            unique_by=("brand", "url"),
        )
        indexes = job_indexes("delivery")


class DeliveryEvent(JobEvent):
    job = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="events", db_index=False)

    class Meta:
        app_label = "hero"
        apps = APPS
        constraints = [job_event_constraint("delivery")]
        indexes = [job_event_index("delivery")]


class DeliveryKey(JobKey):
    job = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="keys")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        app_label = "hero"
        apps = APPS
        constraints = [job_key_constraint("delivery")]


ENDED: list[EndedJob] = []

KIND = JobKind(
    name="delivery",
    model=Delivery,
    actor="deliver",
    queue="deliveries",
    scheduled_queue="deliveries",
    unique_by=("brand_id", "url"),
    own_fields=("url",),
    first_stage="sending",
    completed_stage="sent",
    clocks=lambda: Clocks(lease_s=30, deadline_s=60, time_limit_s=20, retry_base_s=10, max_attempts=2),
    on_end=ENDED.append,
)


class Deliveries:
    """Delivers to every address but one."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def run(self, attempt: RunningAttempt) -> str:
        url: str = Delivery._default_manager.get(id=attempt.lease.job_id).url
        if "broken" in url:
            raise ConnectionRefusedError
        return url

    def store(self, results: Sequence[Result[str]]) -> list[Ending]:
        self.sent += [url for _, url in results]
        leases = [attempt.lease for attempt, _ in results]
        endings = complete(KIND, ends=dict.fromkeys(leases, "succeeded"), store=lambda stored: stored)
        return [endings[lease] for lease in leases]

    def failure(self, error: BaseException) -> Failure:
        return Failure(error_code="refused", detail=type(error).__name__)


@pytest.fixture(autouse=True)
def table(transactional_db: None) -> Iterator[None]:
    ENDED.clear()
    with connection.schema_editor() as editor:
        for model in (Delivery, DeliveryEvent, DeliveryKey):
            editor.create_model(model)
    with connection.cursor() as cursor:
        cursor.execute(create_run_order("hero_delivery"))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION hero_delivery_run_order(uuid)")
        cursor.execute("DROP TABLE hero_deliverykey, hero_deliveryevent, hero_delivery")


def delivery(brand: Brand, url: str = "https://a.example", priority: int = 0) -> Delivery:
    return enqueue(KIND, brand_id=brand.id, trigger=JobTrigger.USER, priority=priority, url=url)[0]


def taken(job: Delivery) -> Lease:
    lease = claim(KIND, job_id=job.id, worker_id="w")
    assert lease is not None
    return lease


def history(job: Delivery) -> list[str]:
    return list(DeliveryEvent._default_manager.filter(job=job).order_by("id").values_list("kind", flat=True))


def age(job: Delivery, *fields: str) -> None:
    Delivery._default_manager.filter(id=job.id).update(**{name: F(name) - timedelta(minutes=5) for name in fields})


def test_third_kind_goes_through_every_verb() -> None:
    brand = make_brand(context=False)
    job = delivery(brand)
    assert delivery(brand) == job, "one active job for this address"
    other = delivery(brand, url="https://b.example")
    assert other != job

    lease = taken(job)
    assert heartbeat(KIND, [Heartbeat(lease=lease, stage="sending", percent=50)]) == {lease.token: LeaseState.HELD}
    assert fail(KIND, lease=lease, error_code="refused", detail="503") is Ending.RETRIED
    age(job, "available_at")
    lease = taken(job)
    assert lease.is_last_attempt
    fence(KIND, lease=lease)
    assert complete(KIND, ends={lease: "succeeded"}, store=lambda leases: leases) == {lease: Ending.COMPLETED}
    job.refresh_from_db()
    assert (job.status, job.stage, job.percent, job.attempts) == ("succeeded", "sent", 100, 2)
    assert history(job) == ["enqueued", "claimed", "retried", "claimed", "succeeded"]

    assert release(KIND, lease=taken(other)) is Ending.RELEASED
    assert reschedule(KIND, lease=taken(other), delay_s=60, stage="queued") is Ending.RESCHEDULED
    assert claim_next(KIND, worker_id="w") is None
    assert make_due(KIND, job_id=other.id)
    assert cancel(KIND, job_id=other.id, by="test") is Cancelling.CANCELLED
    assert [ended.status for ended in ENDED] == ["cancelled"]


def test_third_kind_is_reaped_with_its_own_number_of_attempts() -> None:
    job = delivery(make_brand(context=False))
    for _ in range(2):
        taken(job)
        age(job, "lease_expires_at")
        assert reap_stale_jobs(KIND) == 1
    job.refresh_from_db()
    assert (job.status, job.error_code, job.death_count) == ("failed", "worker_died", 2)
    assert [(ended.job_id, ended.error_code) for ended in ENDED] == [(job.id, "worker_died")]
    assert reap_stale_jobs(KIND) == 0


def test_third_kind_has_a_runner() -> None:
    brand = make_brand(context=False)
    work = Deliveries()
    runner = JobRunner(KIND, work)
    good, broken = delivery(brand), delivery(brand, url="https://broken.example")

    assert {runner.run_next(), runner.run_next(), runner.run_next()} == {good.id, broken.id, None}

    assert work.sent == [good.url]
    assert history(good) == ["enqueued", "claimed", "succeeded"]
    assert history(broken) == ["enqueued", "claimed", "retried"]
    runner.run_due(named=new_id())
