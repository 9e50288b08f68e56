"""An archived brand stays readable and starts no jobs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.errors import BrandArchived
from kairo.core.models import Brand
from kairo.core.services.access import Caller
from kairo.core.services.brand_changes import archive_brand, unarchive_brand
from kairo.hero.enums import JobStatus, TodayBoardState
from kairo.hero.jobs.scheduler import enqueue_due_refreshes, refresh_daily
from kairo.hero.models import OpportunitiesJob, RefreshSchedule
from kairo.hero.services.today_service import get_today_board, regenerate_today_board
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand() -> Brand:
    return factories.make_brand()


@pytest.fixture
def caller(brand: Brand) -> Caller:
    return factories.make_caller(brand.tenant)


def test_archived_brand_is_regenerated_only_after_unarchiving(brand: Brand, caller: Caller) -> None:
    archive_brand(caller=caller, brand_id=brand.id)
    with pytest.raises(BrandArchived):
        regenerate_today_board(caller=caller, brand_id=brand.id)
    assert not OpportunitiesJob.objects.exists()
    unarchive_brand(caller=caller, brand_id=brand.id)
    assert regenerate_today_board(caller=caller, brand_id=brand.id).created


def test_archived_brand_regeneration_returns_its_active_job(brand: Brand, caller: Caller) -> None:
    first = regenerate_today_board(caller=caller, brand_id=brand.id, idempotency_key="k")
    archive_brand(caller=caller, brand_id=brand.id)
    for key in (None, "k"):
        again = regenerate_today_board(caller=caller, brand_id=brand.id, idempotency_key=key)
        assert (again.job.id, again.created) == (first.job.id, False)


def test_archived_brand_read_starts_no_first_run(brand: Brand, caller: Caller) -> None:
    factories.make_posts(brand, 10)
    archive_brand(caller=caller, brand_id=brand.id)
    with CaptureQueriesContext(connection) as statements:
        board = get_today_board(caller=caller, brand_id=brand.id)
    assert all(statement["sql"].startswith("SELECT") for statement in statements)
    assert board.meta.state == TodayBoardState.NOT_GENERATED_YET
    assert (board.remediation or "").startswith("The brand is archived")
    assert not OpportunitiesJob.objects.exists()
    unarchive_brand(caller=caller, brand_id=brand.id)
    assert get_today_board(caller=caller, brand_id=brand.id).meta.state == TodayBoardState.GENERATING


def test_archived_brand_shows_its_last_board(brand: Brand, caller: Caller) -> None:
    idea = factories.make_opportunity(brand)
    factories.make_ready_board(brand, [idea])
    archive_brand(caller=caller, brand_id=brand.id)
    board = get_today_board(caller=caller, brand_id=brand.id)
    assert board.meta.state == TodayBoardState.READY
    assert [shown.id for shown in board.opportunities] == [idea.id]


def test_archived_brand_is_skipped_by_its_schedule(brand: Brand, caller: Caller) -> None:
    refresh_daily(brand_id=brand.id, hour=7, time_zone="UTC")
    RefreshSchedule.objects.update(scheduled_on=None)
    archive_brand(caller=caller, brand_id=brand.id)
    due = datetime(2025, 6, 2, 8, tzinfo=UTC)
    assert enqueue_due_refreshes(at=due) == 0
    unarchive_brand(caller=caller, brand_id=brand.id)
    assert enqueue_due_refreshes(at=due) == 1
    assert OpportunitiesJob.objects.get(brand=brand).status == JobStatus.PENDING
