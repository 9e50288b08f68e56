from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from psycopg.errors import OperationalError, _WaitTimeout

PROBE_S = 0.3  # what a server that lives takes for nothing at all, many times over


class HealthCheckedConnection(psycopg.Connection[Any]):
    """A connection that is given up in time when its server is frozen: that keeps it open and never answers.

    The pool probes it by an empty statement before giving it out, and has an answer within `PROBE_S`. Statements that
    are meant have `DATABASE_PATIENCE_S`, a bit more than the server's own timeout.

    Where the probe finds that the server closed the connection, the pool's idle connections are tested too: a restart
    closes all of them. By itself psycopg_pool 3.3 finds them one by one, half a second or more apart, and requests
    fail until it has found the last.
    """

    _is_probed = False
    _has_timed_out = False

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        self._is_probed = query == ""
        try:
            return super().execute(query, *args, **kwargs)
        except psycopg.OperationalError:
            # A server that is frozen fails every test as late as this one, so the others are left as they are.
            if self._is_probed and not self._has_timed_out and (pool := getattr(self, "_pool", None)) is not None:
                pool.check()
            raise
        finally:
            self._is_probed = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        patience_s = PROBE_S if self._is_probed else settings.DATABASE_PATIENCE_S
        try:
            return super().wait(gen, *args, **{"timeout": patience_s, **kwargs})
        except _WaitTimeout:
            self._has_timed_out = True
            self.pgconn.finish()  # nobody knows what it is at: whatever is sent next would wait as long
            raise OperationalError(f"the database did not answer within {patience_s:g} s") from None
