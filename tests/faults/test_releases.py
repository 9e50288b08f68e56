"""Two releases of Kairo at once: the rows and messages of one do not break the other."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from typing import Any

import dramatiq
import psycopg
import pytest
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddField
from dramatiq.brokers.redis import RedisBroker

from tests.faults.world import ROOT, World, eventually


def _message(queue: str, actor: str, *args: Any, **kwargs: Any) -> dramatiq.Message[Any]:
    return dramatiq.Message(queue_name=queue, actor_name=actor, args=args, kwargs=kwargs, options={})


def test_rows_and_messages_of_another_release_are_run(world: World) -> None:
    plain, positional, named = world.insert_jobs(3)
    broker = RedisBroker(url=world.valkey.url, middleware=[])  # type: ignore[no-untyped-call]  # Dramatiq's own
    broker.enqueue(_message("boards", "generate_board", plain))
    broker.enqueue(_message("boards", "generate_board", positional, "more"))
    broker.enqueue(_message("boards.scheduled", "generate_board", job_id=named, reason="of another release"))
    worker = world.worker(KAIRO_JOB_SWEEP_INTERVAL_S="60")
    world.await_all(within_s=5)
    assert worker.alive


def test_messages_that_this_release_does_not_know_harm_nobody(world: World) -> None:
    broker = RedisBroker(url=world.valkey.url, middleware=[])  # type: ignore[no-untyped-call]  # Dramatiq's own
    for index in range(10):
        broker.enqueue(_message("boards", "an_actor_to_come", str(index)))
        broker.enqueue(_message("boards", "generate_board", "not an id"))
        broker.enqueue(_message("boards", "generate_board"))
    job = world.insert_jobs(1)[0]
    worker = world.worker()
    world.send([job])
    world.await_status(job, "succeeded", within_s=5)
    eventually(lambda: world.valkey.client.hlen("dramatiq:boards.msgs"), lambda left: left == 0, within_s=10)
    assert worker.alive


def test_a_release_without_a_newer_column_can_still_write_jobs() -> None:
    """Each column added after a table was made has a value of the database's own."""
    loader = MigrationLoader(None)
    added = [
        (name, operation.model_name, operation.name, operation.field)
        for (app, name), migration in loader.disk_migrations.items()
        if app in {"hero", "evidence"}
        for operation in migration.operations
        if isinstance(operation, AddField)
    ]
    assert {"turn_at", "tenant_id"} <= {entry[2] for entry in added}
    for entry in added:
        field = entry[3]
        assert field.null or field.db_default is not models.NOT_PROVIDED, entry


@pytest.mark.slow
def test_columns_are_added_to_a_full_table_without_holding_anyone_up(empty_database: str) -> None:
    """From the first release's schema to this one, while jobs are written."""
    environment = {**os.environ, "DATABASE_URL": empty_database, "KAIRO_ENV": "test"}

    def migrate(*target: str) -> None:
        words = [sys.executable, "manage.py", "migrate", "--verbosity", "0", *target]
        subprocess.run(words, cwd=ROOT, env=environment, check=True)

    migrate("hero", "0003")
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute("INSERT INTO core_tenant (id, slug, name) VALUES (gen_random_uuid(), 't', 'T')")
        connection.execute(
            "INSERT INTO core_brand (id, tenant_id, slug, name) SELECT gen_random_uuid(), id, 'b', 'B' FROM core_tenant"
        )
        connection.execute(
            "INSERT INTO hero_opportunitiesjob (id, brand_id, status, finished_at) SELECT gen_random_uuid(), b.id,"
            " 'succeeded', now() FROM core_brand b, generate_series(1, 400000)"
        )
    done, waits = threading.Event(), []

    def write() -> None:
        with psycopg.connect(empty_database, autocommit=True) as connection:
            while not done.is_set():
                began = time.monotonic()
                connection.execute(
                    "INSERT INTO hero_opportunitiesjob (id, brand_id, status, finished_at)"
                    " SELECT gen_random_uuid(), id, 'failed', now() FROM core_brand WHERE false"
                )
                connection.execute(
                    "UPDATE hero_opportunitiesjob SET updated_at = now()"
                    " WHERE id = (SELECT id FROM hero_opportunitiesjob LIMIT 1)"
                )
                waits.append(time.monotonic() - began)
                time.sleep(0.01)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        migrate()
    finally:
        done.set()
        writer.join()
    print(f"{len(waits)} writes during the migrations, the slowest took {max(waits):.2f} s")  # noqa: T201  the figure is the point
    assert len(waits) > 50
    assert max(waits) < 1.5


def test_the_message_is_one_that_any_release_understands(world: World) -> None:
    """One positional argument, the job's id."""
    (answer,) = world.driver()("regenerate", brand_ids=world.brands(1))
    (raw,) = world.valkey.client.hvals("dramatiq:boards.msgs")
    message = json.loads(raw)
    assert (message["actor_name"], message["args"], message["kwargs"]) == ("generate_board", [answer["job"]], {})
    world.worker()
    world.await_all(within_s=10)
