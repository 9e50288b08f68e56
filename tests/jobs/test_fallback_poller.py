from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

import pytest
from pytest_django import Settings

from kairo.hero.jobs import queue
from kairo.jobs import broker
from kairo.jobs.fallback_poller import FallbackPoller
from kairo.jobs.heartbeat import RunningAttempt
from kairo.jobs.lease import Ending
from kairo.jobs.runner import Failure, JobRunner, Result
from tests.hero.jobs.rows import finish, pending, row

PATIENCE_S = 20

pytestmark = pytest.mark.django_db(transaction=True)


class SlowWork:
    """Counts the attempts that run, and keeps them until `go_on` is set."""

    def __init__(self) -> None:
        self.running = 0
        self.go_on = threading.Event()

    def run(self, attempt: RunningAttempt) -> str:
        self.running += 1
        self.go_on.wait(PATIENCE_S)
        return "result"

    def store(self, results: Sequence[Result[str]]) -> list[Ending]:
        return [finish(attempt.lease) for attempt, _ in results]

    def failure(self, error: BaseException) -> Failure:
        return Failure(error_code="internal", detail=str(error))


def eventually(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def work() -> SlowWork:
    return SlowWork()


@pytest.fixture
def runner(settings: Settings, work: SlowWork) -> Iterator[JobRunner[str]]:
    settings.JOB_POLL_INTERVAL_S = 0.05
    runner = JobRunner(queue.KIND, work)
    poller = FallbackPoller(runner=runner, threads=2)
    poller.start()
    yield runner
    poller.stop()
    runner.stop()
    work.go_on.set()
    runner.drain()


def test_long_job_keeps_no_other_from_starting_while_the_broker_takes_no_messages(
    settings: Settings, runner: JobRunner[str], work: SlowWork
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    jobs = [pending() for _ in range(3)]
    eventually(lambda: work.running == 2)  # as many as there are threads
    time.sleep(0.3)
    assert work.running == 2
    work.go_on.set()
    eventually(lambda: [row(job.id).status for job in jobs] == ["succeeded"] * 3)


def test_busy_process_leaves_jobs_to_their_wakeups_while_the_broker_takes_messages(
    runner: JobRunner[str], work: SlowWork
) -> None:
    assert broker.failure() is None
    pending()
    eventually(lambda: work.running == 1)
    later = pending()
    time.sleep(0.3)
    assert (work.running, row(later.id).status) == (1, "pending")
