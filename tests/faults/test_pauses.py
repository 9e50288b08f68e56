"""Workers that stand still and do not know it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.faults.world import World, eventually, frozen, is_running


def test_a_worker_paused_longer_than_its_lease_comes_back_as_a_zombie_and_is_fenced(
    world: World, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    paused = world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate))
    eventually(gate.with_suffix(".begun").exists, within_s=10)

    with frozen(paused):
        world.worker()
        world.await_status(job, "succeeded", within_s=15)
        heir = world.job(job)["locked_by"]
        gate.touch()

    eventually(lambda: world.count("fenced"), within_s=10)
    row = world.job(job)
    assert (row["attempts"], row["locked_by"]) == (2, heir)


@pytest.mark.slow
def test_a_worker_paused_shorter_than_its_lease_keeps_its_job(world: World, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    paused = world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate))
    world.worker()
    eventually(gate.with_suffix(".begun").exists, within_s=10)

    with frozen(paused):
        left = world.one("SELECT extract(epoch FROM lease_expires_at - now()) FROM hero_opportunitiesjob")
        time.sleep(1.5)
        world.send([job], deliveries=3)
    assert left > 1.5, "the pause was longer than the lease"
    gate.touch()
    world.await_status(job, "succeeded", within_s=5)

    assert world.kinds(job) == ["enqueued", "claimed", "succeeded"]


def test_no_read_says_generating_past_the_deadline_though_nobody_lives_to_say_so(world: World, tmp_path: Path) -> None:
    """I7, with the engine blocked, and every worker and sweep stopped."""
    gate = tmp_path / "gate"
    driver = world.driver(KAIRO_JOB_DEADLINE_S="5")
    worker = world.worker(
        engine="Gated", KAIRO_TEST_GATE=str(gate), KAIRO_JOB_DEADLINE_S="5", KAIRO_JOB_TIME_LIMIT_S="60"
    )
    (brand,) = world.brands(1)
    (answer,) = driver("regenerate", brand_ids=[brand])
    eventually(gate.with_suffix(".begun").exists, within_s=10)
    with frozen(worker):
        assert driver("today", brand_id=brand)["state"] == "generating"
        reads: list[tuple[bool, str]] = []
        end = time.monotonic() + 7
        while time.monotonic() < end:
            overdue = world.one("SELECT deadline_at <= clock_timestamp() FROM hero_opportunitiesjob")
            reads.append((overdue, driver("today", brand_id=brand)["state"]))
            time.sleep(0.1)
        assert world.status(answer["job"]) == "running"
        seen = driver("today", brand_id=brand)

    assert {state for overdue, state in reads if overdue} == {"error"}
    assert {state for overdue, state in reads if not overdue} >= {"generating"}
    assert seen["error_code"] == "stuck_job_timeout"
    gate.touch()
    world.await_all(within_s=20)


def test_a_job_that_hangs_is_ended_at_its_time_limit_and_so_is_its_engine(world: World, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = world.insert_jobs(1)[0]
    world.send([job])
    world.worker(engine="Gated", KAIRO_TEST_GATE=str(gate), KAIRO_JOB_TIME_LIMIT_S="6", KAIRO_JOB_RETRY_BASE_S="0")
    eventually(gate.with_suffix(".begun").exists, within_s=10)
    engine = int(gate.with_suffix(".begun").read_text())
    eventually(lambda: world.count("retried"), within_s=15)
    eventually(lambda: not is_running(engine), within_s=3)
    gate.touch()
    world.await_status(job, "succeeded", within_s=10)
    eventually(lambda: world.count("fenced"), within_s=5)
    assert world.job(job)["death_count"] == 0
