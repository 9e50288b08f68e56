"""The faults that every kind of job must bear, on each kind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.faults.kinds import FaultKind, both_kinds, ingestions_each_time
from tests.faults.proxy import CommitEater
from tests.faults.world import World, eventually, frozen


@pytest.mark.slow
@both_kinds
def test_kill_9_in_the_middle_of_a_job(world: World, tmp_path: Path, kind: FaultKind) -> None:
    gate = tmp_path / "gate"
    (job,) = kind.insert(world, 1)
    kind.send(world, [job])
    doomed = kind.worker(world, gate=gate)
    eventually(gate.with_suffix(".begun").exists, within_s=10)

    doomed.kill()
    assert kind.job(world, job)["status"] == "running", "the fault came too late"
    kind.worker(world)
    kind.await_all(world, within_s=10)

    row = kind.job(world, job)
    assert (row["status"], row["attempts"], row["death_count"]) == ("succeeded", 2, 1)


@ingestions_each_time
def test_worker_frozen_beyond_its_lease_is_fenced(world: World, tmp_path: Path, kind: FaultKind) -> None:
    gate = tmp_path / "gate"
    (job,) = kind.insert(world, 1)
    kind.send(world, [job])
    paused = kind.worker(world, gate=gate)
    eventually(gate.with_suffix(".begun").exists, within_s=10)

    with frozen(paused):
        kind.worker(world)
        eventually(lambda: kind.active(world), lambda left: left == 0, within_s=15)
        heir = kind.job(world, job)["locked_by"]
        gate.touch()

    eventually(lambda: kind.count(world, "fenced"), within_s=10)
    row = kind.job(world, job)
    assert (row["attempts"], row["locked_by"]) == (2, heir)
    kind.await_all(world, within_s=1)


@pytest.mark.slow
@both_kinds
def test_three_deliveries_of_each_message_run_each_job_once(world: World, kind: FaultKind) -> None:
    for _ in range(2):
        kind.worker(world, processes=2, threads=2)
    kind.send(world, kind.insert(world, 200), deliveries=3)
    kind.await_all(world, within_s=60)
    eventually(lambda: kind.messages(world), lambda left: left == 0, within_s=40)
    assert kind.count(world, "claimed") == kind.count(world, "succeeded") == 200


@ingestions_each_time
def test_wakeups_that_redis_lost_are_sent_again(world: World, kind: FaultKind) -> None:
    jobs = kind.insert(world, 60)
    kind.send(world, jobs)
    kind.worker(world, slow_s="0.3", threads=2, KAIRO_JOB_POLL_INTERVAL_S="600")
    eventually(lambda: kind.count(world, "succeeded"), lambda seen: seen >= 4, within_s=20)
    assert kind.active(world) > 30

    world.valkey.client.flushall()

    kind.await_all(world, within_s=60)
    assert kind.count(world, "claimed") == 60


@pytest.mark.slow
@both_kinds
def test_backends_terminated_five_times_under_load(world: World, kind: FaultKind) -> None:
    kind.send(world, kind.insert(world, 150))
    workers = [kind.worker(world, threads=4, slow_s="0.1-0.3") for _ in range(2)]
    hits = 0
    for _ in range(5):
        time.sleep(1)
        hits += len(
            world.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND datname = current_database()"
            )
        )
    assert hits >= 15
    assert kind.active(world) > 0, "they were done before"
    kind.await_all(world, within_s=90)
    assert all(worker.alive for worker in workers)


@ingestions_each_time
def test_commit_whose_answer_is_lost_counts_once(world: World, kind: FaultKind) -> None:
    parts = urlsplit(world.database_url)
    proxy = CommitEater(parts.hostname or "", parts.port or 5432, statement=kind.end_statement)
    user = parts.netloc.rpartition("@")[0]
    through = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{proxy.port}", query="sslmode=disable"))
    kind.worker(world, threads=1, DATABASE_URL=through)
    (job,) = kind.insert(world, 1)
    proxy.arm()
    kind.send(world, [job])

    eventually(lambda: proxy.eaten, within_s=15)
    kind.await_all(world, within_s=20)
    time.sleep(4)  # beyond the lease

    assert kind.kinds(world, job)[-1] == "succeeded"
    assert kind.count(world, "succeeded") == 1
    proxy.close()


@pytest.mark.slow
@both_kinds
def test_reapers_against_ends(world: World, kind: FaultKind) -> None:
    """Workers that stand still by turns, for longer than their leases: each end may meet a reaper or a take-over."""
    kind.send(world, kind.insert(world, 300))
    clocks = {"KAIRO_JOB_LEASE_S": "0.2", "KAIRO_INGEST_LEASE_S": "0.2", "KAIRO_JOB_HEARTBEAT_S": "0.1"}
    workers = [
        kind.worker(world, threads=6, slow_s="0-0.5", KAIRO_JOB_SWEEP_INTERVAL_S="0.1", **clocks) for _ in range(2)
    ]
    for turn in range(16):
        with frozen(workers[turn % 2]):
            time.sleep(0.4)
        time.sleep(0.2)
    eventually(lambda: kind.active(world), lambda left: left == 0, within_s=120)
    time.sleep(1)
    kind.await_all(world, within_s=1)
    assert kind.count(world, "fenced") > 0


@ingestions_each_time
def test_other_process_works_when_one_child_is_killed_and_its_sibling_frozen(
    world: World, tmp_path: Path, kind: FaultKind
) -> None:
    """The two have fetched messages, and Redis answers."""
    gate = tmp_path / "gate"
    kind.send(world, kind.insert(world, 12))
    unlucky = kind.worker(world, gate=gate, processes=2, threads=2)
    eventually(lambda: kind.count(world, "claimed"), lambda seen: seen == 4, within_s=20)
    killed, sibling = unlucky.children()
    kind.worker(world)

    os.kill(sibling, signal.SIGSTOP)
    os.kill(killed, signal.SIGKILL)
    began = time.monotonic()
    eventually(lambda: kind.active(world), lambda left: left == 0, within_s=30)
    print(f"all 12 jobs were done {time.monotonic() - began:.1f} s later, with a lease of 3 s")  # noqa: T201  the figure is the point

    # The master does not wait for ever for the frozen one: whatever started it can start it again.
    eventually(lambda: unlucky.alive, lambda alive: not alive, within_s=6 + 5 + 10)
    kind.await_all(world, within_s=1)


@pytest.mark.slow
@both_kinds
def test_one_tenants_flood_delays_another_tenant_by_about_one_job(world: World, kind: FaultKind) -> None:
    tenants = [row["id"] for row in world.sql("SELECT id::text FROM core_tenant ORDER BY slug")]
    jobs = kind.insert(world, 200)
    world.sql(
        f"UPDATE {kind.table} j SET priority = 10, tenant_id = b.tenant_id, turn_at = now() + o.n * interval '1 ms'"
        f" FROM core_brand b, (SELECT id, row_number() OVER (ORDER BY id) AS n FROM {kind.table}) o"
        " WHERE b.id = j.brand_id AND o.id = j.id"
    )
    # One tenant's hundred jobs, and a single one of the other's, of the lowest priority.
    single, *others = [
        row["id"] for row in world.sql(f"SELECT id::text FROM {kind.table} WHERE tenant_id = %s", tenants[1])
    ]
    world.sql(f"DELETE FROM {kind.table}event WHERE job_id = ANY (%s::uuid[])", others)
    world.sql(f"DELETE FROM {kind.table} WHERE id = ANY (%s::uuid[])", others)
    world.sql(f"UPDATE {kind.table} SET turn_at = 'epoch' WHERE id = %s", single)
    world.sql(
        f"UPDATE {kind.table} SET priority = 0, turn_at = {kind.table}_run_order(tenant_id) WHERE id = %s", single
    )
    kind.send(world, jobs[:1])
    kind.worker(world, threads=1, slow_s="0.1")
    eventually(lambda: kind.job(world, single)["started_at"], within_s=20)
    before = world.one(
        f"SELECT count(*) FROM {kind.table} WHERE started_at < (SELECT started_at FROM {kind.table} WHERE id = %s)",
        single,
    )
    assert before <= 2
    kind.await_all(world, within_s=60)


@pytest.mark.slow
@both_kinds
def test_idle_worker_starts_each_of_200_jobs_by_its_wakeup(world: World, kind: FaultKind) -> None:
    """Prints how long they waited: on an idle machine none waits a second."""
    driver = world.driver()
    brands = world.brands(200)
    world.sql(
        "INSERT INTO evidence_sourceconnection (id, brand_id, source, platform, kind, identifier)"
        " SELECT gen_random_uuid(), id, 'slow', 'instagram', 'profile', 'baker' FROM core_brand"
    )
    # Nothing but its wake-up brings a job to the worker in time.
    kind.worker(world, KAIRO_JOB_POLL_INTERVAL_S="600", KAIRO_JOB_SWEEP_INTERVAL_S="600")
    for brand in brands:
        driver("regenerate" if kind.name == "generation" else "refresh", brand_ids=[brand])
        eventually(lambda: kind.active(world), lambda left: left == 0, within_s=10)

    waits = [
        row["wait"]
        for row in world.sql(
            f"SELECT extract(epoch FROM started_at - created_at)::float8 AS wait FROM {kind.table} ORDER BY 1"
        )
    ]
    print(f"{kind.name}: p50 {waits[100] * 1000:.0f} ms, p99 {waits[198] * 1000:.0f} ms, latest {waits[-1]:.2f} s")  # noqa: T201  the figure is the point
    assert len(waits) == 200
