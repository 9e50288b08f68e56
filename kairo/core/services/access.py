"""Who is calling, and may they touch that? The only answers to both questions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from kairo.core.errors import NotFound, Unauthenticated
from kairo.core.models import Brand

_LONGEST_SECRET = 512


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A tenant acting through one of its API tokens."""

    tenant_id: UUID
    token_id: UUID
    scopes: frozenset[str]

    def may(self, scope: str) -> bool:
        return scope in self.scopes


def authenticate(*, secret: str) -> Caller:
    """The caller whose live token this is. One SQL statement, by an index over the hash.

    Raises:
        Unauthenticated: no token has this secret, or it has expired or been revoked; which one is not told.
    """
    if not 0 < len(secret) <= _LONGEST_SECRET:
        raise Unauthenticated("The API token is not valid.")
    with connection.cursor() as cursor:
        # A function, because the web's role sees no token before it has a tenant.
        cursor.execute("SELECT token_id, tenant_id, scopes FROM kairo_authenticate(%s)", [token_hash(secret)])
        row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("The API token is not valid.")
    token_id, tenant_id, scopes = row
    return Caller(tenant_id=tenant_id, token_id=token_id, scopes=frozenset(scopes))


def token_hash(secret: str) -> str:
    """The keyed hash under which a token is stored: HMAC-SHA256 with the server's secret key, in hex.

    The key makes a leaked table useless without the server's environment.
    """
    return salted_hmac(
        "kairo.api_token", secret.encode("utf-8", "surrogatepass"), algorithm=hashlib.sha256().name
    ).hexdigest()


def brands(*, caller: Caller) -> QuerySet[Brand]:
    """The brands this caller may see."""
    return Brand.objects.filter(tenant_id=caller.tenant_id)


def brand_for(*, caller: Caller, brand_id: UUID) -> Brand:
    """The brand with this id.

    Raises:
        NotFound: there is none, or it belongs to another tenant; which one is not told.
    """
    brand = brands(caller=caller).filter(id=brand_id).first()
    if brand is None:
        raise NotFound(noun="Brand")
    return brand
