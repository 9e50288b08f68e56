from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import OperationalError, _WaitTimeout

PROBE_S = 0.3  # what a server that lives takes for nothing at all, many times over


class ProbedConnection(psycopg.Connection[Any]):
    """A connection that is found dead in time when the pool probes it, by an empty statement, before giving it out.

    A server that is frozen keeps its connections open and never answers: the probe itself would wait for ever, and
    with it the request. Statements that are meant have as long as the server's statement_timeout gives them.
    """

    _is_probed = False

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> psycopg.Cursor[Any]:
        self._is_probed = query == ""
        try:
            return super().execute(query, *args, **kwargs)
        finally:
            self._is_probed = False

    def wait(self, gen: Any, *args: Any, **kwargs: Any) -> Any:
        if not self._is_probed:
            return super().wait(gen, *args, **kwargs)
        try:
            return super().wait(gen, timeout=PROBE_S)
        except _WaitTimeout:
            raise OperationalError(f"an idle connection did not answer within {PROBE_S:g} s") from None
