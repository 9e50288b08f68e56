from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kairo.core.enums import TokenScope
from kairo.core.errors import Invalid, LimitReached, NotAllowed, NotFound
from kairo.core.models import ApiToken
from kairo.core.services.access import authenticate
from kairo.core.services.api_tokens import (
    MAX_LIVE_TOKENS,
    add_token,
    list_tokens,
    ordered_scopes,
    own_token,
    revoke_by_id,
    tokens_by_id,
)
from tests import factories

pytestmark = pytest.mark.django_db

ADMIN = ("read", "write", "admin")


def test_add_token_returns_a_secret_that_authenticates() -> None:
    admin = factories.make_caller(factories.make_tenant(), scopes=ADMIN)
    token, secret = add_token(caller=admin, name=" a  b ", scopes={TokenScope.READ}, expires_at=None)
    assert token.name == "a b"
    assert authenticate(secret=secret).token_id == token.id
    assert secret not in str(ApiToken.objects.values())


def test_add_token_needs_admin_and_its_own_scopes() -> None:
    writer = factories.make_caller(factories.make_tenant())
    admin = factories.make_caller(factories.make_tenant(), scopes=("read", "admin"))
    with pytest.raises(NotAllowed, match="admin"):
        add_token(caller=writer, name="x", scopes={TokenScope.READ}, expires_at=None)
    with pytest.raises(NotAllowed, match="write"):
        add_token(caller=admin, name="x", scopes={TokenScope.WRITE}, expires_at=None)


@pytest.mark.parametrize(
    ("name", "scopes", "days"), [(" ", ["read"], 1), ("x" * 201, ["read"], 1), ("x", [], 1), ("x", ["read"], -1)]
)
def test_add_token_refuses_invalid_values(name: str, scopes: list[str], days: int) -> None:
    admin = factories.make_caller(factories.make_tenant(), scopes=ADMIN)
    expires_at = timezone.now() + timedelta(days=days)
    with pytest.raises(Invalid):
        add_token(caller=admin, name=name, scopes=ordered_scopes(scopes), expires_at=expires_at)


def test_added_token_expires_with_its_creator_at_the_latest() -> None:
    admin = factories.make_caller(factories.make_tenant(), scopes=ADMIN)
    soon = timezone.now() + timedelta(days=1)
    ApiToken.objects.filter(id=admin.token_id).update(expires_at=soon)
    for expires_at in (None, soon + timedelta(days=9)):
        token, _ = add_token(caller=admin, name="x", scopes={TokenScope.READ}, expires_at=expires_at)
        assert token.expires_at == soon


def test_live_tokens_of_a_tenant_are_limited() -> None:
    admin = factories.make_caller(factories.make_tenant(), scopes=ADMIN)
    ApiToken.objects.bulk_create(
        ApiToken(tenant_id=admin.tenant_id, name=str(n), token_hash=f"{n:064x}") for n in range(MAX_LIVE_TOKENS - 1)
    )
    with pytest.raises(LimitReached):
        add_token(caller=admin, name="x", scopes={TokenScope.READ}, expires_at=None)


def test_revoke_is_idempotent_and_within_the_tenant() -> None:
    admin, other = (
        factories.make_caller(factories.make_tenant(), scopes=ADMIN),
        factories.make_caller(factories.make_tenant()),
    )
    token, _ = add_token(caller=admin, name="x", scopes={TokenScope.READ}, expires_at=None)
    revoked = revoke_by_id(caller=admin, token_id=token.id)
    assert revoked.revoked_at is not None
    assert revoke_by_id(caller=admin, token_id=token.id).revoked_at == revoked.revoked_at
    with pytest.raises(NotFound):
        revoke_by_id(caller=admin, token_id=other.token_id)


def test_tokens_are_visible_to_admins_and_to_themselves(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    admin = factories.make_caller(factories.make_tenant(), scopes=ADMIN)
    token, secret = add_token(caller=admin, name="x", scopes={TokenScope.READ}, expires_at=None)
    reader, ids = authenticate(secret=secret), [token.id, admin.token_id]
    assert tokens_by_id(caller=admin, ids=ids).keys() == set(ids)
    assert tokens_by_id(caller=reader, ids=ids).keys() == {token.id}
    with django_assert_num_queries(1):
        assert own_token(caller=reader).tenant.id == admin.tenant_id
    with django_assert_num_queries(1):
        assert [row.id for _, row in list_tokens(caller=admin, first=9, after=None).items] == ids
    with pytest.raises(NotAllowed):
        list_tokens(caller=reader, first=9, after=None)
