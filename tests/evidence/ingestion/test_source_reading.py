from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models.functions import Now
from pytest_django import Settings

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, IngestionStatus, RecordErrorCode, SourceRunStatus
from kairo.evidence.ingestion.orphaned_runs import settle_orphaned_runs
from kairo.evidence.ingestion.runner import IngestionRunner
from kairo.evidence.jobs.enqueueing import enqueue
from kairo.evidence.models import IngestionJob, NormalizedEvidenceItem, SourceConnection, SourceRun, SpendEntry
from kairo.evidence.ports import RunState, RunStatus, SourceError, SourceItem, SpendCaps, Stage
from kairo.evidence.record_errors import RejectedRecord
from tests.evidence.sources import Elsewhere, Feed, found, make_connection, make_feed
from tests.factories import make_brand

pytestmark = pytest.mark.django_db(transaction=True)

RUNNING = RunState(status=RunStatus.RUNNING)
TWO_STAGES = (
    Stage(name="posts", max_items=20, estimate_usd=Decimal("0.05")),
    Stage(name="reels", max_items=2, estimate_usd=Decimal("0.02"), takes_followups=True),
)


@pytest.fixture
def brand() -> Brand:
    return make_brand()


def ask(brand: Brand, *connections: SourceConnection, **facts: Any) -> IngestionJob:
    ids = [connection.id for connection in connections]
    return enqueue(brand_id=brand.id, connection_ids=ids, **{"trigger": JobTrigger.USER, **facts})[0]


def step(job: IngestionJob) -> IngestionJob:
    """The job after its next step, which it need not wait for."""
    IngestionJob.objects.filter(id=job.id, status="pending").update(available_at=Now())
    assert IngestionRunner().run(job_id=job.id) == job.id
    job.refresh_from_db()
    return job


def finished(job: IngestionJob) -> IngestionJob:
    for _ in range(20):
        if step(job).finished_at:
            return job
    raise AssertionError(f"still {job.status}")


def the_run(**facts: Any) -> SourceRun:
    return SourceRun.objects.get(**facts)


