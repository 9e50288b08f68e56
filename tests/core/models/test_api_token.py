from __future__ import annotations

import pytest

from kairo.core.models import ApiToken
from tests import factories
from tests.constraints import assert_violates, execute

pytestmark = pytest.mark.django_db


def test_api_token_stores_a_hash_only() -> None:
    tenant = factories.make_tenant()
    assert_violates(
        "api_token_holds_a_hash",
        lambda: ApiToken.objects.create(tenant=tenant, name="t", token_hash="kairo_secret", prefix="kairo_"),
    )
    secret = factories.make_secret(tenant)
    assert_violates("api_token_holds_a_hash", lambda: execute("UPDATE core_apitoken SET token_hash = %s", secret))
    assert secret not in str(ApiToken.objects.values())
