from __future__ import annotations

import pytest

from schema import limits
from schema.documents import parse_and_validate
from schema.field_costs import ITEM_COSTS, LIST_LENGTHS, OPERATION_COST, ROOT_COST, ROOT_COSTS
from schema.schema import schema


def cost(document: str) -> int:
    return parse_and_validate(schema, document).measures[None].cost


def test_every_declared_cost_is_of_a_field_that_exists() -> None:
    query = schema._schema.query_type
    assert query is not None
    assert ROOT_COSTS.keys() <= query.fields.keys()
    for type_, name in {*ITEM_COSTS, *LIST_LENGTHS}:
        assert name in schema._schema.type_map[type_].fields  # type: ignore[attr-defined]  # an object type


@pytest.mark.parametrize("name", ["todayBoard", "evidenceCoverage", "brand"])
def test_root_field_costs_its_sql_each_time_it_is_asked_for(name: str) -> None:
    argument = "id" if name == "brand" else "brandId"
    once = ROOT_COSTS.get(name, ROOT_COST) + 1
    fields = " ".join(f'f{number}: {name}({argument}: "b") {{ id: __typename }}' for number in range(6))
    assert cost(f"{{ {fields} }}") == OPERATION_COST + 6 * once


def test_mutation_costs_at_least_a_root_field() -> None:
    assert cost('mutation { archiveBrand(input: { brandId: "b" }) { __typename } }') == OPERATION_COST + ROOT_COST + 1


def test_fields_below_the_root_and_meta_fields_cost_their_values() -> None:
    assert cost("{ __typename }") == 1
    assert cost("{ viewer { tenant { boards: name } } }") == OPERATION_COST + ROOT_COST + 2


def test_list_of_boards_costs_each_whole_board() -> None:
    assert cost('{ boards(brandId: "b", first: 7) { nodes { id } } }') == OPERATION_COST + ROOT_COSTS["boards"] + 7 * (
        ITEM_COSTS["Query", "boards"] + 2
    )


def test_most_expensive_single_field_is_within_the_limit() -> None:
    assert max(ROOT_COSTS.values()) < limits.MAX_COST / 2