class TestAtOnce:
    def test_what_a_feed_has_is_taken_in(self, brand: Brand, elsewhere: Elsewhere) -> None:
        job = step(ask(brand, feed := make_feed(brand)))
        assert (job.status, job.percent, job.error_code) == (IngestionStatus.SUCCEEDED, 100, None)
        assert NormalizedEvidenceItem.objects.filter(brand=brand).count() == 2
        run = the_run()
        assert (run.status, run.items, run.created, run.rejected) == (SourceRunStatus.SUCCEEDED, 2, 2, 0)
        feed.refresh_from_db()
        assert feed.last_read_at is not None
        assert elsewhere.calls == []

    def test_the_same_again_changes_nothing(self, brand: Brand, elsewhere: Elsewhere) -> None:
        for _ in range(2):
            step(ask(brand, SourceConnection.objects.first() or make_feed(brand)))
        assert [run.unchanged for run in SourceRun.objects.order_by("created_at")] == [0, 2]

    def test_each_rejection_is_counted_by_its_reason(self, brand: Brand, elsewhere: Elsewhere) -> None:
        refused = RejectedRecord(RecordErrorCode.NOT_AN_OBJECT, "", "an error item")
        Feed.answers = [[*found(1), SourceItem(content=refused), SourceItem(content={"platform": "myspace"})]]
        step(ask(brand, make_feed(brand)))
        run = the_run()
        assert (run.created, run.rejected) == (1, 2)
        assert run.rejections == {"not_an_object": 1, "unknown_platform": 1}

    @pytest.mark.parametrize(
        ("answer", "code"),
        [
            ([], IngestionErrorCode.NO_ITEMS),
            ([SourceItem(content={"platform": "myspace"})], IngestionErrorCode.NO_USABLE_ITEMS),
            (SourceError(IngestionErrorCode.NOT_FOUND), IngestionErrorCode.NOT_FOUND),
        ],
    )
    def test_nothing_that_can_be_used_has_its_code(
        self, brand: Brand, elsewhere: Elsewhere, answer: Any, code: IngestionErrorCode
    ) -> None:
        Feed.answers = [answer]
        job = step(ask(brand, make_feed(brand)))
        assert (job.status, job.error_code, the_run().error_code) == (IngestionStatus.FAILED, code, code)

    def test_what_may_go_better_later_is_tried_again_then(self, brand: Brand, elsewhere: Elsewhere) -> None:
        fault = SourceError(IngestionErrorCode.RATE_LIMITED, retryable=True, retry_after_s=200)
        Feed.answers = [fault, found(1)]
        job = step(ask(brand, make_feed(brand)))
        assert (job.status, job.attempts) == (IngestionStatus.PENDING, 1)
        assert timedelta(seconds=190) < job.available_at - job.updated_at < timedelta(seconds=210)
        assert step(job).status == IngestionStatus.SUCCEEDED

    def test_out_of_attempts_it_fails_with_the_sources_code(self, brand: Brand, elsewhere: Elsewhere) -> None:
        Feed.answers = [SourceError(IngestionErrorCode.UNAVAILABLE, "503", retryable=True)]
        job = finished(ask(brand, make_feed(brand)))
        assert (job.error_code, job.attempts, len(Feed.asked)) == (IngestionErrorCode.UNAVAILABLE, 3, 3)

    def test_one_that_fails_does_not_stop_the_others(self, brand: Brand, elsewhere: Elsewhere) -> None:
        Feed.answers = [SourceError(IngestionErrorCode.NOT_FOUND), found(1)]
        other = make_feed(brand, identifier="https://blog.example/other")
        job = step(ask(brand, make_feed(brand), other))
        assert job.status == IngestionStatus.SUCCEEDED
        assert [run.status for run in SourceRun.objects.order_by("created_at")] == ["failed", "succeeded"]

    def test_without_its_source_it_says_so(self, brand: Brand, elsewhere: Elsewhere, settings: Settings) -> None:
        settings.KAIRO_EVIDENCE_SOURCES = []
        assert step(ask(brand, make_feed(brand))).error_code == IngestionErrorCode.SOURCE_NOT_AVAILABLE

    def test_without_a_connection_left_it_says_so(self, brand: Brand, elsewhere: Elsewhere) -> None:
        job = step(ask(brand, make_feed(brand, enabled=False)))
        assert job.error_code == IngestionErrorCode.SOURCE_NOT_AVAILABLE


