from __future__ import annotations

import logging
import re
import threading
import time
from pathlib import Path

import pytest
from dramatiq.middleware import Shutdown, TimeLimitExceeded
from pytest_django import Settings

from kairo.core.models import Brand
from kairo.hero.generation import engine_process
from kairo.hero.generation.job_runner import JobRunner
from kairo.hero.jobs import queue
from kairo.observability.logs import ContextFilter
from tests.factories import make_brand, make_posts
from tests.hero.jobs.rows import age, board, kinds, pending, row

pytestmark = pytest.mark.django_db(transaction=True)

ENGINES = "tests.faults.engines."


@pytest.fixture
def brand() -> Brand:
    brand = make_brand()
    make_posts(brand, 10)
    return brand


@pytest.fixture(autouse=True)
def quick(settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = ENGINES + "Quick"


def test_runner_stores_the_board_of_a_job(brand: Brand) -> None:
    job = pending(brand)
    runner = JobRunner()

    assert runner.run(job_id=job.id) == job.id

    stored, made = row(job.id), board(job.id)
    assert (stored.status, stored.stage, stored.percent, stored.locked_by) == (
        "succeeded",
        "storing",
        100,
        runner.worker_id,
    )
    assert (made.state, made.ready_reason, made.attempt) == ("ready", "no_valid_candidates", 1)
    assert made.as_of == stored.locked_at
    assert kinds(job.id) == ["enqueued", "claimed", "succeeded"]


def test_runner_does_not_retry_insufficient_evidence() -> None:
    brand = make_brand()
    make_posts(brand, 3)
    job = pending(brand)

    JobRunner().run_next()

    assert row(job.id).status == "insufficient_evidence"
    assert board(job.id).state == "insufficient_evidence"
    assert row(job.id).attempts == 1


def test_runner_tries_a_failing_job_three_times_and_stores_an_error_board(brand: Brand, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "no.such.engine"
    job = pending(brand)
    runner = JobRunner()
    for _ in range(3):
        assert runner.run_next() == job.id
        assert runner.run_next() is None
        age(job.id, "available_at", seconds=1000)

    assert runner.run_next() is None
    assert (row(job.id).status, row(job.id).error_code) == ("failed", "internal")
    assert board(job.id).diagnostics_json["last_worker"] == runner.worker_id


def test_runner_retries_a_job_whose_engine_times_out(brand: Brand, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = ENGINES + "Slow"
    settings.SYNTHESIS_TIME_LIMIT_S = 0.1
    job = pending(brand)

    JobRunner().run_next()

    assert kinds(job.id) == ["enqueued", "claimed", "retried"]
    assert row(job.id).events.latest("id").detail.startswith("synthesis_timeout: ")


def test_runner_fails_a_job_with_a_broken_setting_as_internal(brand: Brand, settings: Settings) -> None:
    settings.KAIRO_SYNTHESIZER = "no.such.engine"
    settings.JOB_MAX_ATTEMPTS = 1
    job = pending(brand)

    JobRunner().run_next()

    assert (row(job.id).status, row(job.id).error_code) == ("failed", "internal")


@pytest.mark.parametrize("interrupt", [Shutdown, TimeLimitExceeded, SystemExit, KeyboardInterrupt])
def test_runner_records_an_interrupt_and_does_not_raise_it(
    brand: Brand, settings: Settings, interrupt: type[BaseException]
) -> None:
    """As Dramatiq raises them in a worker thread: anywhere, and not as an Exception."""
    settings.JOB_MAX_ATTEMPTS = 1
    job = pending(brand)

    class Interrupted(str):
        __slots__ = ()

        def __bool__(self) -> bool:
            raise interrupt

    settings.KAIRO_SYNTHESIZER = Interrupted("x")

    assert JobRunner().run_next() == job.id

    assert (row(job.id).status, row(job.id).error_code) == ("failed", "stuck_job_timeout")


def test_runner_that_stops_claims_nothing_and_records_declined_jobs(brand: Brand) -> None:
    job = pending(brand)
    runner = JobRunner()
    runner.stop()

    assert runner.run_next() is None
    assert runner.run(job_id=job.id) is None

    assert row(job.id).status == "pending"
    assert runner.declined == [job.id]


def test_runner_cancels_a_job_without_waiting_for_its_engine(
    brand: Brand, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("KAIRO_TEST_GATE", str(tmp_path / "gate"))
    settings.KAIRO_SYNTHESIZER = ENGINES + "Gated"
    settings.SYNTHESIS_TIME_LIMIT_S = 600
    settings.JOB_HEARTBEAT_S = 0.1
    engine_process.pool.end_idle()  # they have another environment
    job = pending(brand)
    thread = threading.Thread(target=JobRunner().run_next)
    thread.start()
    while not (tmp_path / "gate.begun").exists():
        assert thread.is_alive()
        time.sleep(0.01)

    queue.cancel(job_id=job.id, by="test")
    thread.join(60)

    assert not thread.is_alive(), "the runner waited for the engine"
    assert row(job.id).status == "cancelled"
    assert kinds(job.id) == ["enqueued", "claimed", "cancel_requested", "cancelled"]


def test_runner_log_lines_have_the_ids_of_the_job(brand: Brand, caplog: pytest.LogCaptureFixture) -> None:
    job = pending(brand, request_id="r-1")
    runner = JobRunner()
    with caplog.at_level(logging.INFO):
        caplog.handler.addFilter(ContextFilter())
        runner.run_next()

    lines = [record for record in caplog.records if record.name.startswith(("kairo.hero", "kairo.jobs"))]
    assert len(lines) >= 2
    for line in lines:
        ids = {
            name: getattr(line, name, None) for name in ("job_id", "brand_id", "tenant_id", "worker_id", "request_id")
        }
        assert ids == {
            "job_id": str(job.id),
            "brand_id": str(brand.id),
            "tenant_id": str(brand.tenant_id),
            "worker_id": runner.worker_id,
            "request_id": "r-1",
        }


def test_runner_worker_id_is_its_host_and_a_random_suffix() -> None:
    first, second = JobRunner().worker_id, JobRunner().worker_id
    assert re.fullmatch(r".+-[0-9a-f]{8}", first)
    assert first != second
