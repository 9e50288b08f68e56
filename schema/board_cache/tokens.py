from __future__ import annotations

from dataclasses import dataclass

from kairo.core.services import access
from kairo.core.services.access import Caller
from schema.board_cache.board_query import BoardQuery
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import HttpError, bearer_secret

CacheKey = tuple[bytes, int, frozenset[str]]  # the query's digest, the tenant, the scopes
_MAX_HEADER_BYTES = 512
_TOKEN_BYTES = 1000


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


class TokenCache:
    """Tokens by Authorization header, so that a secret is hashed once."""

    def __init__(self) -> None:
        self._tokens: ByteBoundedLRU[bytes, CachedToken] = ByteBoundedLRU(max_bytes=4_000_000)

    def resolve(self, authorization: bytes) -> CachedToken | None:
        """Returns the header's token; None where it has no bearer token, or one that is too long."""
        token = self._tokens.get(authorization)
        if token is None and len(authorization) <= _MAX_HEADER_BYTES:
            try:
                token = CachedToken(access.token_hash(bearer_secret(authorization.decode("latin1"))))
            except HttpError:
                return None
            self._tokens.put(authorization, token, size=_TOKEN_BYTES + len(authorization))
        return token