class TestInStages:
    def test_the_runs_id_is_there_before_it_is_waited_for(self, brand: Brand, elsewhere: Elsewhere) -> None:
        job = step(ask(brand, make_connection(brand)))
        run = the_run()
        assert (run.status, run.run_id) == (SourceRunStatus.RUNNING, "run-1")
        assert (job.status, job.stage, job.attempts) == (IngestionStatus.PENDING, IngestionStage.WAITING, 0)
        assert elsewhere.count("poll") == 0

    def test_waiting_holds_no_worker_and_costs_no_attempt(self, brand: Brand, elsewhere: Elsewhere) -> None:
        elsewhere.state = RUNNING
        job = ask(brand, make_connection(brand))
        for _ in range(6):
            step(job)
            assert (job.status, job.lease_token, job.attempts) == (IngestionStatus.PENDING, None, 0)
        assert (elsewhere.count("start"), elsewhere.count("poll")) == (1, 5)

    def test_what_the_run_found_is_taken_in_and_paid_for(self, brand: Brand, elsewhere: Elsewhere) -> None:
        job = finished(ask(brand, make_connection(brand)))
        assert job.status == IngestionStatus.SUCCEEDED
        run = the_run()
        assert (run.status, run.created) == (SourceRunStatus.SUCCEEDED, 3)
        assert (run.estimated_usd, run.actual_usd) == (Decimal("0.05"), Decimal("0.03"))
        entry = SpendEntry.objects.get()
        assert (entry.reserved_usd, entry.actual_usd) == (Decimal("0.05"), Decimal("0.03"))

    def test_the_second_stages_inputs_are_the_firsts_leads_as_many_as_it_takes(
        self, brand: Brand, elsewhere: Elsewhere
    ) -> None:
        elsewhere.stages = TWO_STAGES
        assert finished(ask(brand, make_connection(brand))).status == IngestionStatus.SUCCEEDED
        starts = [(about, leads) for verb, about, leads in elsewhere.calls if verb == "start"]
        assert starts == [
            ("posts nike", ()),
            ("reels nike", ("https://instagram.example/p/1/", "https://instagram.example/p/2/")),
        ]

    def test_without_leads_there_is_no_second_stage(self, brand: Brand, elsewhere: Elsewhere) -> None:
        elsewhere.stages = TWO_STAGES
        elsewhere.items = [SourceItem(content=item.content) for item in found(1)]
        assert finished(ask(brand, make_connection(brand))).status == IngestionStatus.SUCCEEDED
        assert elsewhere.count("start") == 1

    @pytest.mark.parametrize(
        ("status", "code"),
        [
            (RunStatus.FAILED, IngestionErrorCode.RUN_FAILED),
            (RunStatus.ABORTED, IngestionErrorCode.RUN_ABORTED),
            (RunStatus.TIMED_OUT, IngestionErrorCode.RUN_TIMED_OUT),
        ],
    )
    def test_a_run_that_ends_badly_has_its_code_and_leaves_what_was_paid_for(
        self, brand: Brand, elsewhere: Elsewhere, status: RunStatus, code: IngestionErrorCode
    ) -> None:
        elsewhere.stages = TWO_STAGES
        elsewhere.state = RunState(status=status, cost_usd=Decimal("0.04"))
        job = finished(ask(brand, make_connection(brand)))
        run = the_run()
        assert (job.status, job.error_code) == (IngestionStatus.FAILED, code)
        assert (run.error_code, run.created, run.actual_usd) == (code, 3, Decimal("0.04"))
        assert elsewhere.count("start") == 1

    def test_half_of_it_is_asked_for_again_and_at_last_kept(self, brand: Brand, elsewhere: Elsewhere) -> None:
        half = SourceError(IngestionErrorCode.INCOMPLETE_ANSWER, "3 of 20", retryable=True)
        elsewhere.faults = {"collected": [half, half, half]}
        job = ask(brand, make_connection(brand))
        step(job)
        step(job)
        assert (job.attempts, NormalizedEvidenceItem.objects.count()) == (1, 0)
        finished(job)
        assert (job.error_code, elsewhere.count("start")) == (IngestionErrorCode.INCOMPLETE_ANSWER, 1)
        assert the_run().created == 3

    def test_a_start_that_did_not_happen_costs_nothing_and_is_tried_again(
        self, brand: Brand, elsewhere: Elsewhere
    ) -> None:
        elsewhere.faults = {"start": [SourceError(IngestionErrorCode.RATE_LIMITED, retryable=True)]}
        job = step(ask(brand, make_connection(brand)))
        assert (job.status, job.attempts) == (IngestionStatus.PENDING, 1)
        assert SpendEntry.objects.get().actual_usd == 0
        assert finished(job).status == IngestionStatus.SUCCEEDED

    def test_a_start_whose_answer_was_lost_is_not_repeated_and_stays_paid_for(
        self, brand: Brand, elsewhere: Elsewhere
    ) -> None:
        elsewhere.faults = {"start": [SourceError(IngestionErrorCode.START_UNKNOWN, "timed out")]}
        job = step(ask(brand, make_connection(brand)))
        assert (job.status, job.error_code) == (IngestionStatus.FAILED, IngestionErrorCode.START_UNKNOWN)
        assert (elsewhere.count("start"), SpendEntry.objects.get().actual_usd) == (1, None)

    def test_a_worker_that_died_while_it_started_a_run_is_not_repeated(
        self, brand: Brand, elsewhere: Elsewhere
    ) -> None:
        job = step(ask(brand, make_connection(brand)))
        SourceRun.objects.update(status=SourceRunStatus.STARTING, run_id="")
        assert finished(job).error_code == IngestionErrorCode.START_UNKNOWN
        assert (elsewhere.count("start"), SpendEntry.objects.get().actual_usd) == (1, None)


