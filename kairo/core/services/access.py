"""Authentication by API token, and authorization: the only module that decides what a caller may see."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from kairo.core.errors import NotFound, Unauthenticated
from kairo.core.models import Brand

_MAX_SECRET_LENGTH = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """An authenticated tenant, its token and the token's scopes."""

    tenant_id: UUID
    token_id: UUID
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        return scope in self.scopes


def authenticate(*, secret: str) -> Caller:
    """Returns the caller of a valid token. One SQL statement, by the index on the hash.

    Raises:
        Unauthenticated: the token is unknown, expired or revoked; the error does not say which.
    """
    if not 0 < len(secret) <= _MAX_SECRET_LENGTH:
        raise Unauthenticated("The API token is not valid.")
    with connection.cursor() as cursor:
        # A SECURITY DEFINER function: without a tenant, row-level security hides every token from the web role.
        cursor.execute("SELECT token_id, tenant_id, scopes FROM kairo_authenticate(%s)", [token_hash(secret)])
        row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("The API token is not valid.")
    token_id, tenant_id, scopes = row
    return Caller(tenant_id=tenant_id, token_id=token_id, scopes=frozenset(scopes))


def token_hash(secret: str) -> str:
    """The stored form of a token: HMAC-SHA256 with SECRET_KEY, in hex. Without the key, a leaked table is useless."""
    return salted_hmac(
        "kairo.api_token", secret.encode("utf-8", "surrogatepass"), algorithm=hashlib.sha256().name
    ).hexdigest()


def brands(*, caller: Caller) -> QuerySet[Brand]:
    """The brands this caller may see."""
    return Brand.objects.filter(tenant_id=caller.tenant_id)


def brand_for(*, caller: Caller, brand_id: UUID) -> Brand:
    """The caller's brand with this id.

    Raises:
        NotFound: it does not exist, or belongs to another tenant.
    """
    brand = brands(caller=caller).filter(id=brand_id).first()
    if brand is None:
        raise NotFound(noun="Brand")
    return brand
