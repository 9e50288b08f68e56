from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import OperationalError
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from kairo.db.roles import SETTABLE_ROLE

WAIT_S = 1.5  # for the database: with the way there and back the caller is told within two seconds


class TooLate(OperationalError):
    """The database did not answer in time. Nobody is to ask it the same again: what is slow would only be slower."""


class Connection(psycopg.AsyncConnection[Any]):
    """One that is given up at once where it is not waited for any longer: psycopg would ask the server to cancel, and
    a frozen one keeps it waiting for that."""

    async def _try_cancel(self, *, timeout: float = 0.0) -> None:
        self.pgconn.finish()


@contextmanager
def failures_told() -> Iterator[None]:
    """Around a statement, for whoever asks: each way in which it can fail is one of two.

    Raises:
        TooLate: there was no answer in time, or no connection to ask on.
        OperationalError: the connection was lost, or what was asked was refused.
    """
    try:
        yield
    except (PoolTimeout, TimeoutError) as error:
        raise TooLate("the database does not answer in time") from error
    except (psycopg.Error, OSError) as error:
        raise OperationalError(str(error)) from error


class Connections:
    """A few connections of the hot path's own, which act in one database role. They open when they are first needed,
    and again when the database has gone away."""

    def __init__(self, *, role: str, most: int) -> None:
        self._role = role
        self._most = most
        self._pool: AsyncConnectionPool | None = None

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """Raises what `failures_told` does."""
        with failures_told():
            async with asyncio.timeout(WAIT_S), (await self._opened()).connection() as connection:
                if not settings.DATABASE_TRANSACTION_POOLING:
                    return await self._fetch(connection, sql, params)
                # A pooler may give each transaction another server's connection: nothing of ours may stay on it.
                async with connection.transaction():
                    await _take_on(connection, self._role, for_good=False)
                    return await self._fetch(connection, sql, params)

    async def close(self) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    async def _opened(self) -> AsyncConnectionPool:
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                connection_class=Connection,
                kwargs=_parameters(),
                min_size=0,
                max_size=self._most,
                timeout=WAIT_S,
                reconnect_timeout=0,  # who asks next tries again, however long the database was away
                open=False,
                configure=self._configure,
            )
            await self._pool.open()
        return self._pool

    async def _fetch(
        self, connection: psycopg.AsyncConnection[Any], sql: str, params: Sequence[object]
    ) -> list[tuple[Any, ...]]:
        cursor = await connection.execute(sql, params, binary=True)
        return await cursor.fetchall()

    async def _configure(self, connection: psycopg.AsyncConnection[Any]) -> None:
        if not settings.DATABASE_TRANSACTION_POOLING:
            await _take_on(connection, self._role, for_good=True)


async def opened(role: str) -> Connection:
    """A connection that acts in this role for good."""
    connection = await Connection.connect(**_parameters())
    try:
        await _take_on(connection, role, for_good=True)
    except BaseException:
        connection.pgconn.finish()
        raise
    return connection


async def _take_on(connection: psycopg.AsyncConnection[Any], role: str, *, for_good: bool) -> None:
    """Acts in the role, where there is one and the user may."""
    if settings.ROW_SECURITY:
        set_role = f"SELECT set_config('role', %s, %s) FROM ({_MAY_ACT_AS}) may"  # noqa: S608  ours
        await connection.execute(set_role, [role, not for_good, role])


# Whoever may see revisions was given its part in this database.
_MAY_ACT_AS = f"{SETTABLE_ROLE} AND has_column_privilege(oid, to_regclass('hero_boardrevision'), 'revision', 'SELECT')"


def _parameters() -> dict[str, Any]:
    """What Django's connections are opened with, without its pool."""
    database = settings.DATABASES["default"]
    for_django = {"pool", "server_side_binding", "prepare_threshold"}
    options = {name: value for name, value in database["OPTIONS"].items() if name not in for_django}
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        **options,
        **{name: database[key] for name, key in named.items() if database[key]},
        "autocommit": True,
        # Each statement is prepared at its first use, but not where a pooler hands out another server each time.
        "prepare_threshold": 0 if settings.DATABASE_PREPARED_STATEMENTS else None,
    }
