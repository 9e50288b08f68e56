from __future__ import annotations

import ctypes
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from pytest_django import Settings

from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Ending, Lease
from kairo.hero.models import OpportunitiesJob
from kairo.jobs.heartbeat import LeaseRenewer, RunningAttempt
from kairo.jobs.lease import JobCancelled, LeaseLost
from tests.hero.jobs.rows import claimed, finish, kinds, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def short_clocks(settings: Settings) -> None:
    settings.JOB_LEASE_S = 5
    settings.JOB_HEARTBEAT_S = 0.1
    settings.JOB_TIME_LIMIT_S = 30


def eventually(true: Callable[[], bool | None], *, within_s: float = 30) -> None:
    end = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.02)


def renewer_thread() -> threading.Thread:
    (thread,) = [it for it in threading.enumerate() if it.name == "lease-renewer" and it.is_alive()][-1:]
    return thread


@contextmanager
def holding(lease: Lease, *, release_at: Callable[[], float | None]) -> Iterator[RunningAttempt]:
    renewer = LeaseRenewer(queue.KIND, release_at=release_at)
    attempt = renewer.register(lease)
    try:
        yield attempt
    finally:
        renewer.unregister(attempt)


def await_renewal(*leases: Lease) -> None:
    """Returns once each lease has been renewed after this moment."""
    before = {lease.job_id: row(lease.job_id).lease_expires_at for lease in leases}
    eventually(lambda: all(row(job_id).lease_expires_at != expires_at for job_id, expires_at in before.items()))


def test_a_lease_is_kept_for_as_long_as_the_attempt_runs() -> None:
    lease = claimed()
    with holding(lease, release_at=lambda: None):
        for _ in range(3):
            await_renewal(lease)
    eventually(lambda: queue.claim(job_id=lease.job_id, worker_id="b") is not None)


def test_the_stage_is_told_with_the_beat() -> None:
    lease = claimed()
    with holding(lease, release_at=lambda: None) as attempt:
        attempt.report("synthesizing", 50)
        eventually(lambda: (row(lease.job_id).stage, row(lease.job_id).percent) == ("synthesizing", 50))


def test_an_attempt_whose_lease_was_taken_goes_no_further() -> None:
    lease = claimed()
    with holding(lease, release_at=lambda: None) as attempt:
        OpportunitiesJob.objects.filter(id=lease.job_id).update(lease_token="00000000-0000-0000-0000-000000000001")
        with pytest.raises(LeaseLost):
            eventually(lambda: attempt.report("storing", 90))


def test_an_attempt_that_is_to_be_cancelled_goes_no_further() -> None:
    lease = claimed()
    with holding(lease, release_at=lambda: None) as attempt:
        queue.cancel(job_id=lease.job_id, by="test")
        with pytest.raises(JobCancelled):
            eventually(lambda: attempt.report("storing", 90))


def test_a_call_that_blocks_past_the_time_limit_is_ended_in_the_row(settings: Settings) -> None:
    settings.JOB_TIME_LIMIT_S = 0.5
    lease = claimed()
    with holding(lease, release_at=lambda: None) as attempt:
        eventually(lambda: row(lease.job_id).status == "pending")
        with pytest.raises(LeaseLost):
            attempt.report("storing", 90)
        assert finish(lease) is Ending.FENCED
    assert kinds(lease.job_id) == ["enqueued", "claimed", "retried", "fenced"]


def test_when_the_grace_is_over_the_job_is_given_back() -> None:
    lease = claimed()
    release_at = float("inf")
    with holding(lease, release_at=lambda: release_at):
        await_renewal(lease)
        assert row(lease.job_id).status == "running"
        release_at = time.monotonic()
        eventually(lambda: row(lease.job_id).status == "pending")
    assert row(lease.job_id).attempts == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_renewer_thread_that_died_is_replaced_with_the_next_job() -> None:
    renewer = LeaseRenewer(queue.KIND, release_at=lambda: None)
    first = claimed()
    attempt = renewer.register(first)
    thread = renewer_thread()
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident or 0), ctypes.py_object(SystemExit))
    thread.join(30)
    assert not thread.is_alive()
    second = renewer.register(claimed())
    try:
        await_renewal(second.lease, first)
    finally:
        for each in (attempt, second):
            renewer.unregister(each)


@pytest.mark.slow
def test_leases_are_renewed_after_every_pooled_connection_was_closed() -> None:
    fill_pool(30)  # as many threads of tests before this one do
    lease = claimed()
    with holding(lease, release_at=lambda: None):
        thread = renewer_thread()
        with connection.cursor() as cursor:
            for _ in range(5):
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )
                time.sleep(0.15)
        await_renewal(lease)
        assert thread.is_alive()


def fill_pool(connections: int) -> None:
    """Leaves so many idle connections in the process's pool."""
    barrier = threading.Barrier(connections)

    def use() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        barrier.wait()
        connection.close()

    threads = [threading.Thread(target=use) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
