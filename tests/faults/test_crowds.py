"""Many at once: deliveries, requests, sweeps, and one tenant's thousand jobs."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults.world import World, eventually, frozen


@pytest.mark.slow
def test_a_thousand_jobs_delivered_three_times_to_eight_workers_make_a_thousand_boards(world: World) -> None:
    for _ in range(4):
        world.worker(processes=2, threads=2, KAIRO_JOB_LEASE_S="10")
    world.send(world.insert_jobs(1000), deliveries=3)
    world.await_all(within_s=150)
    eventually(lambda: world.valkey.client.hlen("dramatiq:boards.msgs"), lambda left: left == 0, within_s=60)
    assert world.one("SELECT count(*) FROM hero_opportunitiesboard") == 1000
    assert world.one("SELECT count(DISTINCT locked_by) FROM hero_opportunitiesjob") > 4, "some did all the work"


@pytest.mark.slow
def test_thirty_requests_at_once_from_three_processes_make_one_job(world: World) -> None:
    (brand,) = world.brands(1)
    drivers = [world.driver() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        answers = [
            answer
            for part in pool.map(lambda driver: driver("regenerate", brand_ids=[brand] * 10, threads=10), drivers)
            for answer in part
        ]
    assert len(answers) == 30
    assert len({answer["job"] for answer in answers}) == 1
    assert sum(answer["created"] for answer in answers) == 1
    assert world.one("SELECT count(*) FROM hero_opportunitiesjob") == 1
    world.worker()
    world.await_all(within_s=10)


@pytest.mark.slow
def test_sweeps_of_four_processes_at_once_over_five_hundred_stale_jobs(world: World) -> None:
    world.insert_jobs(500)
    world.sql(
        """
        WITH run AS (
            UPDATE hero_opportunitiesjob j
            SET status = 'running', lease_token = gen_random_uuid(), lease_expires_at = now() - interval '9 seconds',
                locked_at = now() - interval '10 seconds', started_at = now(), locked_by = 'gone',
                attempts = CASE WHEN n.number % 2 = 0 THEN 1 ELSE 3 END
            FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM hero_opportunitiesjob) n
            WHERE n.id = j.id RETURNING j.id, attempts
        )
        INSERT INTO hero_opportunitiesjobevent (job_id, kind, attempt)
        SELECT id, 'claimed', n FROM run, generate_series(1, attempts) n
        """
    )
    # Rows made by hand: earlier attempts were given back as rescued ones.
    world.sql(
        "DELETE FROM hero_opportunitiesjobevent WHERE kind = 'claimed' AND attempt < 3 AND job_id IN"
        " (SELECT id FROM hero_opportunitiesjob WHERE attempts = 3)"
    )
    world.sql("UPDATE hero_opportunitiesjob SET attempts = 1, max_attempts = 1 WHERE attempts = 3")
    drivers = [world.driver() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda driver: driver("sweep"), drivers))

    print(f"taken by each sweep: {taken}")  # noqa: T201  the figure is the point
    assert sum(taken) == 500
    assert sum(number > 0 for number in taken) > 1, "the sweeps did not run at once"
    assert world.one("SELECT count(*) FROM hero_opportunitiesboard WHERE state = 'error'") == 250
    assert world.count("rescued") == 250
    world.worker()
    world.await_all(within_s=60)


@pytest.mark.slow
def test_a_thousand_jobs_whose_leases_run_out_while_they_end(world: World) -> None:
    """Workers that stand still by turns, for longer than their leases: each ending may meet a sweep or a take-over."""
    world.send(world.insert_jobs(1000))
    workers = [
        world.worker(
            threads=8,
            engine="Slow",
            ready=False,
            KAIRO_TEST_ENGINE_S="0-0.5",
            KAIRO_JOB_LEASE_S="0.2",
            KAIRO_JOB_HEARTBEAT_S="0.1",
            KAIRO_JOB_SWEEP_INTERVAL_S="0.1",
        )
        for _ in range(2)
    ]
    for turn in range(30):
        with frozen(workers[turn % 2]):
            time.sleep(0.4)
        time.sleep(0.2)
    world.await_all(within_s=200)
    print(f"{world.count('fenced')} fenced, {world.count('rescued')} rescued, {world.count('taken_over')} taken over")  # noqa: T201  the figure is the point
    assert world.count("fenced") > 0


@pytest.mark.slow
def test_one_tenants_thousand_jobs_do_not_starve_anothers_single_one(world: World) -> None:
    driver = world.driver()
    theirs = [
        row["id"]
        for row in world.sql(
            "SELECT b.id::text FROM core_brand b JOIN core_tenant t ON t.id = b.tenant_id WHERE t.slug = 'tenant-1'"
        )
    ]
    mine = world.one(
        "SELECT b.id::text FROM core_brand b JOIN core_tenant t ON t.id = b.tenant_id WHERE t.slug = 'tenant-2' LIMIT 1"
    )
    driver("regenerate", brand_ids=theirs, threads=4)
    world.worker(engine="Slow", KAIRO_TEST_ENGINE_S="0.02")
    # By then each thread has started its engine's process.
    eventually(lambda: world.count("succeeded"), lambda seen: seen > 60, within_s=60)

    (answer,) = driver("regenerate", brand_ids=[mine])
    waited_s = world.await_status(answer["job"], "succeeded", within_s=60)

    print(f"waited {waited_s:.2f} s behind {world.active()} jobs of another tenant")  # noqa: T201  the figure is the point
    # In the order of arrival none would be active by now. How long it takes says how busy the machine is.
    assert world.active() > 300
    world.await_all(within_s=90)
