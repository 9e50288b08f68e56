from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from psycopg.errors import OperationalError, _WaitTimeout

PROBE_TIMEOUT_S = 0.3  # a live server answers an empty statement in well under a millisecond


class HealthCheckedConnection(psycopg.Connection[Any]):
    """A pooled connection with client-side timeouts, for a frozen server that keeps connections open.

    The pool probes a connection with an empty statement before lending it; the probe times out after
    `PROBE_TIMEOUT_S`. Other statements time out after `DATABASE_CLIENT_TIMEOUT_S`, which is longer than the server's
    statement timeout.

    When a probe finds the connection closed by the server, the pool checks its other idle connections too, because a
    server restart closes all of them. psycopg_pool 3.3 alone discards one closed connection per attempt, half a second
    or more apart, and requests fail until it has discarded the last.
    """

    _is_probing = False
    _has_timed_out = False

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        self._is_probing = query == ""
        try:
            return super().execute(query, *args, **kwargs)
        except psycopg.OperationalError:
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
