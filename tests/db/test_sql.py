from __future__ import annotations

import pytest
from django.db import OperationalError, connection, transaction

from kairo.db.sql import retry_on_serialization_failure, run_in_batches
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Ending
from tests.hero.jobs.rows import at_once, board, claimed, finish, kinds, pending, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def fail_updates() -> object:
    """Makes PostgreSQL fail the next `times` updates of jobs with this SQLSTATE."""

    def install(times: int, *, sqlstate: str = "40001") -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE IF NOT EXISTS failures")  # not rolled back with the failed update
            cursor.execute("ALTER SEQUENCE failures RESTART")
            cursor.execute(
                f"""
                CREATE OR REPLACE FUNCTION fail_updates() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF nextval('failures') <= {times} THEN
                        RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '{sqlstate}';
                    END IF;
                    RETURN NEW;
                END $$
                """
            )
            cursor.execute("DROP TRIGGER IF EXISTS fail_updates ON hero_opportunitiesjob")
            cursor.execute(
                "CREATE TRIGGER fail_updates BEFORE UPDATE ON hero_opportunitiesjob"
                " FOR EACH ROW EXECUTE FUNCTION fail_updates()"
            )

    yield install
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS fail_updates ON hero_opportunitiesjob")
        cursor.execute("DROP FUNCTION IF EXISTS fail_updates")
        cursor.execute("SELECT last_value FROM failures")
        (hits,) = cursor.fetchone()
        cursor.execute("DROP SEQUENCE failures")
    assert hits > 1, "no update failed"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_retry_after_serialization_failure_and_deadlock(fail_updates, sqlstate: str) -> None:  # type: ignore[no-untyped-def]  # a fixture that is a function
    job = pending()
    fail_updates(3, sqlstate=sqlstate)
    lease = claimed(job)
    fail_updates(3, sqlstate=sqlstate)

    assert finish(lease) is Ending.COMPLETED

    assert row(job.id).attempts == 1
    assert board(job.id).attempt == 1
    assert kinds(job.id) == ["enqueued", "claimed", "succeeded"]


def test_no_retry_inside_the_callers_transaction(fail_updates) -> None:  # type: ignore[no-untyped-def]  # as above
    job = pending()
    fail_updates(1)
    with pytest.raises(OperationalError), transaction.atomic():
        queue.claim(job_id=job.id, worker_id="a")
    assert claimed(job).attempt == 1


def close_server_side() -> None:
    """Terminates the server side of this thread's connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()

    def terminate(_: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])

    at_once(1, terminate)


def test_reconnect_finishes_a_job_after_a_lost_connection() -> None:
    lease = claimed()
    close_server_side()
    assert finish(lease) is Ending.COMPLETED
    assert kinds(lease.job_id) == ["enqueued", "claimed", "succeeded"]


def test_reconnect_for_a_claim_and_none_for_an_api_call() -> None:
    job = pending()
    close_server_side()
    assert claimed(job).attempt == 1
    close_server_side()
    with pytest.raises(OperationalError):
        queue.cancel(job_id=job.id, by="x")
    connection.close()


def test_statement_timeout_is_not_retried() -> None:
    attempts = []

    def slow() -> None:
        attempts.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")

    with pytest.raises(OperationalError):
        retry_on_serialization_failure(slow)
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")  # the pool reuses this connection in the next test
    assert len(attempts) == 1


def test_batches_are_repeated_until_one_is_not_full() -> None:
    rows = iter([3, 3, 2, 3])
    assert run_in_batches(lambda: next(rows), size=3) == 8
    assert list(rows) == [3]
