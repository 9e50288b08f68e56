from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from kairo.core.models import ApiToken
from kairo.core.services.api_tokens import MAX_LIVE_TOKENS, create_token
from schema.ids import global_id
from tests.factories import make_secret, make_tenant
from tests.schema.api import Api

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db

CREATE = """mutation ($i: CreateApiTokenInput!) { createApiToken(input: $i) { __typename
  ... on Problem { code message } ... on InvalidInputProblem { path }
  ... on ApiTokenCreated { secret token { id name prefix scopes expiresAt } } } }"""
REVOKE = """mutation ($t: ID!) { revokeApiToken(input: {tokenId: $t}) { __typename
  ... on Problem { code message } ... on ApiTokenRevoked { token { id revokedAt } } } }"""
WHO = "{ viewer { token { id } } }"


@pytest.fixture
def admin() -> Api:
    tenant = make_tenant()
    return Api(tenant=tenant, secret=make_secret(tenant, scopes=("read", "write", "admin")))


def create(api: Api, **given: Any) -> dict[str, Any]:
    answer: dict[str, Any] = api.data(CREATE, i={"name": "frontend", "scopes": ["READ"], **given})["createApiToken"]
    return answer


def test_create_token_returns_a_working_secret(admin: Api) -> None:
    until = (timezone.now() + timedelta(days=30)).replace(microsecond=0)
    made = create(admin, name="  my   frontend ", scopes=["WRITE", "READ", "READ"], expiresAt=until.isoformat())
    token, secret = made["token"], made["secret"]
    assert (token["name"], token["scopes"]) == ("my frontend", ["READ", "WRITE"])
    assert token["expiresAt"] == until.isoformat().replace("+00:00", "Z")
    assert secret.startswith(token["prefix"])
    assert Api(tenant=admin.tenant, secret=secret).data(WHO)["viewer"]["token"]["id"] == token["id"]
    everything = json.dumps([list(row) for row in ApiToken.objects.values_list("name", "token_hash", "prefix")])
    assert secret not in everything
    listed = admin.data("{ apiTokens { nodes { id name prefix scopes } } }")
    assert secret not in json.dumps(listed)


def test_revoked_token_is_rejected_from_the_next_request_on(admin: Api) -> None:
    made = create(admin)
    bearer = Api(tenant=admin.tenant, secret=made["secret"])
    assert bearer.data(WHO)
    revoked = admin.data(REVOKE, t=made["token"]["id"])["revokeApiToken"]["token"]
    assert (revoked["id"], revoked["revokedAt"] is None) == (made["token"]["id"], False)
    response = bearer.post({"query": WHO})
    assert response.status_code == 401
    again = admin.data(REVOKE, t=made["token"]["id"])["revokeApiToken"]["token"]
    assert again == revoked


def test_token_may_revoke_itself(admin: Api) -> None:
    own = admin.data(WHO)["viewer"]["token"]["id"]
    assert admin.data(REVOKE, t=own)["revokeApiToken"]["__typename"] == "ApiTokenRevoked"
    assert admin.post({"query": WHO}).status_code == 401


@pytest.mark.parametrize("scopes", [("read", "write"), ("write",)])
def test_token_mutations_require_admin(scopes: tuple[str, ...]) -> None:
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=scopes))
    other = create_token(tenant=tenant, name="other")[0]
    assert api.codes(CREATE, i={"name": "frontend", "scopes": ["WRITE"]}) == ["FORBIDDEN"]
    assert api.codes(REVOKE, t=global_id("ApiToken", other.id)) == ["FORBIDDEN"]
    other.refresh_from_db()
    assert other.revoked_at is None
    assert ApiToken.objects.filter(tenant=tenant).count() == 2


def test_admin_scope_alone_may_not_write() -> None:
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=("read", "admin")))
    assert api.codes(CREATE, i={"name": "frontend", "scopes": ["READ"]}) == ["FORBIDDEN"]


def test_create_token_cannot_grant_a_scope_the_caller_lacks() -> None:
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=("write", "admin")))
    assert api.codes(CREATE, i={"name": "frontend", "scopes": ["WRITE", "READ"]}) == ["FORBIDDEN"]
    assert create(api, scopes=["WRITE", "ADMIN"])["token"]["scopes"] == ["WRITE", "ADMIN"]


@pytest.mark.parametrize(("asked_h", "given_h"), [(None, 2), (3, 2), (2, 2), (1, 1)])
def test_create_token_cannot_outlive_the_callers_token(asked_h: int | None, given_h: int) -> None:
    tenant, now = make_tenant(), timezone.now()
    ending = create_token(tenant=tenant, name="admin", scopes=("read", "write", "admin"), expires_at=now + 2 * HOUR)
    asked = {} if asked_h is None else {"expiresAt": (now + asked_h * HOUR).isoformat()}
    made = create(Api(tenant=tenant, secret=ending[1]), **asked)
    assert made["__typename"] == "ApiTokenCreated"
    assert ApiToken.objects.exclude(id=ending[0].id).get().expires_at == now + given_h * HOUR


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"name": ""}, "name"),
        ({"name": " \t\u0000 "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"scopes": []}, "scopes"),
        ({"expiresAt": "2020-01-01T00:00:00Z"}, "expiresAt"),
    ],
)
def test_invalid_value_is_an_invalid_input_problem(admin: Api, given: dict[str, Any], path: str) -> None:
    problem = create(admin, **given)
    assert (problem["__typename"], problem["code"]) == ("InvalidInputProblem", "INVALID_INPUT")
    assert problem["path"] == ["input", path]
    assert ApiToken.objects.filter(tenant=admin.tenant).count() == 1


def test_active_tokens_are_limited(admin: Api) -> None:
    ApiToken.objects.bulk_create(
        ApiToken(tenant=admin.tenant, name="old", token_hash=f"{n:064x}", prefix="kairo_", revoked_at=revoked_at)
        for n, revoked_at in enumerate([None] * (MAX_LIVE_TOKENS - 2) + [timezone.now()] * 50)
    )
    first = create(admin)
    problem = create(admin)
    assert (problem["__typename"], problem["code"]) == ("ConflictProblem", "LIMIT_REACHED")
    admin.data(REVOKE, t=first["token"]["id"])
    assert create(admin)["__typename"] == "ApiTokenCreated"


def test_another_tenants_token_cannot_be_revoked(admin: Api) -> None:
    theirs = create_token(tenant=make_tenant(), name="theirs")[0]
    problem = admin.data(REVOKE, t=global_id("ApiToken", theirs.id))["revokeApiToken"]
    assert (problem["__typename"], problem["code"]) == ("NotFoundProblem", "NOT_FOUND")
    theirs.refresh_from_db()
    assert theirs.revoked_at is None
