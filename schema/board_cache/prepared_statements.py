from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus, Format
from psycopg.pq.abc import PGresult

from schema.board_cache.connections import WAIT_S, TooLate, failures_told, opened

_NAME = "kairo_hot_path"


class Prepared:
    """One connection for one statement that is sent again and again: as `Connections`, for a third of what that costs.

    It takes one question at a time. Between libpq and who asks stands nothing but a future, and the socket is watched
    all the time: that the database closed the connection is known before anybody asks on it.
    """

    def __init__(self, *, role: str) -> None:
        self._role = role
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._socket = -1  # libpq does not say which it was once it has closed it
        self._asked: asyncio.Future[PGresult] | None = None
        self._result: PGresult | None = None

    async def __call__(self, sql: str, params: Sequence[object]) -> list[tuple[Any, ...]]:
        """`sql` is the same at each call, and its parameters are texts.

        Raises what `failures_told` does.
        """
        deadline = asyncio.get_running_loop().time() + WAIT_S
        with failures_told():
            try:
                if self._connection is None:
                    async with asyncio.timeout_at(deadline):
                        await self._open(sql, len(params))
                result = await self._answer([str(param).encode() for param in params], deadline)
                self._transformer.set_pgresult(result)
                return self._transformer.load_rows(0, result.ntuples, tuple)
            except BaseException:
                self._drop()  # whatever is wrong with it, the next one is another
                raise

    async def close(self) -> None:
        self._drop()

    async def _open(self, sql: str, parameters: int) -> None:
        try:
            connection = await opened(self._role)
        except (psycopg.Error, OSError) as error:
            raise TooLate("there is no connection to the database") from error
        self._connection, self._socket = connection, connection.pgconn.socket
        self._transformer = Transformer(connection)  # it goes on knowing how to read the statement's columns
        numbered = sql % tuple(f"${n}" for n in range(1, parameters + 1))
        await connection.execute(f"PREPARE {_NAME} AS {numbered}".encode(), prepare=False)
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    async def _answer(self, params: list[bytes], deadline: float) -> PGresult:
        assert self._connection is not None
        loop = asyncio.get_running_loop()
        asked: asyncio.Future[PGresult] = loop.create_future()
        self._asked = asked
        late = loop.call_at(deadline, _give_up, asked)  # as asyncio.timeout would, for a third
        try:
            self._connection.pgconn.send_query_prepared(_NAME.encode(), params, result_format=Format.BINARY)
            self._write()
            result = await asked
        finally:
            late.cancel()
        if result.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(result.get_error_message())
        return result

    def _write(self) -> None:
        """Sends, as much at a time as the socket takes."""
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
                if self._asked and self._result and not self._asked.done():
                    self._asked.set_result(self._result)
                    self._asked = self._result = None
                return
        except psycopg.Error as error:
            if self._asked and not self._asked.done():
                self._asked.set_exception(error)
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._socket)
            loop.remove_writer(self._socket)
            self._connection.pgconn.finish()
        self._connection = self._asked = self._result = None


def _give_up(asked: asyncio.Future[PGresult]) -> None:
    if not asked.done():
        asked.set_exception(TimeoutError())
