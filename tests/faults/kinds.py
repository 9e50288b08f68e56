"""What a fault test needs to know of a kind of job, to run on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from tests.faults import invariants
from tests.faults.world import Group, World, eventually

SLOW_SOURCE = "tests.faults.sources.Slow"


@dataclass(frozen=True, kw_only=True)
class FaultKind:
    name: str
    table: str
    queue: str
    actor: str
    end_statement: bytes  # part of a statement in the transaction that ends a job, and in no other

    def insert(self, world: World, number: int) -> list[str]:
        """Pending jobs as another release's enqueue left them: without a message, and without newer columns."""
        return world.insert_jobs(number) if self.name == "generation" else insert_ingestions(world, number)

    def worker(self, world: World, *, gate: object = None, slow_s: str = "", **options: Any) -> Group:
        """A worker whose jobs wait for `gate`, or take `slow_s` seconds."""
        changes: dict[str, str] = {"KAIRO_EVIDENCE_SOURCES": SLOW_SOURCE, "KAIRO_INGEST_LEASE_S": "3"}
        if gate is not None:
            changes["KAIRO_TEST_GATE"] = str(gate)
            changes["KAIRO_SYNTHESIS_TIME_LIMIT_S"] = "300"
        if slow_s:
            changes["KAIRO_TEST_ENGINE_S"] = slow_s
        engine = "Gated" if gate is not None else "Slow" if slow_s else ""
        return world.worker(engine=engine, **{**changes, **options})

    def send(self, world: World, jobs: list[str], *, deliveries: int = 1) -> None:
        world.send(jobs, deliveries=deliveries, queue=self.queue, actor=self.actor)

    def messages(self, world: World) -> int:
        number: int = world.valkey.client.hlen(f"dramatiq:{self.queue}.msgs")
        return number

    def job(self, world: World, job: str) -> dict[str, Any]:
        (row,) = world.sql(f"SELECT * FROM {self.table} WHERE id = %s", job)
        return row

    def kinds(self, world: World, job: str) -> list[str]:
        rows = world.sql(f"SELECT kind FROM {self.table}event WHERE job_id = %s ORDER BY id", job)
        return [row["kind"] for row in rows]

    def count(self, world: World, kind: str) -> int:
        number: int = world.one(f"SELECT count(*) FROM {self.table}event WHERE kind = %s", kind)
        return number

    def active(self, world: World) -> int:
        number: int = world.one(f"SELECT count(*) FROM {self.table} WHERE status IN ('pending', 'running')")
        return number

    def await_all(self, world: World, *, within_s: float) -> None:
        eventually(lambda: self.active(world), lambda left: left == 0, within_s=within_s)
        invariants.check_kind(world, self.table)


GENERATION = FaultKind(
    name="generation",
    table="hero_opportunitiesjob",
    queue="boards",
    actor="generate_board",
    end_statement=b"INSERT INTO hero_opportunitiesboard",
)
INGESTION = FaultKind(
    name="ingestion",
    table="evidence_ingestionjob",
    queue="evidence",
    actor="ingest_evidence",
    end_statement=b'SET "stopped_early"',
)
both_kinds = pytest.mark.parametrize("kind", [GENERATION, INGESTION], ids=lambda kind: kind.name)
# Both kinds run the same code, so the suite runs a case on one of them, and --faults on both.
ingestions_each_time = pytest.mark.parametrize(
    "kind", [pytest.param(GENERATION, marks=pytest.mark.slow), INGESTION], ids=lambda kind: kind.name
)


def insert_ingestions(world: World, number: int) -> list[str]:
    rows = world.sql(
        """
        WITH connection AS (
            INSERT INTO evidence_sourceconnection (id, brand_id, source, platform, kind, identifier)
            SELECT gen_random_uuid(), id, 'slow', 'instagram', 'profile', 'baker' FROM core_brand ORDER BY slug LIMIT %s
            RETURNING id, brand_id
        ), made AS (
            INSERT INTO evidence_ingestionjob (id, brand_id, trigger, connection_ids, deadline_at)
            SELECT gen_random_uuid(), brand_id, 'user', ARRAY[id], now() + interval '4 minutes' FROM connection
            RETURNING id
        ), logged AS (
            INSERT INTO evidence_ingestionjobevent (job_id, kind) SELECT id, 'enqueued' FROM made
        )
        SELECT id::text FROM made
        """,
        number,
    )
    return [row["id"] for row in rows]
