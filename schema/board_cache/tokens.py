from __future__ import annotations

from dataclasses import dataclass

from kairo.core.services import access
from kairo.core.services.access import Caller
from schema.board_cache.board_query import BoardQuery
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import HttpError, bearer_secret

Key = tuple[bytes, int, frozenset[str]]  # what is asked, the tenant, the scopes
_LONGEST = 512  # bytes of a header with a secret
_TOKEN_BYTES = 1000


@dataclass(slots=True)
class Token:
    """What is known of a token's secret: its keyed hash, for good, and who called with it last."""

    hash: str
    caller: Caller | None = None

    def key(self, asked: BoardQuery) -> Key | None:
        if self.caller is None:
            return None
        return asked.digest, self.caller.tenant_id.int, self.caller.scopes


class Tokens:
    """The tokens that callers came with, by the Authorization header that says them."""

    def __init__(self) -> None:
        self._known: ByteBoundedLRU[bytes, Token] = ByteBoundedLRU(most_bytes=4_000_000)

    def of(self, authorization: bytes) -> Token | None:
        """None where the header says none, or one that is too long."""
        token = self._known.get(authorization)
        if token is None and len(authorization) <= _LONGEST:
            try:
                token = Token(access.token_hash(bearer_secret(authorization.decode("latin1"))))
            except HttpError:
                return None
            self._known.put(authorization, token, size=_TOKEN_BYTES + len(authorization))
        return token
