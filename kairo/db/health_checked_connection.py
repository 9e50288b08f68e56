from __future__ import annotations

from typing import Any, ClassVar, Self

import psycopg
from django.conf import settings
from psycopg.errors import OperationalError, _WaitTimeout

from kairo.db.offered_tls import require_offered_tls

PROBE_TIMEOUT_S = 0.3  # a live server answers an empty statement in well under a millisecond


class HealthCheckedConnection(psycopg.Connection[Any]):
    """A connection with client-side timeouts, for a frozen server that keeps connections open.

    The pool probes a connection with an empty statement before lending it; the probe times out after
    `PROBE_TIMEOUT_S`. Other statements time out after `DATABASE_CLIENT_TIMEOUT_S`, which is longer than the server's
    statement timeout.

    When a probe finds the connection closed by the server, the pool checks its other idle connections too, because a
    server restart closes all of them. psycopg_pool 3.3 alone discards one closed connection per attempt, half a second
    or more apart, and requests fail until it has discarded the last.
    """

    last_refusal: ClassVar[str] = ""  # by the newest attempt to connect, or probe; a pool keeps it to itself
    _is_probing = False
    _has_timed_out = False

    @classmethod
    def connect(cls, conninfo: str = "", **kwargs: Any) -> Self:
        try:
            connection = super().connect(conninfo, **kwargs)
            require_offered_tls(connection.pgconn)
        except psycopg.Error as error:
            HealthCheckedConnection.last_refusal = str(error)
            raise
        return connection

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        self._is_probing = query == ""
        try:
            if not self._is_probing:
                return super().execute(query, *args, **kwargs)
            cursor = self._probe()
            HealthCheckedConnection.last_refusal = ""
            return cursor
        except psycopg.OperationalError as error:
            if self._is_probing:
                HealthCheckedConnection.last_refusal = str(error)
            # After a timeout the server is frozen: checking the other connections would time out as well.
            if self._is_probing and not self._has_timed_out and (pool := getattr(self, "_pool", None)) is not None:
                pool.check()
            raise
        finally:
            self._is_probing = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        timeout_s = PROBE_TIMEOUT_S if self._is_probing else settings.DATABASE_CLIENT_TIMEOUT_S
        try:
            return super().wait(gen, *args, **{"timeout": timeout_s, **kwargs})
        except _WaitTimeout:
            self._has_timed_out = True
            # Closes the socket instead of sending a cancel request, which would block on a frozen server.
            self.pgconn.finish()
            raise OperationalError(f"the database did not answer within {timeout_s:g} s") from None

    def _probe(self) -> psycopg.Cursor[Any]:
        return super().execute("")


class PrimaryConnection(HealthCheckedConnection):
    """A connection to the server that takes writes. One that leads to another server by now is not lent.

    libpq refuses a standby when it connects. Later a pooler may connect its clients to another server, so there the
    probe asks; elsewhere the connection ends with its server's role.
    """

    def _probe(self) -> psycopg.Cursor[Any]:
        if not settings.DATABASE_TRANSACTION_POOLING:
            cursor = super()._probe()
            is_elsewhere = leads_elsewhere(self)
        else:
            cursor = psycopg.Connection.execute(self, "SELECT pg_is_in_recovery()")
            is_elsewhere = cursor.fetchone() == (True,)
        if is_elsewhere:
            self.pgconn.finish()
            raise OperationalError("the server is in recovery, or read-only: it is not the primary")
        return cursor


def leads_elsewhere(connection: psycopg.Connection[Any]) -> bool:
    """Whether another connection could lead to a server that takes writes, as this one's does not by what it reports.

    A server of several that is read-only is left; the only one is kept, since it answers reads.
    """
    options = settings.DATABASES["default"]["OPTIONS"]
    is_read_only = connection.pgconn.parameter_status(b"default_transaction_read_only") == b"on"
    is_standby = connection.pgconn.parameter_status(b"in_hot_standby") == b"on"
    return is_standby or (is_read_only and options.get("target_session_attrs") == "read-write")
