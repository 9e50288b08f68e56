from __future__ import annotations

from dataclasses import dataclass

from kairo.core.services.access import Caller
from schema.board_cache.board_query import BoardQuery

CacheKey = tuple[bytes, int, frozenset[str]]  # the query's digest, the tenant, the scopes


@dataclass(slots=True)
class CachedToken:
    """The keyed hash of a token's secret, and the caller of its last request; the database confirms both each time."""

    hash: str
    caller: Caller | None = None

    def cache_key(self, query: BoardQuery) -> CacheKey | None:
        """Returns the key of the query's response; None before the first request of this token."""
        if self.caller is None:
            return None
        return query.digest, self.caller.tenant_id.int, self.caller.scopes
