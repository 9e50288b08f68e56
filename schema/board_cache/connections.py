from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Self

import psycopg
from django.conf import settings
from django.db import OperationalError
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from kairo.db.offered_tls import require_offered_tls
from kairo.db.roles import SETTABLE_ROLE

DATABASE_TIMEOUT_S = 1.5  # with the network in both directions the client has its response within two seconds


class DatabaseTimeout(OperationalError):
    """The database did not answer in time. Do not retry: that adds load to a slow database."""


class AbortableConnection(psycopg.AsyncConnection[Any]):
    """Closes the socket instead of sending a cancel request, which would block on a frozen server."""

    @classmethod
    async def connect(cls, conninfo: str = "", **kwargs: Any) -> Self:
        connection = await super().connect(conninfo, **kwargs)
        await asyncio.to_thread(require_offered_tls, connection.pgconn)
        return connection

    async def _try_cancel(self, *, timeout: float = 0.0) -> None:
        self.pgconn.finish()


@contextmanager
def translate_database_errors() -> Iterator[None]:
    """Translates the errors of psycopg and of the socket while a statement runs.

    Raises:
        DatabaseTimeout: there was no result or no connection in time.
        OperationalError: the connection was lost, or the server refused the statement.
    """
    try:
        yield
    except (PoolTimeout, TimeoutError) as error:
        raise DatabaseTimeout("the database does not answer in time") from error
    except (psycopg.Error, OSError) as error:
        raise OperationalError(str(error)) from error


class ConnectionPool:
    """A small pool of connections in one database role. They open at first use, and again after the database was
    away."""

    def __init__(self, *, role: str, max_size: int) -> None:
        self._role = role
        self._max_size = max_size
        self._pool: AsyncConnectionPool | None = None

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """Runs one statement in a transaction of its own. Raises as `translate_database_errors` does."""
        with translate_database_errors():
            async with asyncio.timeout(DATABASE_TIMEOUT_S), (await self._open()).connection() as connection:
                if not settings.DATABASE_TRANSACTION_POOLING:
                    return await self._fetch(connection, sql, params)
                # A transaction pooler may use another server connection each time, so the role is set per transaction.
                async with connection.transaction():
                    await _require_primary(connection)
                    await _set_role(connection, self._role, for_session=False)
                    return await self._fetch(connection, sql, params)

    async def close(self) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            await pool.close()

    async def _open(self) -> AsyncConnectionPool:
        if self._pool is None:
            self._pool = AsyncConnectionPool(
                connection_class=AbortableConnection,
                kwargs=_connection_params(),
                min_size=0,
                max_size=self._max_size,
                timeout=DATABASE_TIMEOUT_S,
                reconnect_timeout=0,  # the next request reconnects, however long the database was away
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
            await _set_role(connection, self._role, for_session=True)


async def connect(role: str) -> AbortableConnection:
    """Opens a connection and sets its role for the session."""
    connection = await AbortableConnection.connect(**_connection_params())
    try:
        await _set_role(connection, role, for_session=True)
    except BaseException:
        connection.pgconn.finish()
        raise
    return connection


async def _require_primary(connection: psycopg.AsyncConnection[Any]) -> None:
    """A pooler may connect its clients to another server, which libpq checks only once."""
    cursor = await connection.execute("SELECT pg_is_in_recovery()")
    if await cursor.fetchone() == (True,):
        raise psycopg.OperationalError("the server is in recovery: it is not the primary")


async def _set_role(connection: psycopg.AsyncConnection[Any], role: str, *, for_session: bool) -> None:
    """Sets the role where it exists and the user is a member of it."""
    if settings.ROW_SECURITY:
        set_role = f"SELECT set_config('role', %s, %s) FROM ({_SETTABLE_ROLE_WITH_GRANTS}) settable"  # noqa: S608  no input in it
        await connection.execute(set_role, [role, not for_session, role])


# A role that may read revisions has its grants in this database.
_SETTABLE_ROLE_WITH_GRANTS = (
    f"{SETTABLE_ROLE} AND has_column_privilege(oid, to_regclass('hero_boardrevision'), 'revision', 'SELECT')"
)


def _connection_params() -> dict[str, Any]:
    """Returns Django's connection parameters without those of its pool."""
    database = settings.DATABASES["default"]
    django_only = {"pool", "server_side_binding", "prepare_threshold"}
    options = {name: value for name, value in database["OPTIONS"].items() if name not in django_only}
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {
        **options,
        **{name: database[key] for name, key in keys.items() if database[key]},
        "autocommit": True,
        # Each statement is prepared at its first use, except behind a pooler that switches server connections.
        "prepare_threshold": 0 if settings.DATABASE_PREPARED_STATEMENTS else None,
    }
