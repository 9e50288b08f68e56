"""The command, in this process. With signals and as a process of its own: tests/faults."""

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
def signals_are_given_back() -> Iterator[None]:
    """The command takes SIGTERM and SIGINT, which are pytest's here."""
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


def test_once_runs_one_job_and_exits() -> None:
    pending()
    pending()
    run("--once")
    assert ended() == 1


def test_once_exits_when_there_is_nothing_to_do() -> None:
    run("--once")


def test_max_jobs_is_where_it_ends() -> None:
    for _ in range(3):
        pending()
    run("--max-jobs", "2")
    assert ended() == 2


def test_dry_run_says_what_would_run_in_order_and_changes_no_row() -> None:
    low, high = pending(priority=0), pending(priority=10)
    lost = make_job(make_brand(), status=JobStatus.RUNNING)
    age(lost.id, "lease_expires_at", seconds=100)
    pending_later = pending()
    age(pending_later.id, "available_at", seconds=-100)
    before = checksum()

    said = run("--dry-run").splitlines()

    assert [line.split()[3] for line in said] == [str(lost.id), str(high.id), str(low.id)]
    assert "attempt 2 of 3" in said[0]
    assert checksum() == before


def test_a_dry_run_may_be_limited_and_may_find_nothing() -> None:
    assert run("--dry-run") == "no job is due\n"
    pending()
    pending()
    assert len(run("--dry-run", "--once").splitlines()) == 1
    assert len(run("--dry-run", "--max-jobs", "2").splitlines()) == 2
    assert row(OpportunitiesJob.objects.all()[0].id).status == "pending"


@pytest.mark.parametrize("options", [("--poll-interval", "0"), ("--stale-check-interval", "-1"), ("--max-jobs", "-1")])
def test_senseless_options_are_refused(options: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match="above 0"):
        run(*options)


def test_an_engine_that_cannot_be_loaded_ends_it_at_once(settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "nowhere.at.all"
    job = pending(make_brand())
    with pytest.raises(CommandError, match=r"^KAIRO_SYNTHESIZER names 'nowhere.at.all', which cannot be used: .*$"):
        run("--once")
    assert row(job.id).status == JobStatus.PENDING


@pytest.mark.usefixtures("feed")
def test_it_reads_sources_too_when_no_board_is_to_be_made() -> None:
    ingestion = make_ingestion_job(brand := make_brand(), connection_ids=[make_feed(brand).id])
    pending()
    run("--once")
    ingestion.refresh_from_db()
    assert (ended(), ingestion.status) == (1, "pending")
    run("--once")
    ingestion.refresh_from_db()
    assert ingestion.status == "succeeded"
