from __future__ import annotations

import pytest
from django.db import OperationalError, connection, transaction

from kairo.db.sql import retry_on_serialization_failure
from kairo.hero.jobs import queue
from kairo.hero.jobs.queue import Ending
from tests.hero.jobs.rows import at_once, board, claimed, finish, kinds, pending, row

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def refuse() -> object:
    """Makes Postgres refuse the next `times` changes of jobs, as it refuses for another transaction's sake."""

    def install(times: int, *, sqlstate: str = "40001") -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE SEQUENCE IF NOT EXISTS refusals")  # a sequence is not rolled back with the refusal
            cursor.execute("ALTER SEQUENCE refusals RESTART")
            cursor.execute(
                f"""
                CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF nextval('refusals') <= {times} THEN
                        RAISE EXCEPTION 'could not serialize access' USING ERRCODE = '{sqlstate}';
                    END IF;
                    RETURN NEW;
                END $$
                """
            )
            cursor.execute("DROP TRIGGER IF EXISTS refuse ON hero_opportunitiesjob")
            cursor.execute(
                "CREATE TRIGGER refuse BEFORE UPDATE ON hero_opportunitiesjob FOR EACH ROW EXECUTE FUNCTION refuse()"
            )

    yield install
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS refuse ON hero_opportunitiesjob")
        cursor.execute("DROP FUNCTION IF EXISTS refuse")
        cursor.execute("SELECT last_value FROM refusals")
        (hits,) = cursor.fetchone()
        cursor.execute("DROP SEQUENCE refusals")
    assert hits > 1, "nothing was refused"


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
def test_a_claim_and_an_ending_that_postgres_refuses_are_done_again(refuse, sqlstate: str) -> None:  # type: ignore[no-untyped-def]  # a fixture that is a function
    job = pending()
    refuse(3, sqlstate=sqlstate)
    lease = claimed(job)
    refuse(3, sqlstate=sqlstate)

    assert finish(lease) is Ending.STORED

    assert row(job.id).attempts == 1
    assert board(job.id).attempt == 1
    assert kinds(job.id) == ["enqueued", "claimed", "succeeded"]


def test_a_refusal_inside_a_callers_transaction_is_the_callers_to_repeat(refuse) -> None:  # type: ignore[no-untyped-def]  # as above
    job = pending()
    refuse(1)
    with pytest.raises(OperationalError), transaction.atomic():
        queue.claim(job_id=job.id, worker_id="a")
    assert claimed(job).attempt == 1


def hang_up() -> None:
    """Postgres closes this thread's connection, without its knowing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (pid,) = cursor.fetchone()

    def terminate(_: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])

    at_once(1, terminate)


def test_an_ending_survives_the_loss_of_its_connection() -> None:
    lease = claimed()
    hang_up()
    assert finish(lease) is Ending.STORED
    assert kinds(lease.job_id) == ["enqueued", "claimed", "succeeded"]


def test_a_claim_survives_it_and_somebody_who_waits_for_an_answer_is_told_at_once() -> None:
    job = pending()
    hang_up()
    assert claimed(job).attempt == 1
    hang_up()
    with pytest.raises(OperationalError):
        queue.cancel(job_id=job.id, by="x")
    connection.close()


def test_a_statement_that_takes_too_long_is_not_tried_again() -> None:
    tries = []

    def slow() -> None:
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(5)")

    with pytest.raises(OperationalError):
        retry_on_serialization_failure(slow)
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")  # the pool lends this connection to the next test
    assert len(tries) == 1
