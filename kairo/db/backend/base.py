"""Django's connection to PostgreSQL, able to stand behind the wall of one tenant. Django asks for this file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import Error, InternalError
from django.db.backends.postgresql import base as postgresql
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus

from kairo.db.roles import WEB, is_role_ready, set_role

_Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass(kw_only=True, slots=True)
class TenantScope:
    """In whose name statements are run; without a tenant, nobody's rows are there."""

    tenant_id: UUID | None = None


class DatabaseWrapper(postgresql.DatabaseWrapper):
    _wall: TenantScope | None = None

    @contextmanager
    def tenant_scope(self, wall: TenantScope) -> Iterator[None]:
        """Within the block every transaction is the web role's, for the tenant that the wall is given.

        Outside an atomic block, statements share a read-only transaction with one snapshot, until an atomic block
        begins, `new_snapshot` is called or the scope ends; a statement that writes is a transaction of its own. Each
        transaction sets role and tenant for itself alone, so that PgBouncer may give its connection to another client
        afterwards. Inside an atomic block that began before it, the scope lasts until
        its end.
        """
        self._wall = wall
        inside = self.in_atomic_block
        try:
            if inside and self._is_wanted():
                self._join(wall)
            with self.execute_wrapper(self._run_walled):
                yield
        finally:
            self._wall = None
            if not inside:
                self._end_reading()
            elif self._status() == TransactionStatus.INTRANS:
                self._send("SET LOCAL ROLE NONE; SET LOCAL kairo.tenant_id = ''")

    def new_snapshot(self) -> None:
        """Behind the wall, outside of atomic blocks: the next statement sees what has been committed by then."""
        if self._wall is not None and not self.in_atomic_block:
            self._end_reading()

    @property
    def is_scoped(self) -> bool:
        """Whether a statement would now be run behind the wall."""
        self.ensure_connection()
        return self._wall is not None and self._is_wanted()

    @contextmanager
    def planning_for_values(self) -> Iterator[None]:
        """Within the block each statement is planned for the values it comes with, not once for all values."""
        self.ensure_connection()
        connection = self.connection
        threshold, connection.prepare_threshold = connection.prepare_threshold, None
        try:
            yield
        finally:
            connection.prepare_threshold = threshold

    def _run_walled(self, execute: _Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._wall is None or not self._is_wanted():
            return execute(sql, params, many, context)
        if self.in_atomic_block:
            if self._status() == TransactionStatus.IDLE:
                self._join(self._wall)
            return execute(sql, params, many, context)
        if self._status() != TransactionStatus.INTRANS:
            # What failed before was a statement of its own, and this one shall not suffer for it.
            again = "ROLLBACK; " if self._status() == TransactionStatus.INERROR else ""
            self._send(f"{again}BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; {_name_of(self._wall)}")
        try:
            return execute(sql, params, many, context)
        except InternalError as error:
            if getattr(error.__cause__, "sqlstate", None) != _READ_ONLY:
                raise
        return self._write(self._wall, lambda: execute(sql, params, many, context))

    def _join(self, wall: TenantScope) -> None:
        """Names the wall in the transaction of an atomic block, which psycopg begins no earlier than it has to."""
        begin = "BEGIN; " if self._status() == TransactionStatus.IDLE else ""
        self._send(f"{begin}{_name_of(wall)}")

    def _write(self, wall: TenantScope, write: Callable[[], Any]) -> Any:
        """What autocommit promises: the statement is committed when this returns."""
        self._send(f"ROLLBACK; BEGIN; {_name_of(wall)}")
        try:
            result = write()
            self._send("COMMIT")
        except BaseException:
            self._end_reading()
            raise
        return result

    def _end_reading(self) -> None:
        """Ends a transaction that Django knows nothing of, and that has nothing to commit."""
        if self._status() in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
            with suppress(Error):  # a connection that was lost meanwhile has ended it
                self._send("ROLLBACK")

    def _set_autocommit(self, autocommit: bool) -> None:
        if self._wall is not None and not autocommit:
            self._end_reading()  # an atomic block begins
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # missing in the stubs

    def _configure_role(self, connection: Any) -> bool:
        """The role of a process that acts for no tenant, for as long as it has the connection."""
        return set_role(connection, settings.DATABASE_ROLE) if settings.DATABASE_ROLE else False

    def _is_wanted(self) -> bool:
        return settings.ROW_SECURITY and self.connection is not None and is_role_ready(self.connection, WEB)

    def _status(self) -> TransactionStatus:
        if self.connection is None:
            return TransactionStatus.UNKNOWN
        return TransactionStatus(self.connection.pgconn.transaction_status)

    def _send(self, sql: str) -> None:
        """Straight to libpq, since every request waits for it twice: a cursor takes longer than the server does."""
        with self.wrap_database_errors:
            connection = self.connection.pgconn
            result = connection.exec_(sql.encode())
            if connection.status != ConnStatus.OK:
                raise psycopg.OperationalError(connection.get_error_message())
            if result.status == ExecStatus.FATAL_ERROR:
                raise psycopg.errors.error_from_result(result)


_READ_ONLY = "25006"  # read_only_sql_transaction


def _name_of(wall: TenantScope) -> str:
    return f"SET LOCAL ROLE {WEB}; SET LOCAL kairo.tenant_id = '{wall.tenant_id or ''}'"
