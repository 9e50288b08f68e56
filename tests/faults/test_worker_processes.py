"""Worker processes as they are started, stopped and left alone: no fault yet."""

from __future__ import annotations

import signal
import statistics
import time
from pathlib import Path
from uuid import uuid4

import pytest

from kairo.jobs.dispatch import MAX_PENDING_WAKEUPS
from tests.faults.world import World, eventually, is_running


def test_an_idle_worker_starts_a_committed_job_within_a_second(world: World) -> None:
    driver = world.driver()
    # Nothing but its message could bring a job to the worker within the time of this test.
    world.worker(KAIRO_JOB_POLL_INTERVAL_S="600", KAIRO_JOB_REDISPATCH_S="600")
    waits = []
    for brand in world.brands(20):
        (answer,) = driver("regenerate", brand_ids=[brand])
        world.await_status(answer["job"], "succeeded", within_s=5)
        job = world.job(answer["job"])
        waits.append((job["started_at"] - job["created_at"]).total_seconds())
        time.sleep(0.05)
    assert statistics.median(waits) < 1  # a busy machine has pauses of its own


@pytest.mark.slow
def test_a_person_goes_before_a_hundred_scheduled_jobs(world: World) -> None:
    driver = world.driver()
    *scheduled, mine = world.brands(101)
    driver("schedule", brand_ids=scheduled)
    (answer,) = driver("regenerate", brand_ids=[mine])

    world.worker(threads=1, engine="Slow", KAIRO_TEST_ENGINE_S="0.02")
    world.await_status(answer["job"], "succeeded", within_s=10)

    assert world.active() > 50, "the scheduled ones had gone first"
    world.await_all(within_s=60)


@pytest.mark.slow
def test_a_backlog_is_done_by_workers_that_were_woken_a_few_times(world: World) -> None:
    driver = world.driver()
    driver("regenerate", brand_ids=world.brands(500), threads=4)
    assert world.active() == 500
    # Each thread may have counted before the others sent theirs.
    assert MAX_PENDING_WAKEUPS <= world.valkey.client.llen("dramatiq:boards") < MAX_PENDING_WAKEUPS + 4

    # Nothing but these messages, and what is made of them, brings a job to a worker.
    for _ in range(2):  # slow enough for the second to start before the first has done it all
        world.worker(
            engine="Slow",
            KAIRO_TEST_ENGINE_S="0.05",
            KAIRO_JOB_POLL_INTERVAL_S="600",
            KAIRO_JOB_SWEEP_INTERVAL_S="600",
        )
    world.await_all(within_s=60)

    assert world.one("SELECT count(DISTINCT locked_by) FROM hero_opportunitiesjob") == 2, "one did all the work"
    eventually(lambda: world.valkey.client.hlen("dramatiq:boards.msgs"), lambda left: left == 0, within_s=20)


@pytest.mark.slow
def test_a_backlog_of_boards_leaves_room_for_other_messages(world: World) -> None:
    driver = world.driver()
    driver("regenerate", brand_ids=world.brands(200), threads=4)
    world.worker(threads=1, engine="Slow", KAIRO_TEST_ENGINE_S="0.05")
    eventually(lambda: world.count("succeeded"), lambda seen: seen > 5, within_s=10)

    world.send([str(uuid4())], queue="evidence", actor="ingest_evidence")
    eventually(lambda: world.valkey.client.hlen("dramatiq:evidence.msgs"), lambda left: left == 0, within_s=4)

    assert world.active() > 100, "it was heard when the boards were done"
    world.await_all(within_s=60)


def test_without_redis_a_job_starts_within_the_poll_interval(world: World) -> None:
    driver = world.driver(REDIS_URL="")
    poller = world.poller("--max-jobs", "0", ready=True, REDIS_URL="")
    waits = []
    for brand in world.brands(3):
        (answer,) = driver("regenerate", brand_ids=[brand])
        world.await_status(answer["job"], "succeeded", within_s=10)
        job = world.job(answer["job"])
        waits.append((job["started_at"] - job["created_at"]).total_seconds())
    assert statistics.median(waits) < 2
    assert poller.terminate() == 0


