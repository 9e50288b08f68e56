from __future__ import annotations

from decimal import Decimal

import pytest

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, IngestionStatus, SourceRunStatus
from kairo.evidence.models import SourceRun, SpendEntry
from kairo.evidence.ports import RunState, RunStatus, SourceError, SourceItem, SpendCaps
from tests.evidence.ingestion.steps import TWO_STAGES, create_job, only_run, run_step, run_to_end
from tests.evidence.sources import Vendor, found, make_connection

pytestmark = pytest.mark.django_db(transaction=True)


RUNNING = RunState(status=RunStatus.RUNNING)


def test_start_stores_the_run_id_before_the_job_waits(brand: Brand, vendor: Vendor) -> None:
    job = run_step(create_job(brand, make_connection(brand)))
    run = only_run()
    assert (run.status, run.run_id) == (SourceRunStatus.RUNNING, "run-1")
    assert (job.status, job.stage, job.attempts) == (IngestionStatus.PENDING, IngestionStage.WAITING, 0)
    assert vendor.count("poll") == 0


def test_waiting_job_has_no_lease_and_keeps_its_attempts(brand: Brand, vendor: Vendor) -> None:
    vendor.state = RUNNING
    job = create_job(brand, make_connection(brand))
    for _ in range(6):
        run_step(job)
        assert (job.status, job.lease_token, job.attempts) == (IngestionStatus.PENDING, None, 0)
    assert (vendor.count("start"), vendor.count("poll")) == (1, 5)


def test_collect_stores_the_items_and_settles_the_cost(brand: Brand, vendor: Vendor) -> None:
    job = run_to_end(create_job(brand, make_connection(brand)))
    assert job.status == IngestionStatus.SUCCEEDED
    run = only_run()
    assert (run.status, run.created) == (SourceRunStatus.SUCCEEDED, 3)
    assert (run.estimated_usd, run.actual_usd) == (Decimal("0.05"), Decimal("0.03"))
    entry = SpendEntry.objects.get()
    assert (entry.reserved_usd, entry.actual_usd) == (Decimal("0.05"), Decimal("0.03"))


def test_second_stage_gets_the_followups_of_the_first_up_to_its_limit(brand: Brand, vendor: Vendor) -> None:
    vendor.stages = TWO_STAGES
    assert run_to_end(create_job(brand, make_connection(brand))).status == IngestionStatus.SUCCEEDED
    starts = [(about, leads) for verb, about, leads in vendor.calls if verb == "start"]
    assert starts == [
        ("posts nike", ()),
        ("reels nike", ("https://instagram.example/p/1/", "https://instagram.example/p/2/")),
    ]


def test_second_stage_is_skipped_without_followups(brand: Brand, vendor: Vendor) -> None:
    vendor.stages = TWO_STAGES
    vendor.items = [SourceItem(content=item.content) for item in found(1)]
    assert run_to_end(create_job(brand, make_connection(brand))).status == IngestionStatus.SUCCEEDED
    assert vendor.count("start") == 1


def test_failed_start_costs_nothing_and_is_retried(brand: Brand, vendor: Vendor) -> None:
    vendor.faults = {"start": [SourceError(IngestionErrorCode.RATE_LIMITED, retryable=True)]}
    job = run_step(create_job(brand, make_connection(brand)))
    assert (job.status, job.attempts) == (IngestionStatus.PENDING, 1)
    assert SpendEntry.objects.get().actual_usd == 0
    assert run_to_end(job).status == IngestionStatus.SUCCEEDED


def test_unknown_start_is_not_repeated_and_keeps_its_reservation(brand: Brand, vendor: Vendor) -> None:
    vendor.faults = {"start": [SourceError(IngestionErrorCode.START_UNKNOWN, "timed out")]}
    job = run_step(create_job(brand, make_connection(brand)))
    assert (job.status, job.error_code) == (IngestionStatus.FAILED, IngestionErrorCode.START_UNKNOWN)
    assert (vendor.count("start"), SpendEntry.objects.get().actual_usd) == (1, None)


def test_start_of_a_dead_worker_is_not_repeated(brand: Brand, vendor: Vendor) -> None:
    job = run_step(create_job(brand, make_connection(brand)))
    SourceRun.objects.update(status=SourceRunStatus.STARTING, run_id="")
    assert run_to_end(job).error_code == IngestionErrorCode.START_UNKNOWN
    assert (vendor.count("start"), SpendEntry.objects.get().actual_usd) == (1, None)


@pytest.mark.parametrize(
    ("caps", "code"),
    [
        (("0.04", "1", "1"), IngestionErrorCode.RUN_CAP_REACHED),
        (("1", "0.04", "1"), IngestionErrorCode.DAILY_CAP_REACHED),
        (("1", "1", "0.04"), IngestionErrorCode.TOTAL_CAP_REACHED),
    ],
)
def test_reservation_over_a_cap_starts_no_run(
    brand: Brand, vendor: Vendor, caps: tuple[str, str, str], code: IngestionErrorCode
) -> None:
    job, day, total = map(Decimal, caps)
    vendor.caps = SpendCaps(per_job_usd=job, per_day_usd=day, total_usd=total)
    ended = run_step(create_job(brand, make_connection(brand)))
    assert (ended.error_code, only_run().error_code) == (code, code)
    assert vendor.calls == []
    assert not SpendEntry.objects.exists()


def test_scheduled_job_spends_only_with_consent(brand: Brand, vendor: Vendor) -> None:
    connection = make_connection(brand)
    job = run_step(create_job(brand, connection, trigger=JobTrigger.SCHEDULE))
    assert (job.error_code, vendor.calls) == (IngestionErrorCode.CONSENT_MISSING, [])
    connection.spend_on_schedule = True
    connection.save()
    job = run_to_end(create_job(brand, connection, trigger=JobTrigger.SCHEDULE))
    assert (job.status, vendor.count("start")) == (IngestionStatus.SUCCEEDED, 1)
