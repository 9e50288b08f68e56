from __future__ import annotations

import pytest

from schema.documents import parse_and_validate
from schema.schema import schema
from tests.factories import make_brand, make_secret, make_tenant
from tests.schema.api import TODAY_BOARD, Api

pytestmark = pytest.mark.django_db

TWO = "query A { brands { id } } query B { brands { slug } }"


def test_document_is_parsed_and_validated_once() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    known = parse_and_validate(schema, TODAY_BOARD)
    for _ in range(20):
        api.data(TODAY_BOARD, b=str(brand.id))
    assert parse_and_validate(schema, TODAY_BOARD) is known


def test_rejected_document_is_rejected_again_with_the_same_errors() -> None:
    api = Api()
    answers = [api.ask("{ nothing }") for _ in range(2)]
    for answer in answers:
        del answer["errors"][0]["extensions"]["requestId"]
    assert answers[0] == answers[1]
    assert answers[0]["errors"][0]["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize("name", ["A", "B"])
def test_operation_name_selects_the_operation(name: str) -> None:
    api = Api()
    make_brand(api.tenant)
    response = api.post({"query": TWO, "operationName": name})
    assert (b"slug" in response.content) == (name == "B")


@pytest.mark.parametrize(
    "body",
    [
        {"query": TWO},
        {"query": TWO, "operationName": None},
        {"query": TWO, "operationName": "C"},
        {"query": "{ brands { id } }", "operationName": "C"},
        {"query": "fragment F on Query { __typename }"},
    ],
)
def test_ambiguous_operation_is_an_error(body: dict[str, object]) -> None:
    response = Api().post(body, Accept="application/graphql-response+json")
    assert response.status_code == 400
    assert b"OPERATION_RESOLUTION_FAILURE" in response.content
    assert b'"data"' not in response.content


def test_scope_is_that_of_the_executed_operation() -> None:

    tenant = make_tenant()
    reader = Api(tenant=tenant, secret=make_secret(tenant, scopes=["read"]))
    both = 'query A { __typename } mutation B { regenerateTodayBoard(input: { brandId: "x" }) { __typename } }'
    assert reader.post({"query": both, "operationName": "A"}).status_code == 200
    refused = reader.post({"query": both, "operationName": "B"}, Accept="application/graphql-response+json")
    assert refused.status_code == 403


def test_subscriptions_are_not_served() -> None:
    assert Api().codes("subscription { brands { id } }") != []