class TestEnough:
    def test_it_stops_when_the_evidence_is_enough(self, brand: Brand, elsewhere: Elsewhere, settings: Settings) -> None:
        settings.KAIRO_EVIDENCE_ENOUGH = f"{__name__}.yes"
        elsewhere.stages = TWO_STAGES
        job = finished(ask(brand, make_connection(brand), make_feed(brand)))
        assert (job.status, job.stopped_early) == (IngestionStatus.SUCCEEDED, True)
        assert (elsewhere.count("start"), Feed.asked) == (1, [])

    def test_it_reads_on_when_it_is_not_or_when_all_was_asked_for(
        self, brand: Brand, elsewhere: Elsewhere, settings: Settings
    ) -> None:
        for path, stop in ((f"{__name__}.no", True), (f"{__name__}.yes", False)):
            settings.KAIRO_EVIDENCE_ENOUGH = path
            connections = list(SourceConnection.objects.all()) or [make_connection(brand), make_feed(brand)]
            job = finished(ask(brand, *connections, stop_when_enough=stop))
            assert (job.stopped_early, job.status) == (False, IngestionStatus.SUCCEEDED)
        assert len(Feed.asked) == 2


class TestMoney:
    @pytest.mark.parametrize(
        ("caps", "code"),
        [
            (("0.04", "1", "1"), IngestionErrorCode.RUN_CAP_REACHED),
            (("1", "0.04", "1"), IngestionErrorCode.DAILY_CAP_REACHED),
            (("1", "1", "0.04"), IngestionErrorCode.TOTAL_CAP_REACHED),
        ],
    )
    def test_over_a_cap_nothing_is_started(
        self, brand: Brand, elsewhere: Elsewhere, caps: tuple[str, str, str], code: IngestionErrorCode
    ) -> None:
        job, day, total = map(Decimal, caps)
        elsewhere.caps = SpendCaps(per_job_usd=job, per_day_usd=day, total_usd=total)
        ended = step(ask(brand, make_connection(brand)))
        assert (ended.error_code, the_run().error_code) == (code, code)
        assert elsewhere.calls == []
        assert not SpendEntry.objects.exists()

    def test_a_schedule_spends_only_where_the_connection_says_so(self, brand: Brand, elsewhere: Elsewhere) -> None:
        connection = make_connection(brand)
        job = step(ask(brand, connection, trigger=JobTrigger.SCHEDULE))
        assert (job.error_code, elsewhere.calls) == (IngestionErrorCode.CONSENT_MISSING, [])
        connection.spend_on_schedule = True
        connection.save()
        job = finished(ask(brand, connection, trigger=JobTrigger.SCHEDULE))
        assert (job.status, elsewhere.count("start")) == (IngestionStatus.SUCCEEDED, 1)


class TestLeftRuns:
    def test_a_run_whose_job_was_cancelled_is_ended_and_settled(self, brand: Brand, elsewhere: Elsewhere) -> None:
        from kairo.evidence.jobs.finishing import cancel  # noqa: PLC0415  the one test that needs it

        elsewhere.state = RUNNING
        job = step(ask(brand, make_connection(brand)))
        cancel(job_id=job.id)
        assert settle_orphaned_runs() == 1
        run = the_run()
        assert (elsewhere.count("abort"), run.error_code) == (1, IngestionErrorCode.RUN_ABORTED)
        assert (run.actual_usd, SpendEntry.objects.get().actual_usd) == (Decimal("0.01"), Decimal("0.01"))
        assert settle_orphaned_runs() == 0

    def test_a_run_whose_job_goes_on_is_left_to_it(self, brand: Brand, elsewhere: Elsewhere) -> None:
        step(ask(brand, make_connection(brand)))
        assert (settle_orphaned_runs(), elsewhere.count("poll")) == (0, 0)

    def test_one_that_cannot_be_asked_for_keeps_its_reservation(self, brand: Brand, elsewhere: Elsewhere) -> None:
        elsewhere.faults = {"poll": [SourceError(IngestionErrorCode.UNAUTHORIZED)] * 2}
        finished(ask(brand, make_connection(brand)))
        assert (settle_orphaned_runs(), SpendEntry.objects.get().actual_usd) == (0, None)


def yes(**_: object) -> bool:
    return True


def no(**_: object) -> bool:
    return False
