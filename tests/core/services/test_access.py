from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from kairo.core.errors import NotFound, Unauthenticated
from kairo.core.services.access import authenticate, brand_for, token_hash
from kairo.core.services.api_tokens import create_token, revoke_token
from tests import factories

pytestmark = pytest.mark.django_db


def test_authenticate_takes_one_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    tenant = factories.make_tenant()
    token, secret = create_token(tenant=tenant, name="frontend", scopes=("read",))
    with django_assert_num_queries(1):
        caller = authenticate(secret=secret)
    assert (caller.tenant_id, caller.token_id) == (tenant.id, token.id)
    assert caller.may("read")
    assert not caller.may("write")


def test_secrets_are_long_and_unique() -> None:
    tenant = factories.make_tenant()
    first, second = factories.make_secret(tenant), factories.make_secret(tenant)
    assert first != second
    assert len(first) > 40


@pytest.mark.parametrize("secret", ["", "kairo_", "nonsense", "\x00", "\ud800", "x" * 100_000, "ключ"])
def test_authenticate_refuses_malformed_secrets(secret: str) -> None:
    with pytest.raises(Unauthenticated, match="not valid"):
        authenticate(secret=secret)


def test_authenticate_refuses_a_revoked_token() -> None:
    token, secret = create_token(tenant=factories.make_tenant(), name="t")
    revoke_token(token=token)
    with pytest.raises(Unauthenticated):
        authenticate(secret=secret)


def test_authenticate_refuses_an_expired_token() -> None:
    tenant = factories.make_tenant()
    _, fresh = create_token(tenant=tenant, name="t", expires_at=timezone.now() + timedelta(hours=1))
    _, old = create_token(tenant=tenant, name="t", expires_at=timezone.now() - timedelta(seconds=1))
    assert authenticate(secret=fresh)
    with pytest.raises(Unauthenticated):
        authenticate(secret=old)


def test_token_hash_depends_on_the_secret_key(settings: Settings) -> None:
    before = token_hash("kairo_secret")
    settings.SECRET_KEY = "another"
    assert token_hash("kairo_secret") != before


def test_brand_of_another_tenant_gives_the_error_of_an_unknown_one() -> None:
    mine, other = factories.make_tenant(), factories.make_tenant()
    brand = factories.make_brand(other)
    caller = factories.make_caller(mine)
    with pytest.raises(NotFound) as foreign:
        brand_for(caller=caller, brand_id=brand.id)
    with pytest.raises(NotFound) as unknown:
        brand_for(caller=caller, brand_id=uuid4())
    assert str(foreign.value) == str(unknown.value)
    assert brand_for(caller=factories.make_caller(other), brand_id=brand.id) == brand
