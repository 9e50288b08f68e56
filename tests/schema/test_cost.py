"""Answers say what their document was measured to cost."""

from __future__ import annotations

import json

import pytest

from schema import limits
from schema.documents import parse_and_validate
from schema.field_costs import ITEM_COSTS, OPERATION_COST, ROOT_COST
from schema.schema import schema
from tests.factories import make_brand
from tests.schema.api import TODAY_BOARD, Api

pytestmark = pytest.mark.django_db

BASE = OPERATION_COST + ROOT_COST


def cost(query: str, **variables: str) -> object:
    return Api().ask(query, **variables).get("extensions")


def test_cost_is_in_the_response_extensions() -> None:
    requested = BASE + 100 * 2
    assert cost("{ brands { id name } }") == {"cost": {"requested": requested, "limit": limits.MAX_COST}}


def test_cost_is_that_of_the_executed_operation() -> None:
    api = Api()
    both = "query A { brands { id } } query B { __typename }"
    answers = [json.loads(api.post({"query": both, "operationName": name}).content) for name in ("A", "B")]
    told = [answer["extensions"]["cost"]["requested"] for answer in answers]
    assert told == [BASE + 100, 1]


def test_rejected_document_reports_its_cost() -> None:
    over = "{ brands { " + " ".join(f"a{i}: pillars {{ keywords }}" for i in range(20)) + " } }"
    api = Api()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "MAX_COST", 100)
        parse_and_validate.cache.clear()
        answer = api.ask(over)
    parse_and_validate.cache.clear()
    assert answer["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert answer["extensions"]["cost"]["requested"] == BASE + 100 * 20 * (
        1 + 10 * (ITEM_COSTS["Brand", "pillars"] + 1)
    )


@pytest.mark.parametrize("query", ["{ brands", "query A { __typename } query B { __typename }"])
def test_unmeasured_document_has_no_cost(query: str) -> None:
    assert cost(query) is None


def test_cost_is_cached_with_the_document() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    known = parse_and_validate(schema, TODAY_BOARD)
    told = {str(api.ask(TODAY_BOARD, b=str(brand.id))["extensions"]) for _ in range(3)}
    assert len(told) == 1
    assert parse_and_validate(schema, TODAY_BOARD) is known
