from __future__ import annotations

from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from kairo.core.models import Brand, Opportunity
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob, OpportunitiesJobEvent
from tests.factories import make_brand, make_job, make_opportunity, make_ready_board
from tests.hero.jobs.rows import at_once, claimed, finish, pending

pytestmark = pytest.mark.django_db


def made(brand: Brand, *, days_ago: int, state: str = "ready") -> OpportunitiesBoard:
    """A board and its job of so many days ago."""
    lease = claimed(pending(brand))
    finish(lease)
    board = OpportunitiesBoard.objects.get(job_id=lease.job_id)
    if state != "ready":
        OpportunitiesBoard.objects.filter(id=board.id).update(state=state, ready_reason=None)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hero_opportunitiesboard SET created_at = now() - make_interval(days => %s) WHERE id = %s",
            [days_ago, board.id],
        )
        cursor.execute(
            "UPDATE hero_opportunitiesjob SET finished_at = now() - make_interval(days => %s) WHERE id = %s",
            [days_ago, lease.job_id],
        )
    return board


def prune(*options: str) -> str:
    out = StringIO()
    call_command("prune", *options, stdout=out)
    return out.getvalue().strip()


def left() -> set[UUID]:
    return set(OpportunitiesBoard.objects.values_list("id", flat=True))


def test_old_boards_go_with_their_jobs_and_events_and_the_newest_of_each_brand_stay() -> None:
    first, second = make_brand(), make_brand()
    old = [made(first, days_ago=days) for days in (400, 300, 200)]
    young = made(first, days_ago=10)
    only = made(second, days_ago=500)

    assert prune("--keep-boards", "2", "--batch", "1") == "deleted 2 boards, 2 jobs and 0 posts"

    assert left() == {old[2].id, young.id, only.id}
    assert set(OpportunitiesJob.objects.values_list("id", flat=True)) == {
        old[2].job_id,
        young.job_id,
        only.job_id,
    }
    assert not OpportunitiesJobEvent.objects.exclude(job_id__in=[old[2].job_id, young.job_id, only.job_id]).exists()


def test_the_newest_ready_board_stays_behind_any_number_of_errors() -> None:
    brand = make_brand()
    ready = made(brand, days_ago=300)
    errors = [made(brand, days_ago=days, state="error") for days in (200, 190, 180)]

    prune("--keep-boards", "1")

    assert left() == {ready.id, errors[2].id}


def test_what_is_young_stays_however_much_there_is() -> None:
    brand = make_brand()
    boards = {made(brand, days_ago=days).id for days in (5, 6, 7)}
    prune("--keep-boards", "1", "--older-than-days", "30")
    assert left() == boards


def test_opportunities_stay_and_what_a_kept_board_names_is_whole() -> None:
    brand = make_brand()
    idea = make_opportunity(brand)
    kept = make_ready_board(brand, [idea])
    old = make_ready_board(brand, [idea])
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE hero_opportunitiesboard SET created_at = now() - interval '1 year' WHERE id = %s", [old.id]
        )
    OpportunitiesBoard.objects.filter(id=old.id).update(state="ready")

    prune("--keep-boards", "1")

    assert left() == {kept.id}
    assert Opportunity.objects.filter(id=idea.id).exists()
    assert kept.validate_referential_integrity() == (True, [])


def test_active_jobs_and_jobs_with_boards_stay() -> None:
    running = make_job(make_brand(), status=JobStatus.RUNNING)
    boardless = make_job(make_brand(), status=JobStatus.CANCELLED)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE hero_opportunitiesjob SET created_at = now() - interval '1 year'")
        cursor.execute(
            "UPDATE hero_opportunitiesjob SET finished_at = now() - interval '1 year' WHERE finished_at IS NOT NULL"
        )

    assert prune("--dry-run") == "would delete 0 boards, their jobs, 1 jobs without a board, and 0 posts"
    assert OpportunitiesJob.objects.count() == 2
    prune()

    assert list(OpportunitiesJob.objects.values_list("id", flat=True)) == [running.id]
    assert boardless.id != running.id


@pytest.mark.django_db(transaction=True)
def test_four_prunes_at_once_delete_everything_once() -> None:
    brand = make_brand()
    for _ in range(30):
        made(brand, days_ago=200)

    said = at_once(4, lambda _: prune("--keep-boards", "1", "--batch", "3"))

    assert sum(int(line.split()[1]) for line in said) == 29
    assert OpportunitiesBoard.objects.count() == OpportunitiesJob.objects.count() == 1


@pytest.mark.parametrize("options", [("--keep-boards", "0"), ("--batch", "0"), ("--older-than-days", "-1")])
def test_senseless_options_are_refused(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="or more"):
        prune(*options)
