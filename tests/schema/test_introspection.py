"""Who may ask for the schema itself."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query
from pytest_django import Settings

from schema.documents import parse_and_validate
from tests.factories import make_secret, make_tenant
from tests.schema.api import GRAPHQL, Api

pytestmark = pytest.mark.django_db

INTROSPECTIONS = {
    "the standard query": get_introspection_query(),
    "one type": '{ __type(name: "Brand") { name } }',
    "by an alias": "{ brands { id } a: __schema { queryType { name } } }",
    "in a fragment of a fragment": (
        "{ ...F } fragment F on Query { ...G } fragment G on Query { ... { __schema { queryType { name } } } }"
    ),
}


@pytest.fixture
def _in_production(settings: Settings) -> None:
    settings.KAIRO_INTROSPECTION = "admin"


@pytest.fixture
def admin() -> Api:
    tenant = make_tenant()
    return Api(tenant=tenant, secret=make_secret(tenant, scopes=["read", "admin"]))


@pytest.mark.parametrize("query", INTROSPECTIONS.values(), ids=INTROSPECTIONS.keys())
def test_introspection_setting_allows_every_caller(query: str) -> None:
    assert Api().codes(query) == []


@pytest.mark.usefixtures("_in_production")
@pytest.mark.parametrize("query", INTROSPECTIONS.values(), ids=INTROSPECTIONS.keys())
def test_introspection_in_production_requires_admin_even_when_cached(query: str, admin: Api) -> None:
    parse_and_validate.cache.clear()
    other = Api()
    for _ in range(2):
        assert admin.codes(query) == []
        assert other.codes(query) == ["GRAPHQL_VALIDATION_FAILED"]
    parse_and_validate.cache.clear()
    assert other.codes(query) == ["GRAPHQL_VALIDATION_FAILED"]
    assert admin.codes(query) == []


@pytest.mark.usefixtures("_in_production")
def test_rejected_introspection_is_a_validation_error() -> None:
    response = Api().post({"query": INTROSPECTIONS["one type"]}, Accept=GRAPHQL)
    assert response.status_code == 400
    assert b"scope 'admin'" in response.content
    assert b'"data"' not in response.content


@pytest.mark.usefixtures("_in_production")
def test_limits_apply_to_the_executed_operation() -> None:
    both = "query A { __typename } query B { __schema { queryType { name } } }"
    response = Api().post({"query": both, "operationName": "A"})
    assert b'"errors"' not in response.content
    assert b"GRAPHQL_VALIDATION_FAILED" in Api().post({"query": both, "operationName": "B"}).content


@pytest.mark.usefixtures("_in_production")
def test_typename_is_not_introspection() -> None:
    assert Api().codes("{ __typename brands { __typename } }") == []