@pytest.mark.slow
def test_the_procfiles_worker_polls_when_there_is_no_redis(world: World) -> None:
    world.insert_jobs(1)
    group = world.worker(ready=False, REDIS_URL="")
    world.await_all(within_s=15)
    assert group.terminate() == 0


def test_an_idle_poller_ends_soon_after_sigterm(world: World) -> None:
    poller = world.poller("--poll-interval", "3600")
    job = world.insert_jobs(1)[0]
    world.await_status(job, "succeeded", within_s=15)
    time.sleep(0.3)

    assert poller.terminate(within_s=300) == 0, "it slept on"


@pytest.mark.slow
def test_once_as_a_process_runs_one_job_though_redis_is_down(world: World) -> None:
    world.insert_jobs(2)
    world.valkey.kill()
    assert world.poller("--once").handle.wait(30) == 0
    assert world.active() == 1
    assert world.poller("--max-jobs", "1").handle.wait(30) == 0


class TestSigterm:
    def test_a_short_job_is_finished_and_nothing_new_is_claimed(self, world: World) -> None:
        world.send(world.insert_jobs(30))
        worker = world.worker(threads=2, engine="Slow", KAIRO_TEST_ENGINE_S="1")
        # Not in the middle of the first two: their engines' processes have to start.
        eventually(lambda: world.count("succeeded"), lambda seen: seen >= 2, within_s=10)

        worker.handle.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        claimed = world.count("claimed")
        assert worker.handle.wait(60) == 0

        assert world.count("claimed") == world.count("succeeded") == claimed < 30
        assert world.count("released") == 0
        assert world.one("SELECT count(*) FROM hero_opportunitiesjob WHERE status = 'running'") == 0
        world.worker(threads=4)
        world.await_all(within_s=20)

    def test_a_long_job_is_given_back_without_costing_an_attempt(self, world: World, tmp_path: Path) -> None:
        gate = tmp_path / "gate"
        job = world.insert_jobs(1)[0]
        world.send([job])
        worker = world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate))
        eventually(gate.with_suffix(".begun").exists, within_s=10)

        worker.handle.send_signal(signal.SIGTERM)
        waited = world.await_status(job, "pending", within_s=8)
        assert 2 < waited < 12, "released within the grace, and not before its end"
        assert world.job(job)["attempts"] == 0
        worker.handle.wait(60)
        engine = int(gate.with_suffix(".begun").read_text())
        eventually(lambda: not is_running(engine), within_s=3)

        world.worker()
        world.await_status(job, "succeeded", within_s=5)
        assert world.kinds(job) == ["enqueued", "claimed", "released", "claimed", "succeeded"]

    @pytest.mark.slow
    def test_a_poller_gives_a_long_job_back_and_ends(self, world: World, tmp_path: Path) -> None:
        gate = tmp_path / "gate"
        job = world.insert_jobs(1)[0]
        poller = world.poller(engine="Gated", KAIRO_TEST_GATE=str(gate))
        eventually(gate.with_suffix(".begun").exists, within_s=10)

        assert poller.terminate(within_s=8) == 0

        assert world.job(job)["attempts"] == 0
        assert world.poller("--once").handle.wait(20) == 0
        assert world.kinds(job) == ["enqueued", "claimed", "released", "claimed", "succeeded"]

    @pytest.mark.slow
    def test_a_job_that_was_found_by_polling_is_finished_or_given_back_too(self, world: World, tmp_path: Path) -> None:
        gate = tmp_path / "gate"
        first, second = world.insert_jobs(2)
        world.valkey.kill()
        reconnect = world.worker(engine="Slow", KAIRO_TEST_ENGINE_S="2", KAIRO_TEST_GATE=str(gate))
        eventually(gate.with_suffix(".begun").exists, within_s=10)
        assert reconnect.terminate() == 0
        assert world.count("succeeded") == 1
        gate.with_suffix(".begun").unlink()

        stuck = world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate))
        eventually(gate.with_suffix(".begun").exists, within_s=10)
        stuck.terminate()
        assert world.count("released") == 1
        assert world.poller("--once").handle.wait(20) == 0
        assert {world.status(first), world.status(second)} == {"succeeded"}
        assert {world.job(first)["attempts"], world.job(second)["attempts"]} == {1}
