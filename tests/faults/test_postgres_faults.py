"""Postgres that hangs up, restarts, refuses, or keeps its answer to itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from kairo.devstack.postgres import Cluster, start_postgres
from kairo.devstack.progress import Step
from kairo.devstack.supervisor import Supervisor
from tests.faults import invariants
from tests.faults.conftest import fill
from tests.faults.proxy import CommitEater
from tests.faults.world import ROOT, Valkey, World, eventually


def _hang_up_on_everyone(world: World) -> int:
    rows = world.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    return len(rows)


@pytest.mark.slow
def test_backends_terminated_five_times_under_three_hundred_jobs(world: World) -> None:
    world.send(world.insert_jobs(300))
    workers = [world.worker(threads=4, engine="Slow", KAIRO_TEST_ENGINE_S="0.1-0.3") for _ in range(2)]
    hits = 0
    for _ in range(5):
        time.sleep(1.5)
        hits += _hang_up_on_everyone(world)
    assert hits >= 20
    assert world.active() > 0, "they were done before"
    world.await_all(within_s=90)
    assert all(worker.alive for worker in workers)


def test_a_commit_whose_answer_is_lost_counts_once_and_is_no_failure(world: World) -> None:
    parts = urlsplit(world.database_url)
    proxy = CommitEater(parts.hostname or "", parts.port or 5432)
    user = parts.netloc.rpartition("@")[0]
    through = urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{proxy.port}", query="sslmode=disable"))
    world.worker(threads=1, DATABASE_URL=through)
    job = world.insert_jobs(1)[0]
    proxy.arm()
    world.send([job])

    world.await_status(job, "succeeded", within_s=10)
    eventually(lambda: proxy.eaten, within_s=5)
    time.sleep(4)  # beyond the lease

    assert world.kinds(job) == ["enqueued", "claimed", "succeeded"]
    proxy.close()


def test_claims_and_endings_that_postgres_refuses_are_repeated(world: World) -> None:
    world.sql("CREATE SEQUENCE refused")
    world.sql(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
            IF random() < 0.3 THEN
                PERFORM nextval('refused');
                RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '40001';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    world.sql(
        "CREATE TRIGGER refuse BEFORE UPDATE OF status ON hero_opportunitiesjob FOR EACH ROW EXECUTE FUNCTION refuse()"
    )
    world.send(world.insert_jobs(60))
    world.worker(threads=4)
    world.await_all(within_s=40)
    assert world.one("SELECT last_value FROM refused") > 20
    assert world.one("SELECT count(*) FROM hero_opportunitiesjob WHERE status = 'succeeded' AND attempts = 1") > 55


@pytest.mark.slow
@pytest.mark.parametrize("skew_s", [7200, -7200])
def test_a_worker_whose_clock_is_wrong_by_two_hours_does_no_harm(world: World, tmp_path: Path, skew_s: int) -> None:
    told = tmp_path / "told"
    world.send(world.insert_jobs(5))
    world.worker(
        engine="ClockReader",
        KAIRO_TEST_GATE=str(told),
        KAIRO_TEST_SKEW_S=str(skew_s),
        PYTHONPATH=f"{Path(__file__).parent / 'skew'}:{ROOT}",
    )
    world.await_all(within_s=15)
    by_datetime, by_time = told.read_text().split()
    now = world.one("SELECT extract(epoch FROM clock_timestamp())::float8")
    assert datetime.fromisoformat(by_datetime).timestamp() - now == pytest.approx(skew_s, abs=60)
    assert float(by_time) - now == pytest.approx(skew_s, abs=60)
    assert world.count("claimed") == 5
    assert world.count("rescued") == world.count("taken_over") == 0
    off = world.one(
        "SELECT count(*) FROM hero_opportunitiesjob WHERE greatest(started_at, finished_at, locked_at, updated_at)"
        " NOT BETWEEN created_at AND clock_timestamp()"
    )
    assert off == 0


class TestRestart:
    @pytest.fixture
    def own(self, folder: Path, request: pytest.FixtureRequest) -> Iterator[World]:
        """A world on a Postgres of its own, that may be restarted."""
        cluster = Cluster(
            home=folder / "postgres", binaries_home=folder, log=folder / "postgres.log", password="secret"
        )
        with Supervisor(run_id=folder) as supervisor:
            url = start_postgres(cluster, supervisor=supervisor, shown=Step("PostgreSQL"))
            fill(url)
            world = World(database_url=url, folder=folder, valkey=Valkey(folder=folder / "valkey"))
            world.valkey.start()
            failed_before = request.session.testsfailed
            try:
                yield world
                if request.session.testsfailed == failed_before:
                    invariants.check(world)
            finally:
                world.close()

    @pytest.mark.slow
    def test_an_immediate_restart_under_load(self, own: World) -> None:
        world = own
        world.send(world.insert_jobs(100))
        workers = [world.worker(threads=4, engine="Slow", KAIRO_TEST_ENGINE_S="0.1-0.4") for _ in range(2)]
        eventually(lambda: world.count("succeeded"), lambda seen: seen > 10, within_s=20)
        running = world.one("SELECT count(*) FROM hero_opportunitiesjob WHERE status = 'running'")

        # A backend that is killed makes the server throw everyone out at once and recover from its log.
        victim = world.one(
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1"
        )
        os.kill(victim, signal.SIGKILL)
        assert running > 0
        eventually(lambda: _answers(world), within_s=20)
        assert world.active() > 0, "they were done before"
        world.await_all(within_s=60)
        assert all(worker.alive for worker in workers)


def _answers(world: World) -> bool:
    try:
        return bool(world.one("SELECT 1"))
    except psycopg.OperationalError:
        return False
