"""Django's PostgreSQL connection with a tenant scope. Django requires this file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InternalError
from django.db.backends.postgresql import base as postgresql
from psycopg import IsolationLevel
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg_pool import PoolTimeout

from kairo.db.health_checked_connection import HealthCheckedConnection, leads_elsewhere
from kairo.db.roles import WEB, is_role_ready, set_role

_Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


@dataclass(kw_only=True, slots=True)
class TenantScope:
    """The tenant whose rows statements may see and write; without one they see no rows."""

    tenant_id: UUID | None = None


class DatabaseWrapper(postgresql.DatabaseWrapper):
    _scope: TenantScope | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        """From the pool; without one, a connection with the same time limits."""
        if not self.pool:
            self.isolation_level = IsolationLevel.READ_COMMITTED
            return HealthCheckedConnection.connect(**conn_params)
        try:
            connection: psycopg.Connection[Any] = super().get_new_connection(conn_params)
        except PoolTimeout as error:
            # The pool's threads connect: the request that waited for them says what they met.
            raise psycopg.OperationalError(HealthCheckedConnection.last_refusal or str(error)) from None
        return connection

    def is_usable(self) -> bool:
        """Whether Django may use the connection again, after an error."""
        if self.connection is None or (self.alias == DEFAULT_DB_ALIAS and leads_elsewhere(self.connection)):
            return False
        return bool(super().is_usable())

    @contextmanager
    def tenant_scope(self, scope: TenantScope) -> Iterator[None]:
        """Runs every transaction of the block in the web role, for the tenant of the scope at that time.

        Outside atomic blocks, statements share a read-only transaction with one snapshot until an atomic block begins,
        `new_snapshot` is called or the scope ends; a statement that writes runs in a transaction of its own. Role and
        tenant are set per transaction (SET LOCAL), so PgBouncer may give the server connection to another client
        afterwards. In an atomic block that began earlier, the role is reset when the scope ends.
        """
        self._scope = scope
        in_outer_block = self.in_atomic_block
        try:
            if in_outer_block and self._can_scope():
                self._set_scope(scope)
            with self.execute_wrapper(self._execute_scoped):
                yield
        finally:
            self._scope = None
            if not in_outer_block:
                self._end_snapshot()
            elif self._status() == TransactionStatus.INTRANS:
                self._send("SET LOCAL ROLE NONE; SET LOCAL kairo.tenant_id = ''")

    def new_snapshot(self) -> None:
        """Ends the scope's repeatable-read snapshot; does nothing inside an atomic block or without a scope."""
        if self._scope is not None and not self.in_atomic_block:
            self._end_snapshot()

    def release(self) -> None:
        """Ends the scope's snapshot and returns a pooled connection to its pool; a tenant scope goes on afterwards.

        Raises:
            RuntimeError: an atomic block is open.
        """
        if any(not block._from_testcase for block in self.atomic_blocks):  # type: ignore[attr-defined]  # missing in the stubs
            raise RuntimeError("A call outside was attempted in a database transaction.")
        if self.in_atomic_block or self.connection is None:  # a test's own block stays
            return
        self._end_snapshot()
        if self.settings_dict["OPTIONS"].get("pool"):
            self.close()

    @property
    def is_scoped(self) -> bool:
        """Whether the next statement runs in a tenant scope."""
        self.ensure_connection()
        return self._scope is not None and self._can_scope()

    @contextmanager
    def custom_plans(self) -> Iterator[None]:
        """Disables prepared statements in the block, so PostgreSQL plans each statement for its parameter values."""
        self.ensure_connection()
        connection = self.connection
        threshold, connection.prepare_threshold = connection.prepare_threshold, None
        try:
            yield
        finally:
            connection.prepare_threshold = threshold

    def _execute_scoped(self, execute: _Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if self._scope is None or not self._can_scope():
            return execute(sql, params, many, context)
        if self.in_atomic_block:
            if self._status() == TransactionStatus.IDLE:
                self._set_scope(self._scope)
            return execute(sql, params, many, context)
        if self._status() != TransactionStatus.INTRANS:
            # In autocommit mode a failed statement does not affect the next one.
            rollback = "ROLLBACK; " if self._status() == TransactionStatus.INERROR else ""
            self._send(f"{rollback}BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; {_set_local(self._scope)}")
        try:
            return execute(sql, params, many, context)
        except InternalError as error:
            if getattr(error.__cause__, "sqlstate", None) != _READ_ONLY_SQL_TRANSACTION:
                raise
        return self._write(self._scope, lambda: execute(sql, params, many, context))

    def _set_scope(self, scope: TenantScope) -> None:
        """Sets role and tenant in an atomic block's transaction, which psycopg begins with its first statement."""
        begin = "BEGIN; " if self._status() == TransactionStatus.IDLE else ""
        self._send(f"{begin}{_set_local(scope)}")

    def _write(self, scope: TenantScope, write: Callable[[], Any]) -> Any:
        """Runs a writing statement in its own transaction, committed on return as in autocommit mode."""
        self._send(f"ROLLBACK; BEGIN; {_set_local(scope)}")
        try:
            result = write()
            self._send("COMMIT")
        except BaseException:
            self._end_snapshot()
            raise
        return result

    def _end_snapshot(self) -> None:
        """Rolls back the read-only transaction, which Django does not know of."""
        if self._status() in {TransactionStatus.INTRANS, TransactionStatus.INERROR}:
            with suppress(Error):  # a lost connection has ended it already
                self._send("ROLLBACK")

    def _set_autocommit(self, autocommit: bool) -> None:
        if self._scope is not None and not autocommit:
            self._end_snapshot()  # an atomic block begins
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # missing in the stubs

    def _configure_role(self, connection: Any) -> bool:
        """Sets the role of a process without tenant scopes, for the lifetime of the connection."""
        return set_role(connection, settings.DATABASE_ROLE) if settings.DATABASE_ROLE else False

    def _can_scope(self) -> bool:
        return settings.ROW_SECURITY and self.connection is not None and is_role_ready(self.connection, WEB)

    def _status(self) -> TransactionStatus:
        if self.connection is None:
            return TransactionStatus.UNKNOWN
        return TransactionStatus(self.connection.pgconn.transaction_status)

    def _send(self, sql: str) -> None:
        """Executes the SQL with libpq directly: each request does so twice, and a cursor costs more than the server."""
        with self.wrap_database_errors:
            connection = self.connection.pgconn
            result = connection.exec_(sql.encode())
            if connection.status != ConnStatus.OK:
                raise psycopg.OperationalError(connection.get_error_message())
            if result.status == ExecStatus.FATAL_ERROR:
                error = psycopg.errors.error_from_result(result)
                if error.sqlstate in _ROLE_LOST:
                    # Not without a role from now on, which would be without row security.
                    raise psycopg.OperationalError(f"the database user may no longer act as {WEB}: {error}")
                raise error


_READ_ONLY_SQL_TRANSACTION = "25006"  # SQLSTATE
_ROLE_LOST = {"22023", "42501"}  # of SET ROLE: there is no such role, or no permission


def _set_local(scope: TenantScope) -> str:
    return f"SET LOCAL ROLE {WEB}; SET LOCAL kairo.tenant_id = '{scope.tenant_id or ''}'"
