"""Workers that die while a run elsewhere is at work, or is being started: none is paid for twice."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.faults.world import Group, World, eventually
from tests.integrations.apify.server import TOKEN, ApiError, Apify

POST = {
    "id": "1",
    "type": "Image",
    "shortCode": "C1",
    "caption": "A loaf",
    "url": "https://www.instagram.com/p/C1/",
    "timestamp": "2026-03-09T08:00:00.000Z",
    "ownerUsername": "nike",
}


@pytest.fixture
def apify() -> Iterator[Apify]:
    with Apify() as server:
        server.items["apify/instagram-scraper"] = [POST]
        yield server


def worker(world: World, apify: Apify) -> Group:
    return world.worker(
        APIFY_API_URL=apify.url,
        APIFY_TOKEN=TOKEN,
        APIFY_ENABLED="true",
        APIFY_TIMEOUT_S="15",
        KAIRO_INGEST_LEASE_S="2",
        KAIRO_INGEST_POLL_S="0.2",
        KAIRO_INGEST_DEADLINE_S="120",
    )


def ask(world: World) -> tuple[str, str]:
    """An ingestion job of a brand with one connection, as enqueue leaves it when its message is lost, and the
    generation job that waits for its end."""
    brand, job, connection = world.brands(1)[0], str(uuid4()), str(uuid4())
    (waiting,) = world.insert_jobs(1)
    world.sql("UPDATE hero_opportunitiesjob SET available_at = now() + interval '1 hour' WHERE id = %s", waiting)
    world.sql(
        """
        INSERT INTO evidence_sourceconnection (id, brand_id, source, platform, kind, identifier)
        VALUES (%s, %s, 'apify', 'instagram', 'profile', 'nike')
        """,
        connection,
        brand,
    )
    world.sql(
        """
        INSERT INTO evidence_ingestionjob
            (id, brand_id, trigger, connection_ids, stop_when_enough, deadline_at, awaited_by)
        VALUES (%s, %s, 'user', ARRAY[%s::uuid], FALSE, now() + interval '2 minutes', %s)
        """,
        job,
        brand,
        connection,
        waiting,
    )
    return job, waiting


def status(world: World, job: str) -> str:
    found: str = world.one("SELECT status FROM evidence_ingestionjob WHERE id = %s", job)
    return found


def test_kill_9_while_the_run_is_at_work_and_the_next_worker_picks_it_up(world: World, apify: Apify) -> None:
    apify.status, apify.faults = "RUNNING", {"run": [ApiError(delay_s=10, status=503)]}
    job, waiting = ask(world)
    doomed = worker(world, apify)
    eventually(lambda: len(apify.of("run")), within_s=20)  # its answer does not come

    assert world.one("SELECT run_id FROM evidence_sourcerun") in apify.runs
    doomed.kill()
    assert status(world, job) == "running", "the fault came too late"
    assert world.status(waiting) == "pending"
    apify.status = "SUCCEEDED"
    worker(world, apify)
    eventually(lambda: status(world, job), lambda seen: seen == "succeeded", within_s=30)

    assert len(apify.of("start")) == 1
    assert world.one("SELECT death_count FROM evidence_ingestionjob") == 1
    assert world.one("SELECT created FROM evidence_sourcerun") == 1
    assert world.one("SELECT actual_usd FROM evidence_spendentry") is not None
    world.await_status(waiting, "succeeded", within_s=20)


def test_kill_9_while_the_run_is_being_started_and_nobody_starts_another(world: World, apify: Apify) -> None:
    apify.faults = {"start": [ApiError(delay_s=10, anyway=True, status=504)]}
    job, waiting = ask(world)
    doomed = worker(world, apify)
    eventually(lambda: len(apify.of("start")), within_s=20)  # it was carried out, and its answer does not come

    doomed.kill()
    assert status(world, job) == "running", "the fault came too late"
    assert world.status(waiting) == "pending"
    worker(world, apify)
    eventually(lambda: status(world, job), lambda seen: seen == "failed", within_s=30)

    assert len(apify.of("start")) == 1
    assert world.one("SELECT error_code FROM evidence_ingestionjob") == "start_unknown"
    assert world.one("SELECT actual_usd IS NULL AND reserved_usd > 0 FROM evidence_spendentry")
    world.await_status(waiting, "succeeded", within_s=20)
