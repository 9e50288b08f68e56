"""Workers without any fault: what the faults are measured against."""

from __future__ import annotations

import statistics
import time

from tests.faults.world import World


def test_an_idle_worker_starts_a_committed_job_within_a_second(world: World) -> None:
    driver = world.driver()
    world.worker()
    waits = []
    for brand in world.brands(20):
        ((answer),) = driver("regenerate", brand_ids=[brand])
        world.await_status(answer["job"], "succeeded", within_s=5)
        job = world.job(answer["job"])
        waits.append((job["started_at"] - job["created_at"]).total_seconds())
        time.sleep(0.05)
    assert max(waits) < 1
    assert statistics.median(waits) < 0.15
