"""Rate limits per minute, over HTTP."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from pytest_django import DjangoAssertNumQueries, Settings

from schema.documents import parse_and_validate
from schema.schema import schema
from tests.factories import make_secret
from tests.schema.api import GRAPHQL, Api
from tests.schema.asgi_client import Client

pytestmark = pytest.mark.django_db

BRANDS = "{ brands { id } }"


def cost() -> int:
    """The cost of BRANDS."""
    return parse_and_validate(schema, BRANDS).measures[None].cost


@pytest.fixture
def _twice_a_minute(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 2 * cost()


def the_error(response: HttpResponse) -> dict[str, Any]:
    (error,) = json.loads(response.content)["errors"]
    assert isinstance(error, dict)
    return error


@pytest.mark.usefixtures("_twice_a_minute")
@pytest.mark.parametrize("accept", [GRAPHQL, "application/json"])
def test_rate_limit_is_429_with_retry_after(accept: str) -> None:
    api = Api()
    for _ in range(2):
        assert api.post({"query": BRANDS}, Accept=accept).status_code == 200
    refused = api.post({"query": BRANDS}, Accept=accept)
    extensions = the_error(refused)["extensions"]
    assert refused.status_code == 429
    assert (extensions["code"], extensions["retryable"]) == ("RATE_LIMITED", True)
    assert refused["Retry-After"] == str(extensions["retryAfterS"])
    assert 1 <= extensions["retryAfterS"] <= 120
    assert b'"data"' not in refused.content


@pytest.mark.usefixtures("_twice_a_minute")
def test_rate_limit_prevents_execution() -> None:
    api = Api()
    api.data(BRANDS)
    api.data(BRANDS)
    mutation = 'mutation { regenerateTodayBoard(input: { brandId: "x" }) { __typename } }'
    assert api.ask(mutation).keys() >= {"errors"}
    assert api.codes(mutation) == ["RATE_LIMITED"]


def test_rate_limit_counts_refused_documents(settings: Settings) -> None:
    settings.RATE_LIMIT_TOKEN_COST_PER_MIN = 3
    api = Api()
    for query, code in (
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ a: __typename b: __typename } query B { __typename }", "OPERATION_RESOLUTION_FAILURE"),
        ("{ __typename }", "RATE_LIMITED"),
    ):
        assert api.codes(query) == [code]


def test_rate_limit_of_a_tenant_spares_other_tenants(settings: Settings) -> None:
    settings.RATE_LIMIT_TENANT_COST_PER_MIN = cost()
    api = Api()
    api.data(BRANDS)
    assert Api(tenant=api.tenant, secret=make_secret(api.tenant)).codes(BRANDS) == ["RATE_LIMITED"]
    assert Api().codes(BRANDS) == []


@pytest.mark.usefixtures("_twice_a_minute")
def test_rate_limits_are_off_without_redis(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    api = Api()
    assert {api.post({"query": BRANDS}).status_code for _ in range(5)} == {200}


def ask(secret: str, address: str) -> HttpResponse:
    response = Client(address=address).post(
        "/graphql",
        json.dumps({"query": "{ __typename }"}),
        headers={"Authorization": f"Bearer {secret}"},
    )
    assert isinstance(response, HttpResponse)
    return response


def test_address_limit_refuses_before_any_query(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.RATE_LIMIT_FAILED_AUTH_PER_MIN = 3
    api, address = Api(), f"2001:db8:{uuid4().hex[:4]}:{uuid4().hex[:4]}::1"
    assert ask(api.secret, address).status_code == 200
    assert [ask(f"guess-{n}", address).status_code for n in range(4)] == [401] * 4
    with django_assert_num_queries(0):
        refused = ask("guess-5", address)
    assert refused.status_code == 429
    assert the_error(refused)["extensions"]["code"] == "RATE_LIMITED"
    assert refused["Retry-After"] == str(the_error(refused)["extensions"]["retryAfterS"])
    assert ask(api.secret, "2001:db8:ffff::1").status_code == 200
