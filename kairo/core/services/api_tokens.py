"""A tenant's API tokens: made, listed and voided, by an operator or by a caller who may."""

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
LONGEST_NAME = 200
MOST_LIVE_TOKENS = 100
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


def own_token(*, caller: Caller) -> ApiToken:
    """The token that the caller came with, and its tenant: one SQL statement.

    Raises:
        NotFound: it was deleted since.
    """
    token = ApiToken.objects.select_related("tenant").filter(id=caller.token_id).first()
    if token is None:
        raise NotFound(noun="ApiToken")
    return token


def list_tokens(*, caller: Caller, first: int, after: str | None) -> Page[ApiToken]:
    """A page of the tenant's tokens, newest first, expired and revoked ones included: one SQL statement.

    Raises:
        NotAllowed: the caller lacks the scope `admin`.
        Invalid: `first` or `after` cannot be used.
    """
    _require_admin(caller)
    return newest_first(ApiToken.objects.filter(tenant_id=caller.tenant_id), first=first, after=after)


def tokens_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, ApiToken]:
    """Those of these tokens that exist for this caller, which without the scope `admin` is its own alone."""
    rows = ApiToken.objects.filter(tenant_id=caller.tenant_id)
    return (rows if caller.may(TokenScope.ADMIN) else rows.filter(id=caller.token_id)).in_bulk(ids)


@retry_transaction
def add_token(
    *, caller: Caller, name: str, scopes: Collection[TokenScope], expires_at: datetime | None
) -> tuple[ApiToken, str]:
    """A new token of the caller's tenant and its secret, which is told here and never again.

    It ends with the caller's own at the latest, or a token could outlive itself.

    Raises:
        NotAllowed: the caller lacks the scope `admin`, or one of these scopes.
        Invalid: the name is blank or longer than 200 characters, there is no scope, or it would expire at once.
        LimitReached: the tenant has 100 live tokens.
    """
    _require_admin(caller)
    name = clean_line(name)
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid(f"A name has 1 to {LONGEST_NAME} characters.", field="name")
    if not scopes:
        raise Invalid("A token needs at least one scope.", field="scopes")
    if lacking := sorted(set(scopes) - caller.scopes):
        raise NotAllowed(f"This token does not have the scope {lacking[0]!r}, so it cannot give it.")
    if expires_at is not None and expires_at <= timezone.now():
        raise Invalid("`expiresAt` must be in the future.", field="expires_at")
    with transaction.atomic():
        # Locked, so that two requests at once do not both make the last one.
        tenant = Tenant.objects.select_for_update(no_key=True).get(id=caller.tenant_id)
        live = ApiToken.objects.filter(tenant=tenant, revoked_at__isnull=True).exclude(expires_at__lte=Now())
        if live.count() >= MOST_LIVE_TOKENS:
            raise LimitReached(f"A tenant has at most {MOST_LIVE_TOKENS} live tokens. Revoke one that is not used.")
        ends = [at for at in (expires_at, own_token(caller=caller).expires_at) if at is not None]
        return create_token(tenant=tenant, name=name, scopes=in_order(scopes), expires_at=min(ends, default=None))


def revoke_by_id(*, caller: Caller, token_id: UUID) -> ApiToken:
    """Voids a token of the caller's tenant from the next request on; one that was voided before stays as it is.

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


def in_order(scopes: Collection[str]) -> list[TokenScope]:
    """Each of these scopes once, the least first."""
    return [scope for scope in TokenScope if scope in scopes]


def _require_admin(caller: Caller) -> None:
    if not caller.may(TokenScope.ADMIN):
        raise NotAllowed("This needs a token with the scope 'admin'.")
