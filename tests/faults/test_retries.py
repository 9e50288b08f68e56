"""Jobs that fail by themselves, on real workers."""

from __future__ import annotations

import pytest

from tests.faults.world import World


@pytest.mark.slow
def test_the_gaps_between_attempts_grow_as_promised(world: World) -> None:
    jobs = world.insert_jobs(3)
    world.send(jobs)
    world.worker(engine="Broken", KAIRO_JOB_RETRY_BASE_S="1.5", KAIRO_JOB_SWEEP_INTERVAL_S="0.3")
    world.await_all(within_s=40)
    for job in jobs:
        assert world.kinds(job) == ["enqueued", "claimed", "retried", "claimed", "retried", "claimed", "succeeded"]
        moments = world.sql("SELECT kind, at FROM hero_opportunitiesjobevent WHERE job_id = %s ORDER BY id", job)
        failures = [row["at"] for row in moments if row["kind"] == "retried"]
        claims = [row["at"] for row in moments if row["kind"] == "claimed"][1:]
        gaps = [(claim - failure).total_seconds() for failure, claim in zip(failures, claims, strict=True)]
        # The back-off and its jitter of a fifth, and then up to a sweep, and a busy machine.
        assert 1.5 <= gaps[0] <= 1.5 * 1.2 + 1.5
        assert 3.0 <= gaps[1] <= 3.0 * 1.2 + 1.5
    boards = world.sql("SELECT state, attempt, content FROM hero_opportunitiesboard")
    assert [(board["state"], board["attempt"], board["content"]["engine"]) for board in boards] == [
        ("ready", 3, "kairo-builtin")
    ] * 3
    assert all(board["content"]["notes"][0].startswith("BUILT_IN_ENGINE: ") for board in boards)
