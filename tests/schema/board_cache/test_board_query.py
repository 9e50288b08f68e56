from __future__ import annotations

import json
from itertools import combinations
from typing import Any

from schema.board_cache.board_query import board_query

BRAND = "00000000-0000-7000-8000-000000000001"
ONE = "query A($b: ID!, $f: Boolean = true) { todayBoard(brandId: $b) { id @include(if: $f) state } }"
OTHERS: tuple[Any, ...] = (1, 1.0, "1", "true", None, [], {}, [[]], "null")
TWO = "query A($b: ID!) { todayBoard(brandId: $b) { id } } query AA($b: ID!) { todayBoard(brandId: $b) { id } }"


def digest(*, query: str, operationName: str | None = None, variables: dict[str, Any]) -> bytes:  # noqa: N803  GraphQL's
    found = board_query(query, operationName, variables)
    assert found is not None
    return found.digest


def test_digest_differs_for_different_requests() -> None:
    name, variables = json.dumps("A"), json.dumps({"b": BRAND})
    digests = [
        digest(query=ONE, variables={"b": BRAND}),
        digest(query=ONE, variables={"b": BRAND, "f": True}),
        digest(query=ONE, variables={"b": BRAND, "f": False}),
        digest(query=ONE, variables={"b": BRAND, "F": False}),
        digest(query=ONE, variables={"b": BRAND, "": None}),
        digest(query=ONE, variables={"b": BRAND.replace("1", "2")}),
        digest(query=ONE + " ", variables={"b": BRAND}),
        digest(query=ONE, operationName="A", variables={"b": BRAND}),
        digest(query=TWO, operationName="A", variables={"b": BRAND}),
        digest(query=TWO, operationName="AA", variables={"b": BRAND}),
        # One part ends as another begins.
        digest(query=f"{ONE}#{name}", variables={"b": BRAND}),
        digest(query=f"{ONE}#{name}{variables}", variables={"b": BRAND}),
        digest(query=f"{ONE}#null{variables}", operationName="A", variables={"b": BRAND}),
        # Lone surrogates, and their escaped forms.
        digest(query=ONE, variables={"b": BRAND, "x": "\ud800"}),
        digest(query=ONE, variables={"b": BRAND, "x": "\\ud800"}),
        digest(query=ONE, variables={"b": BRAND, "x": "?"}),
        *(digest(query=ONE, variables={"b": BRAND, "x": x}) for x in OTHERS),
    ]
    assert all(one != other for one, other in combinations(digests, 2))


def test_digest_ignores_the_order_of_variables() -> None:
    assert digest(query=ONE, variables={"b": BRAND, "f": True}) == digest(query=ONE, variables={"f": True, "b": BRAND})
