from __future__ import annotations

import re

from kairo.core.errors import Invalid
from kairo.core.models import ApiToken, Tenant
from kairo.core.services.access import token_hash
from kairo.core.services.api_tokens import create_token, revoke_token

NAME = "demo"
_VALID_SECRET = re.compile(r"[!-~]{16,512}")  # valid in an HTTP header


def demo_token(*, tenant: Tenant, secret: str | None) -> str:
    """Creates the tenant's token named "demo", with read and write scope, and returns its secret.

    With `secret`, an existing token with this secret is used; without it the secret is new. Other tokens named "demo"
    are revoked.

    Raises:
        Invalid: the secret is too weak, or belongs to another token.
    """
    token = _existing(tenant=tenant, secret=secret) if secret else None
    if token is None:
        token, secret = create_token(tenant=tenant, name=NAME, scopes=("read", "write"), secret=secret)
    for other in ApiToken.objects.filter(tenant=tenant, name=NAME, revoked_at__isnull=True).exclude(pk=token.pk):
        revoke_token(token=other)
    assert secret is not None
    return secret


def _existing(*, tenant: Tenant, secret: str) -> ApiToken | None:
    """The demo token with this secret, made valid again if it was revoked; None if there is none."""
    if not _VALID_SECRET.fullmatch(secret):
        raise Invalid("The demo token must have 16 to 512 characters, all of them visible ASCII.", field="token")
    token = ApiToken.objects.filter(token_hash=token_hash(secret)).first()
    if token is None:
        return None
    if (token.tenant_id, token.name) != (tenant.pk, NAME):
        raise Invalid("The demo token is in use under another name or tenant.", field="token")
    if token.revoked_at or token.expires_at:
        ApiToken.objects.filter(pk=token.pk).update(revoked_at=None, expires_at=None)
    return token
