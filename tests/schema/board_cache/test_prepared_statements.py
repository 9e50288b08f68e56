from __future__ import annotations

import asyncio

import psycopg
import pytest
from django.db import OperationalError, connection

from kairo.db.roles import READER
from schema.board_cache.prepared_statements import PreparedConnection

pytestmark = pytest.mark.django_db

SQL = "SELECT current_user::text, pg_backend_pid(), %s || %s"


def test_results_match_their_queries_at_any_length() -> None:
    async def run() -> list[object]:
        prepared = PreparedConnection(role=READER)
        results = [(await prepared(SQL, ["a" * length, "b"]))[0] for length in (0, 1, 5_000_000, 2)]
        await prepared.close()
        assert len({pid for _, pid, _ in results}) == 1
        assert {user for user, _, _ in results} == {READER}
        return [text for _, _, text in results]

    assert asyncio.run(run()) == ["b", "ab", "a" * 5_000_000 + "b", "aab"]


def test_closed_connection_is_replaced_before_the_next_query() -> None:
    async def run() -> bool:
        prepared = PreparedConnection(role=READER)
        (_, first, _), *_ = await prepared(SQL, ["", ""])
        await asyncio.to_thread(terminate, first)
        (_, second, _), *_ = await prepared(SQL, ["", ""])
        await prepared.close()
        return bool(first != second)

    assert asyncio.run(run())


def terminate(backend: int) -> None:
    settings = connection.get_connection_params()
    params = {name: settings[name] for name in ("host", "port", "dbname", "user", "password") if settings.get(name)}
    with psycopg.connect(**params) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_refused_query_raises_and_the_next_one_succeeds() -> None:
    async def run() -> object:
        prepared = PreparedConnection(role=READER)
        sql = "SELECT %s::uuid"
        with pytest.raises(OperationalError, match="uuid"):
            await prepared(sql, ["none"])
        rows = await prepared(sql, ["00000000-0000-0000-0000-000000000001"])
        await prepared.close()
        return rows[0][0].int

    assert asyncio.run(run()) == 1


def test_cancelled_query_does_not_affect_the_next_one() -> None:
    async def run() -> object:
        prepared = PreparedConnection(role=READER)
        sql = "SELECT %s, pg_sleep(0.2)::text"
        cancelled = asyncio.create_task(prepared(sql, ["left"]))
        await asyncio.sleep(0.1)
        cancelled.cancel()
        await asyncio.wait([cancelled])
        (text, _), *_ = await prepared(sql, ["stayed"])
        await prepared.close()
        return text

    assert asyncio.run(run()) == "stayed"
