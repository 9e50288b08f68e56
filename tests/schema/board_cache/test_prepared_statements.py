from __future__ import annotations

import asyncio

import psycopg
import pytest
from django.db import OperationalError, connection

from kairo.db.roles import READER
from schema.board_cache.prepared_statements import Prepared

pytestmark = pytest.mark.django_db

SQL = "SELECT current_user::text, pg_backend_pid(), %s || %s"


def test_each_question_has_its_own_answer_however_long() -> None:
    async def told() -> list[object]:
        prepared = Prepared(role=READER)
        answers = [(await prepared(SQL, ["a" * length, "b"]))[0] for length in (0, 1, 5_000_000, 2)]
        await prepared.close()
        assert len({pid for _, pid, _ in answers}) == 1
        assert {user for user, _, _ in answers} == {READER}
        return [text for _, _, text in answers]

    assert asyncio.run(told()) == ["b", "ab", "a" * 5_000_000 + "b", "aab"]


def test_a_connection_that_the_database_closed_is_another_one_for_whoever_comes_next() -> None:
    async def told() -> bool:
        prepared = Prepared(role=READER)
        (_, first, _), *_ = await prepared(SQL, ["", ""])
        await asyncio.to_thread(end, first)
        (_, second, _), *_ = await prepared(SQL, ["", ""])
        await prepared.close()
        return bool(first != second)

    assert asyncio.run(told())


def end(backend: int) -> None:
    settings = connection.get_connection_params()
    known = {name: settings[name] for name in ("host", "port", "dbname", "user", "password") if settings.get(name)}
    with psycopg.connect(**known) as own:
        own.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_what_is_refused_is_an_error_and_not_the_next_ones_answer() -> None:
    async def told() -> object:
        prepared = Prepared(role=READER)
        sql = "SELECT %s::uuid"
        with pytest.raises(OperationalError, match="uuid"):
            await prepared(sql, ["none"])
        answer = await prepared(sql, ["00000000-0000-0000-0000-000000000001"])
        await prepared.close()
        return answer[0][0].int

    assert asyncio.run(told()) == 1


def test_who_leaves_takes_nobody_elses_answer_along() -> None:
    async def told() -> object:
        prepared = Prepared(role=READER)
        sql = "SELECT %s, pg_sleep(0.2)::text"
        leaving = asyncio.create_task(prepared(sql, ["left"]))
        await asyncio.sleep(0.1)
        leaving.cancel()
        await asyncio.wait([leaving])
        (answer, _), *_ = await prepared(sql, ["stayed"])
        await prepared.close()
        return answer

    assert asyncio.run(told()) == "stayed"
