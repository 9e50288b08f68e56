"""Creates, lists and revokes a tenant's API tokens."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from kairo.core.enums import TokenScope
from kairo.core.errors import Invalid, LimitReached, NotAllowed, NotFound
from kairo.core.models import ApiToken, Tenant
from kairo.core.paging import Page, newest_first
from kairo.core.services.access import Caller, token_hash
from kairo.core.text import clean_line
from kairo.db.sql import retry_transaction

PREFIX = "kairo_"
MAX_NAME_LENGTH = 200
MAX_LIVE_TOKENS = 100
_PREFIX_LENGTH = len(PREFIX) + 6


def create_token(
    *,
    tenant: Tenant,
    name: str,
    scopes: Sequence[str] = ("read", "write"),
    expires_at: datetime | None = None,
    secret: str | None = None,
) -> tuple[ApiToken, str]:
    """Creates a token and returns it with its secret, which is not stored.

    `secret` sets the secret instead of generating one; for the demo's token.
    """
    secret = secret or PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        tenant=tenant,
        name=name,
        token_hash=token_hash(secret),
        prefix=secret[:_PREFIX_LENGTH],
        scopes=list(scopes),
        expires_at=expires_at,
    )
    return token, secret


def revoke_token(*, token: ApiToken) -> None:
    """Revokes a token; the next request with it is refused."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=Now(), updated_at=Now())


def own_token(*, caller: Caller) -> ApiToken:
    """The caller's token with its tenant: one SQL statement.

    Raises:
        NotFound: the token has been deleted.
    """
    token = ApiToken.objects.select_related("tenant").filter(id=caller.token_id).first()
    if token is None:
        raise NotFound(noun="ApiToken")
    return token


def list_tokens(*, caller: Caller, first: int, after: str | None) -> Page[ApiToken]:
    """A page of the tenant's tokens, newest first, expired and revoked ones included: one SQL statement.

    Raises:
        NotAllowed: the caller lacks the scope `admin`.
        Invalid: `first` or `after` is not valid.
    """
    _require_admin(caller)
    return newest_first(ApiToken.objects.filter(tenant_id=caller.tenant_id), first=first, after=after)


def tokens_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, ApiToken]:
    """Those of the tokens that the caller may see: the tenant's with the scope `admin`, else its own only."""
    rows = ApiToken.objects.filter(tenant_id=caller.tenant_id)
    return (rows if caller.may(TokenScope.ADMIN) else rows.filter(id=caller.token_id)).in_bulk(ids)


@retry_transaction
def add_token(
    *, caller: Caller, name: str, scopes: Collection[TokenScope], expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """Creates a token of the caller's tenant and returns it with its secret, which is not stored.

    It expires with the caller's own token at the latest, so that a token cannot extend its own lifetime.

    Raises:
        NotAllowed: the caller lacks the scope `admin`, or one of these scopes.
        Invalid: the name is blank or longer than 200 characters, there is no scope, or `expires_at` is in the past.
        LimitReached: the tenant has 100 live tokens.
    """
    _require_admin(caller)
    name = clean_line(name)
    if not 0 < len(name) <= MAX_NAME_LENGTH:
        raise Invalid(f"A name has 1 to {MAX_NAME_LENGTH} characters.", field="name")
    if not scopes:
        raise Invalid("A token needs at least one scope.", field="scopes")
    if lacking := sorted(set(scopes) - caller.scopes):
        raise NotAllowed(f"This token does not have the scope '{lacking[0]}', so it cannot give it.")
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid("`expiresAt` must be in the future.", field="expires_at")
    with transaction.atomic():
        # Locked, so that concurrent requests cannot exceed the limit.
        tenant = Tenant.objects.select_for_update(no_key=True).get(id=caller.tenant_id)
        live = ApiToken.objects.filter(tenant=tenant, revoked_at__isnull=True).exclude(expires_at__lte=Now())
        if live.count() >= MAX_LIVE_TOKENS:
            raise LimitReached(f"A tenant has at most {MAX_LIVE_TOKENS} live tokens. Revoke one that is not used.")
        expiries = [at for at in (expires_at, own_token(caller=caller).expires_at) if at is not None]
        return create_token(
            tenant=tenant, name=name, scopes=ordered_scopes(scopes), expires_at=min(expiries, default=None)
        )


def revoke_by_id(*, caller: Caller, token_id: UUID) -> ApiToken:
    """Revokes a token of the caller's tenant. Idempotent: a revoked token keeps its time.

    Raises:
        NotAllowed: the caller lacks the scope `admin`.
        NotFound: the token does not exist for this caller.
    """
    _require_admin(caller)
    token = ApiToken.objects.filter(tenant_id=caller.tenant_id, id=token_id).first()
    if token is None:
        raise NotFound(noun="ApiToken")
    revoke_token(token=token)
    token.refresh_from_db()
    return token


def ordered_scopes(scopes: Collection[str]) -> list[TokenScope]:
    """The scopes without duplicates, from least to most powerful."""
    return [scope for scope in TokenScope if scope in scopes]


def _require_admin(caller: Caller) -> None:
    if not caller.may(TokenScope.ADMIN):
        raise NotAllowed("This needs a token with the scope 'admin'.")
