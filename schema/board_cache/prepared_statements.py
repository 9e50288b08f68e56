from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

from schema.board_cache.connections import DATABASE_TIMEOUT_S, DatabaseTimeout, connect, translate_database_errors

_STATEMENT_NAME = "kairo_hot_path"


class PreparedConnection:
    """Runs one prepared statement, one query at a time, directly on libpq: a third of the processor time of
    `ConnectionPool`. A permanent reader detects a closed connection before the next query."""

    def __init__(self, *, role: str) -> None:
        self._role = role
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._socket = -1  # stored, because libpq forgets the number when it closes the socket
        self._pending: asyncio.Future[PGresult] | None = None
        self._result: PGresult | None = None

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """Runs the statement. `sql` must be the same in each call, and every parameter is sent as text.

        Raises as `translate_database_errors` does.
        """
        deadline = asyncio.get_running_loop().time() + DATABASE_TIMEOUT_S
        with translate_database_errors():
            try:
                if self._connection is None:
                    async with asyncio.timeout_at(deadline):
                        await self._open(sql, len(params))
                result = await self._execute([str(param).encode() for param in params], deadline)
                self._transformer.set_pgresult(result)
                return self._transformer.load_rows(0, result.ntuples, tuple)
            except BaseException:
                self._drop()  # its state is unknown; the next call opens another
                raise

    async def close(self) -> None:
        self._drop()

    async def _open(self, sql: str, parameter_count: int) -> None:
        try:
            connection = await connect(self._role)
        except (psycopg.Error, OSError) as error:
            raise DatabaseTimeout("there is no connection to the database") from error
        self._connection, self._socket = connection, connection.pgconn.socket
        self._transformer = Transformer(connection)  # reused, because it caches the loaders of the columns
        numbered = sql % tuple(f"${n}" for n in range(1, parameter_count + 1))
        await connection.execute(f"PREPARE {_STATEMENT_NAME} AS {numbered}".encode(), prepare=False)
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    async def _execute(self, params: list[bytes], deadline: float) -> PGresult:
        assert self._connection is not None
        loop = asyncio.get_running_loop()
        pending: asyncio.Future[PGresult] = loop.create_future()
        self._pending = pending
        timer = loop.call_at(deadline, _time_out, pending)  # a third of the cost of asyncio.timeout
        try:
            self._connection.pgconn.send_query_prepared(_STATEMENT_NAME.encode(), params, result_format=Format.BINARY)
            self._write()
            result = await pending
        finally:
            timer.cancel()
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(result.get_error_message())
        return result

    def _write(self) -> None:
        """Sends as much as the socket accepts, and the rest when it is writable."""
        assert self._connection is not None
        loop = asyncio.get_running_loop()
        if self._connection.pgconn.flush():
            loop.add_writer(self._socket, self._write)
        else:
            loop.remove_writer(self._socket)

    def _read(self) -> None:
        assert self._connection is not None
        pgconn = self._connection.pgconn
        try:
            pgconn.consume_input()
            while not pgconn.is_busy():
                result = pgconn.get_result()
                if result is not None:
                    self._result = result
                    continue
                if self._pending and self._result and not self._pending.done():
                    self._pending.set_result(self._result)
                    self._pending = self._result = None
                return
        except psycopg.Error as error:
            if self._pending and not self._pending.done():
                self._pending.set_exception(error)
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._socket)
            loop.remove_writer(self._socket)
            self._connection.pgconn.finish()
        self._connection = self._pending = self._result = None


def _time_out(pending: asyncio.Future[PGresult]) -> None:
    if not pending.done():
        pending.set_exception(TimeoutError())
