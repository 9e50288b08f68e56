"""Workers that die, at every bad moment."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest

from tests.faults.world import ROOT, Group, World, eventually, is_running


def test_kill_9_in_the_middle_of_a_job(world: World, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    doomed = world.worker(
        engine="Gated",
        KAIRO_TEST_GATE=str(gate),
        KAIRO_SYNTHESIS_TIME_LIMIT_S="300",
        KAIRO_JOB_TIME_LIMIT_S="300",
        KAIRO_JOB_DEADLINE_S="600",
    )
    eventually(gate.with_suffix(".begun").exists, within_s=10)
    engine = int(gate.with_suffix(".begun").read_text())
    world.worker()
    assert is_running(engine)

    doomed.kill()
    eventually(lambda: not is_running(engine), within_s=3)
    recovered_s = world.await_status(job, "succeeded", within_s=3 + 1 + 4)

    print(f"recovered {recovered_s:.1f} s after its worker's death, with a lease of 3 s and a sweep each second")  # noqa: T201  the figure is the point
    assert world.job(job)["death_count"] == 1
    assert world.kinds(job)[1:] in (
        ["claimed", "rescued", "claimed", "succeeded"],
        ["claimed", "taken_over", "succeeded"],
    )


def test_kill_9_between_the_boards_insert_and_its_commit(world: World) -> None:
    world.sql(
        """
        CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.attempt = 1 THEN PERFORM pg_sleep(4); END IF;
            RETURN NEW;
        END $$
        """
    )
    world.sql("CREATE TRIGGER dawdle AFTER INSERT ON hero_opportunitiesboard FOR EACH ROW EXECUTE FUNCTION dawdle()")
    job = world.insert_jobs(1)[0]
    world.send([job])
    doomed = world.worker()
    inserting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()"
    eventually(lambda: world.one(inserting), within_s=10)

    doomed.kill()
    assert world.status(job) == "running", "the fault came too late"
    world.worker()
    world.await_status(job, "succeeded", within_s=20)

    assert world.job(job)["attempts"] == 2
    assert world.one("SELECT attempt FROM hero_opportunitiesboard") == 2


@pytest.mark.slow
def test_kill_9_after_the_commit_and_before_the_message_is_acknowledged(world: World, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    doomed = world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate), KAIRO_JOB_POLL_INTERVAL_S="100")
    eventually(gate.with_suffix(".begun").exists, within_s=10)
    world.valkey.signal(signal.SIGSTOP)
    gate.touch()
    world.await_status(job, "succeeded", within_s=10)
    doomed.kill()
    world.valkey.signal(signal.SIGCONT)
    held = "dramatiq:boards.msgs"
    assert world.valkey.client.hlen(held) == 1, "the message was acknowledged after all"

    world.worker()

    # The message of a silent worker comes back after 30 s.
    eventually(lambda: world.valkey.client.hlen(held), lambda left: left == 0, within_s=45)
    assert world.kinds(job) == ["enqueued", "claimed", "succeeded"]


@pytest.mark.slow
def test_a_job_that_kills_its_worker_each_time_is_given_up(world: World) -> None:
    job = world.insert_jobs(1)[0]
    world.send([job])
    deaths = 0
    end = time.monotonic() + 90

    def supervised() -> Group:
        return world.worker(ready=False, engine="Poison", KAIRO_JOB_LEASE_S="1", KAIRO_JOB_HEARTBEAT_S="0.3")

    worker = supervised()
    while world.status(job) != "failed":
        assert time.monotonic() < end, world.kinds(job)
        time.sleep(0.1)
        if not worker.alive:
            deaths += 1
            worker = supervised()

    assert deaths == 3
    row = world.job(job)
    assert (row["error_code"], row["attempts"], row["death_count"]) == ("worker_died", 3, 3)
    (board,) = world.sql("SELECT * FROM hero_opportunitiesboard")
    assert (board["state"], board["error_code"]) == ("error", "worker_died")
    assert board["diagnostics_json"]["last_worker"] == row["locked_by"]


@pytest.mark.slow
def test_the_thread_that_renews_the_lease_dies_alone(world: World, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    world.worker(
        engine="Outlasting",
        threads=2,
        KAIRO_TEST_GATE=str(gate),
        KAIRO_TEST_KILLED_THREAD="lease-renewer",
        PYTHONPATH=f"{Path(__file__).parent / 'killed_thread'}:{ROOT}",
    )
    eventually(gate.exists, within_s=10)
    eventually(gate.with_suffix(".dead").exists, within_s=5)

    world.await_status(job, "succeeded", within_s=10)

    eventually(lambda: world.count("fenced"), within_s=10)
    assert world.job(job)["attempts"] == 2
    assert world.one("SELECT attempt FROM hero_opportunitiesboard") == 2
