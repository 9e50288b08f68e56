"""Today in each state of the board."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import JobTrigger
from kairo.core.errors import BrokenReference, NotFound
from kairo.core.models import Brand, Opportunity
from kairo.core.services.access import Caller
from kairo.hero.enums import GenerationErrorCode, JobStatus, ReadyReason, TodayBoardState
from kairo.hero.gates.thresholds import MIN_EVIDENCE_ITEMS
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.services.job_service import get_generation_job
from kairo.hero.services.today_service import get_today_board, regenerate_today_board
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


class TestNotGeneratedYet:
    def test_not_generated_yet_says_how_many_posts_are_missing(self, brand: Brand, caller: Caller) -> None:
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS - 1, platform="linkedin", has_transcript=False)
        board = get_today_board(caller=caller, brand_id=brand.id)
        assert board.state == TodayBoardState.NOT_GENERATED_YET
        assert board.opportunities == ()
        assert board.evidence_shortfall is not None
        assert (board.evidence_shortfall.found_items, board.evidence_shortfall.required_items) == (7, 8)
        assert board.evidence_shortfall.missing_platforms == ("instagram", "tiktok")
        assert "Add 1 more post;" in (board.remediation or "")
        assert not OpportunitiesJob.objects.exists()

    def test_not_generated_yet_counts_no_posts_outside_the_window(self, brand: Brand, caller: Caller) -> None:
        now = timezone.now()
        factories.make_posts(brand, 20, published_at=now - timedelta(days=30, minutes=1))
        factories.make_posts(brand, 20, published_at=now + timedelta(hours=1))
        factories.make_posts(brand, 20, published_at=None, stored_at=now - timedelta(days=30, minutes=1))
        assert get_today_board(caller=caller, brand_id=brand.id).state == TodayBoardState.NOT_GENERATED_YET

    def test_not_generated_yet_reads_no_texts(self, brand: Brand, caller: Caller) -> None:
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS - 1)
        with CaptureQueriesContext(connection) as statements:
            assert get_today_board(caller=caller, brand_id=brand.id).state == TodayBoardState.NOT_GENERATED_YET
        (posts,) = [
            one["sql"] for one in statements.captured_queries if "evidence_normalizedevidenceitem" in one["sql"]
        ]
        assert "text_" not in posts
        assert "LIMIT 8" in posts

    def test_not_generated_yet_counts_no_posts_of_another_brand(self, brand: Brand, caller: Caller) -> None:
        factories.make_posts(factories.make_brand(brand.tenant), 20)
        assert get_today_board(caller=caller, brand_id=brand.id).state == TodayBoardState.NOT_GENERATED_YET


class TestFirstRun:
    def test_first_run_enqueues_one_job_when_posts_suffice(self, brand: Brand, caller: Caller) -> None:
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS)
        first, second = (get_today_board(caller=caller, brand_id=brand.id) for _ in range(2))
        assert first.state == second.state == TodayBoardState.GENERATING
        job = OpportunitiesJob.objects.get()
        assert job.trigger == JobTrigger.FIRST_RUN
        assert first.job is not None
        assert second.job is not None
        assert first.job.id == second.job.id == job.id
        assert not first.stale

    def test_first_run_enqueues_one_job_for_fifty_concurrent_readers(self, brand: Brand, caller: Caller) -> None:
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS)

        def read(_: int) -> object:
            try:
                board = get_today_board(caller=caller, brand_id=brand.id)
                return board.job and board.job.id
            finally:
                connections.close_all()

        with ThreadPoolExecutor(50) as readers:
            jobs = set(readers.map(read, range(50)))
        assert jobs == {OpportunitiesJob.objects.get().id}

    @pytest.mark.parametrize(
        ("refuse", "allow"),
        [
            ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
            (
                """
                CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
                CREATE TRIGGER full_disk BEFORE INSERT ON hero_opportunitiesjob EXECUTE FUNCTION full_disk()
                """,
                "DROP TRIGGER full_disk ON hero_opportunitiesjob; DROP FUNCTION full_disk",
            ),
        ],
        ids=["read-only", "disk full"],
    )
    def test_first_run_that_cannot_be_enqueued_shows_what_is_there(
        self, brand: Brand, caller: Caller, refuse: str, allow: str
    ) -> None:
        factories.make_posts(brand, MIN_EVIDENCE_ITEMS)
        with connection.cursor() as cursor:
            cursor.execute(refuse)
            try:
                board = get_today_board(caller=caller, brand_id=brand.id)
            finally:
                cursor.execute(allow)
        assert board.state == TodayBoardState.NOT_GENERATED_YET
        assert board.evidence_shortfall is not None
        assert board.evidence_shortfall.found_items == MIN_EVIDENCE_ITEMS
        assert "the next reading tries again" in (board.remediation or "")
        assert get_today_board(caller=caller, brand_id=brand.id).state == TodayBoardState.GENERATING


class TestGenerating:
    @pytest.mark.parametrize("status", [JobStatus.PENDING, JobStatus.RUNNING])
    def test_generating_shows_the_last_ready_board_as_stale(
        self, brand: Brand, caller: Caller, status: JobStatus
    ) -> None:
        shown = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="internal", remediation="…")
        job = factories.make_job(brand, status=status)
        board = get_today_board(caller=caller, brand_id=brand.id)
        assert board.state == TodayBoardState.GENERATING
        assert board.stale
        assert board.job is not None
        assert board.job.id == job.id
        assert [idea.id for idea in board.opportunities] == shown.opportunity_ids
        assert board.opportunities[0].evidence
        assert board.meta.ready_reason is None

    def test_generating_is_not_read_from_a_snapshot(self, brand: Brand, caller: Caller) -> None:
        factories.make_job(brand, status="pending")
        for _ in range(2):
            assert not get_today_board(caller=caller, brand_id=brand.id).meta.cache_hit

    @pytest.mark.parametrize("status", [JobStatus.PENDING, JobStatus.RUNNING])
    def test_generating_past_its_deadline_reads_as_an_error(
        self, brand: Brand, caller: Caller, status: JobStatus
    ) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        factories.make_job(brand, status=status, deadline_at=timezone.now() - timedelta(milliseconds=1))
        board = get_today_board(caller=caller, brand_id=brand.id)
        assert board.state == TodayBoardState.ERROR
        assert board.error_code == GenerationErrorCode.STUCK_JOB_TIMEOUT
        assert board.retryable
        assert board.remediation
        assert board.opportunities == ()


class TestStored:
    def test_stored_board_that_is_newest_is_shown(self, brand: Brand, caller: Caller) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        newest = factories.make_ready_board(brand, [factories.make_opportunity(brand) for _ in range(3)])
        board = get_today_board(caller=caller, brand_id=brand.id)
        assert board.board_id == newest.id
        assert board.meta.ready_reason == ReadyReason.GENERATED
        assert [idea.id for idea in board.opportunities] == newest.opportunity_ids
        assert board.meta.opportunity_count == 3

    def test_stored_board_shows_again_after_a_cancelled_job(self, brand: Brand, caller: Caller) -> None:
        shown = factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        factories.make_job(brand, status="cancelled")
        assert get_today_board(caller=caller, brand_id=brand.id).board_id == shown.id

    def test_stored_opportunities_read_as_they_were_generated(self, brand: Brand, caller: Caller) -> None:
        row = factories.make_opportunity(brand)
        factories.make_ready_board(brand, [row])
        Opportunity.objects.filter(id=row.id).update(title="Rewritten tomorrow")
        assert get_today_board(caller=caller, brand_id=brand.id).opportunities[0].title == row.title

    @pytest.mark.parametrize("state", [TodayBoardState.ERROR, TodayBoardState.INSUFFICIENT_EVIDENCE])
    def test_stored_board_that_is_not_ready_shows_no_opportunities(
        self, brand: Brand, caller: Caller, state: TodayBoardState
    ) -> None:
        factories.make_ready_board(brand, [factories.make_opportunity(brand)])
        code = GenerationErrorCode.INTERNAL if state == TodayBoardState.ERROR else None
        OpportunitiesBoard.objects.create(brand=brand, state=state, error_code=code, remediation="Do this.")
        for _ in range(2):
            board = get_today_board(caller=caller, brand_id=brand.id)
            assert (board.state, board.opportunities, board.remediation) == (state, (), "Do this.")
            assert not board.meta.cache_hit

    def test_stored_board_with_a_broken_reference_is_an_error(self, brand: Brand, caller: Caller) -> None:
        good, gone = factories.make_opportunity(brand), factories.make_opportunity(brand)
        board = factories.make_ready_board(brand, [good, gone])
        with connection.cursor() as cursor:
            # As after a restore gone wrong: the constraint triggers are off for this one deletion.
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("DELETE FROM core_opportunity WHERE id = %s", [gone.id])
            cursor.execute("SET session_replication_role = DEFAULT")
        with pytest.raises(BrokenReference) as caught:
            get_today_board(caller=caller, brand_id=brand.id)
        assert caught.value.missing_ids == (str(gone.id),)
        assert caught.value.holder == f"Board {board.id}"


class TestRegenerate:
    def test_regenerate_creates_one_job_and_returns_it_again(self, brand: Brand, caller: Caller) -> None:
        first = regenerate_today_board(caller=caller, brand_id=brand.id, request_id="r-1")
        second = regenerate_today_board(caller=caller, brand_id=brand.id)
        assert (first.created, second.created) == (True, False)
        assert first.job.id == second.job.id
        job = OpportunitiesJob.objects.get()
        assert (job.trigger, job.request_id) == (JobTrigger.USER, "r-1")

    def test_regenerate_accepts_a_brand_with_an_error_board(self, brand: Brand, caller: Caller) -> None:
        OpportunitiesBoard.objects.create(brand=brand, state="error", error_code="internal", remediation="…")
        assert regenerate_today_board(caller=caller, brand_id=brand.id).created

    def test_regenerate_extends_the_deadline_of_an_overdue_pending_job(self, brand: Brand, caller: Caller) -> None:
        factories.make_job(brand, status="pending", deadline_at=timezone.now() - timedelta(minutes=1))
        assert not regenerate_today_board(caller=caller, brand_id=brand.id).created
        assert get_today_board(caller=caller, brand_id=brand.id).state == TodayBoardState.GENERATING


class TestTenancy:
    def test_tenancy_gives_one_error_for_foreign_and_unknown_ids(self, brand: Brand) -> None:
        job = factories.make_job(brand, status="pending")
        stranger = factories.make_caller(factories.make_tenant())
        for brand_id in (brand.id, uuid4()):
            with pytest.raises(NotFound, match="Brand not found"):
                get_today_board(caller=stranger, brand_id=brand_id)
            with pytest.raises(NotFound, match="Brand not found"):
                regenerate_today_board(caller=stranger, brand_id=brand_id)
        for job_id in (job.id, uuid4()):
            with pytest.raises(NotFound, match="GenerationJob not found"):
                get_generation_job(caller=stranger, job_id=job_id)
        assert OpportunitiesJob.objects.count() == 1
