"""Statements of the previous release run on this schema, which keeps the columns that they name."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from kairo.hero.jobs import queue
from kairo.hero.models import OpportunitiesJob
from tests.factories import make_brand
from tests.hero.jobs.rows import claimed, finish, pending, row

pytestmark = pytest.mark.django_db

RETIRED = {("hero_opportunitiesjob", "cache_dropped_at")}

# As the release before migration 0013 sends them.
ENQUEUED = """
UPDATE hero_opportunitiesjob
SET dispatched_at = clock_timestamp(),
    cache_dropped_at = CASE WHEN %(dropped)s THEN clock_timestamp() ELSE cache_dropped_at END
WHERE id = %(job_id)s AND finished_at IS NULL
RETURNING lease_token IS NULL AS waits
"""
DROPPED = """
UPDATE hero_opportunitiesjob j SET cache_dropped_at = clock_timestamp()
FROM unnest(%(jobs)s::uuid[], %(finished)s::bool[]) AS dropped (job_id, finished)
WHERE j.id = dropped.job_id AND (j.finished_at IS NOT NULL) = dropped.finished
RETURNING j.id
"""
UNDROPPED = """
SELECT id, brand_id, finished_at IS NOT NULL AS finished FROM hero_opportunitiesjob
WHERE cache_dropped_at IS NULL AND updated_at < clock_timestamp() - interval '1 second'
ORDER BY updated_at LIMIT %(limit)s
"""
COMPLETED = """
UPDATE hero_opportunitiesjob j
SET status = 'succeeded', lease_token = NULL, lease_expires_at = NULL, stage = 'storing', percent = 100,
    finished_at = clock_timestamp(), updated_at = clock_timestamp(), cache_dropped_at = NULL
WHERE j.id = %(job_id)s
RETURNING j.id
"""
CANCELLED = """
UPDATE hero_opportunitiesjob
SET status = CASE status WHEN 'pending' THEN 'cancelled' ELSE status END,
    error_code = CASE status WHEN 'pending' THEN 'cancelled' ELSE error_code END,
    finished_at = CASE status WHEN 'pending' THEN clock_timestamp() END,
    cache_dropped_at = CASE status WHEN 'pending' THEN NULL ELSE cache_dropped_at END,
    cancel_requested_at = coalesce(cancel_requested_at, clock_timestamp()), updated_at = clock_timestamp()
WHERE id = %(job_id)s AND status IN ('pending', 'running')
RETURNING id
"""
CHANGED = """
WITH changed AS MATERIALIZED (SELECT kairo_today_changed(ARRAY[%(brand_id)s::uuid], FALSE)
), newest AS MATERIALIZED (
    SELECT id FROM hero_opportunitiesjob
    WHERE brand_id = %(brand_id)s AND (SELECT count(*) FROM changed) = 1
    ORDER BY created_at DESC LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
)
UPDATE hero_opportunitiesjob j SET cache_dropped_at = NULL, updated_at = clock_timestamp()
FROM newest WHERE j.id = newest.id
RETURNING j.id
"""


def test_retired_columns_are_the_only_ones_without_a_field() -> None:
    models = [model for model in apps.get_models() if model.__module__.startswith("kairo.")]
    fields = {(model._meta.db_table, field.column) for model in models for field in model._meta.concrete_fields}
    tables = {table for table, _ in fields}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_generated = 'NEVER'"
        )
        columns = {(table, column) for table, column in cursor.fetchall() if table in tables}
    assert columns - fields == RETIRED


def test_retired_index_is_gone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexdef LIKE '%cache_dropped_at%'")
        assert cursor.fetchone() == (0,)


def test_old_release_statements_run_against_this_schema() -> None:
    waiting, running = pending(), claimed()
    finished = claimed()
    finish(finished)
    changes: list[tuple[str, dict[str, Any]]] = [
        (ENQUEUED, {"job_id": waiting.id, "dropped": True}),
        (DROPPED, {"jobs": [finished.job_id], "finished": [True]}),
        (CHANGED, {"brand_id": waiting.brand_id}),
        (COMPLETED, {"job_id": running.job_id}),
        (CANCELLED, {"job_id": waiting.id}),
    ]
    with connection.cursor() as cursor:
        for sql, params in changes:
            cursor.execute(sql, params)
            assert len(cursor.fetchall()) == 1, sql
        cursor.execute(UNDROPPED, {"limit": 100})
    assert row(waiting.id).status == "cancelled"


def test_old_release_jobs_are_inserted_and_run_by_this_one() -> None:
    brand = make_brand()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO hero_opportunitiesjob (id, brand_id, cache_dropped_at) VALUES (gen_random_uuid(), %s, now())",
            [brand.id],
        )
    lease = queue.claim_next(worker_id="worker-of-this-release")
    assert lease is not None
    finish(lease)
    assert OpportunitiesJob.objects.get(brand=brand).status == "succeeded"
