"""Runs the command in this process; tests/faults runs it as a process, with signals."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesJob
from tests.evidence.sources import PATHS, Feed, found, make_feed, make_ingestion_job
from tests.factories import make_brand, make_job
from tests.hero.jobs.rows import age, pending, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_redis(settings: Settings) -> None:
    settings.REDIS_URL = ""


@pytest.fixture(autouse=True)
def restored_signal_handlers() -> Iterator[None]:
    """The command replaces pytest's handlers of SIGTERM and SIGINT."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def feed(settings: Settings) -> None:
    settings.KAIRO_EVIDENCE_SOURCES = PATHS
    Feed.answers, Feed.requests = [found(1, 2)], []


def run(*options: str) -> str:
    out = StringIO()
    call_command("opportunities_worker", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def ended() -> int:
    return OpportunitiesJob.objects.filter(status="insufficient_evidence").count()


def checksum() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT md5(string_agg(j::text, '|' ORDER BY j.id)),"
            " (SELECT md5(string_agg(e::text, '|' ORDER BY e.id)) FROM hero_opportunitiesjobevent e),"
            " (SELECT count(*) FROM hero_opportunitiesboard) FROM hero_opportunitiesjob j"
        )
        return list(cursor.fetchone())


def test_worker_once_runs_one_job_and_exits() -> None:
    pending()
    pending()
    run("--once")
    assert ended() == 1


def test_worker_once_exits_without_a_due_job() -> None:
    run("--once")


def test_worker_max_jobs_limits_the_number_of_jobs() -> None:
    for _ in range(3):
        pending()
    run("--max-jobs", "2")
    assert ended() == 2


def test_worker_dry_run_lists_due_jobs_in_order_and_changes_no_row() -> None:
    low, high = pending(priority=0), pending(priority=10)
    lost = make_job(make_brand(), status=JobStatus.RUNNING)
    age(lost.id, "lease_expires_at", seconds=100)
    pending_later = pending()
    age(pending_later.id, "available_at", seconds=-100)
    before = checksum()

    output = run("--dry-run").splitlines()

    assert [line.split()[3] for line in output] == [str(lost.id), str(high.id), str(low.id)]
    assert "attempt 2 of 3" in output[0]
    assert checksum() == before


def test_worker_dry_run_respects_the_limits() -> None:
    assert run("--dry-run") == "no job is due\n"
    pending()
    pending()
    assert len(run("--dry-run", "--once").splitlines()) == 1
    assert len(run("--dry-run", "--max-jobs", "2").splitlines()) == 2
    assert row(OpportunitiesJob.objects.all()[0].id).status == "pending"


@pytest.mark.parametrize("options", [("--poll-interval", "0"), ("--stale-check-interval", "-1"), ("--max-jobs", "-1")])
def test_worker_options_out_of_range_are_refused(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="above 0"):
        run(*options)


def test_worker_exits_when_the_engine_cannot_be_loaded(settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "nowhere.at.all"
    job = pending(make_brand())
    with pytest.raises(CommandError, match=r"^KAIRO_SYNTHESIZER names 'nowhere.at.all', which cannot be used: .*$"):
        run("--once")
    assert row(job.id).status == JobStatus.PENDING


@pytest.mark.usefixtures("feed")
def test_worker_runs_an_ingestion_after_the_generations() -> None:
    ingestion = make_ingestion_job(brand := make_brand(), connection_ids=[make_feed(brand).id])
    pending()
    run("--once")
    ingestion.refresh_from_db()
    assert (ended(), ingestion.status) == (1, "pending")
    run("--once")
    ingestion.refresh_from_db()
    assert ingestion.status == "succeeded"
