from __future__ import annotations

from typing import Any

import psycopg
from django.conf import settings
from psycopg.errors import OperationalError, _WaitTimeout

PROBE_S = 0.3  # what a server that lives takes for nothing at all, many times over


class ProbedConnection(psycopg.Connection[Any]):
    """A connection that is given up in time when its server is frozen: that keeps it open and never answers.

    The pool probes it by an empty statement before giving it out, and has an answer within `PROBE_S`. Statements that
    are meant have `DATABASE_PATIENCE_S`, a bit more than the server's own timeout.
    """

    _is_probed = False

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        self._is_probed = query == ""
        try:
            return super().execute(query, *args, **kwargs)
        finally:
            self._is_probed = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        patience_s = PROBE_S if self._is_probed else settings.DATABASE_PATIENCE_S
        try:
            return super().wait(gen, *args, **{"timeout": patience_s, **kwargs})
        except _WaitTimeout:
            self.pgconn.finish()  # nobody knows what it is at: whatever is sent next would wait as long
            raise OperationalError(f"the database did not answer within {patience_s:g} s") from None
