from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import ApiToken
from kairo.core.services.api_tokens import create_token
from schema.ids import global_id
from tests.factories import make_secret, make_tenant
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

VIEWER = "{ viewer { tenant { id slug name } token { id name scopes expiresAt prefix revokedAt createdAt } } }"
TOKENS = """query ($first: Int, $after: String) { apiTokens(first: $first, after: $after) {
  nodes { id name scopes } edges { cursor } pageInfo { hasNextPage endCursor } } }"""


def test_viewer_is_the_callers_tenant_and_token() -> None:
    tenant = make_tenant()
    token, secret = create_token(tenant=tenant, name="frontend", scopes=("write", "read"))
    api = Api(tenant=tenant, secret=secret)
    create_token(tenant=tenant, name="another")
    with CaptureQueriesContext(connection) as statements:
        viewer = api.data(VIEWER)["viewer"]
    assert len(statements) == 2
    assert viewer["tenant"] == {"id": global_id("Tenant", tenant.id), "slug": tenant.slug, "name": tenant.name}
    shown = viewer["token"]
    assert (shown["id"], shown["name"]) == (global_id("ApiToken", token.id), "frontend")
    assert (shown["scopes"], shown["expiresAt"], shown["revokedAt"]) == (["READ", "WRITE"], None, None)
    assert secret.startswith(shown["prefix"])
    assert len(shown["prefix"]) < 16


@pytest.mark.parametrize("number", [1, 50])
def test_api_tokens_lists_newest_first_in_two_statements(number: int) -> None:
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=("read", "admin")))
    create_token(tenant=make_tenant(), name="theirs")
    for _ in range(number - 1):
        create_token(tenant=api.tenant, name="t")
    with CaptureQueriesContext(connection) as statements:
        listed = api.data(TOKENS, first=50)["apiTokens"]["nodes"]
    assert len(statements) == 2
    rows = ApiToken.objects.filter(tenant=api.tenant).order_by("-created_at", "-id")
    assert [token["id"] for token in listed] == [global_id("ApiToken", row.id) for row in rows]
    page = api.data(TOKENS, first=1)["apiTokens"]
    assert page["pageInfo"]["hasNextPage"] == (number > 1)
    rest = api.data(TOKENS, first=100, after=page["pageInfo"]["endCursor"])["apiTokens"]["nodes"]
    assert page["nodes"] + rest == listed


def test_api_tokens_requires_admin() -> None:
    answer = Api().ask(TOKENS)
    assert answer["data"] == {"apiTokens": None}
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
