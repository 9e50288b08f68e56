from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db.models.functions import Now

from kairo.core.models import ApiToken, Tenant
from kairo.core.services.access import token_hash

PREFIX = "kairo_"
_SHOWN = len(PREFIX) + 6


def create_token(
    *,
    tenant: Tenant,
    name: str,
    scopes: Sequence[str] = ("read", "write"),
    expires_at: datetime | None = None,
    secret: str | None = None,
) -> tuple[ApiToken, str]:
    """A new token and its secret, which is told here and never again.

    `secret` lets a development stack keep the token it printed last time.
    """
    secret = secret or PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant=tenant,
        name=name,
        token_hash=token_hash(secret),
        prefix=secret[:_SHOWN],
        scopes=list(scopes),
        expires_at=expires_at,
    )
    return token, secret


def revoke_token(*, token: ApiToken) -> None:
    """Voids a token from the next request on."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=Now(), updated_at=Now())
