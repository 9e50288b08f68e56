from __future__ import annotations

from kairo.core.services import access
from schema.board_cache.tokens import CachedToken
from schema.lru_cache import ByteBoundedLRU
from schema.server.request import bearer_secret, invalid_token

_MAX_HEADER_BYTES = 600  # a secret has at most 512 characters
_TOKEN_BYTES = 1000


class TokenCache:
    """Tokens by Authorization header, so that a secret is hashed once. Only those that the database knows are kept."""

    def __init__(self) -> None:
        self._tokens: ByteBoundedLRU[bytes, CachedToken] = ByteBoundedLRU(max_bytes=4_000_000)

    def resolve(self, authorization: bytes) -> CachedToken:
        """Returns the header's token, which need not be valid.

        Raises:
            HttpError: the header has no bearer token.
        """
        token = self._tokens.get(authorization)
        if token is None:
            secret = bearer_secret(authorization.decode("latin1"))
            if len(authorization) > _MAX_HEADER_BYTES:
                raise invalid_token()
            token = CachedToken(access.token_hash(secret))
        return token

    def keep(self, authorization: bytes, token: CachedToken) -> None:
        """Keeps a token that the database has confirmed."""
        if authorization not in self._tokens:
            self._tokens.put(authorization, token, size=_TOKEN_BYTES + len(authorization))
