from __future__ import annotations

import pytest

from schema.board_cache.eligibility import cacheable_operation, single_brand_id

BRAND = "00000000-0000-7000-8000-000000000001"
OTHER = BRAND.replace("1", "2")


def brand_id_of(document: str, **variables: object) -> str | None:
    operation = cacheable_operation(document, None)
    assert operation is not None
    values = operation.coerce_variables(variables)
    brand_id = single_brand_id(operation, values) if values else None
    return str(brand_id) if brand_id else None


@pytest.mark.parametrize(
    ("selection", "selects_read_time"),
    [
        ("id opportunities { title evidence { url } } meta { cacheHit }", False),
        ("asOf", True),
        ("at: asOf", True),
        ("...F", True),
        ("... on TodayBoardReady { ...F }", True),
    ],
)
def test_cacheable_operation_finds_the_time_of_reading(selection: str, selects_read_time: bool) -> None:
    fragment = " fragment F on TodayBoard { asOf }" if "...F" in selection else ""
    operation = cacheable_operation(f"query($b: ID!) {{ todayBoard(brandId: $b) {{ {selection} }} }}{fragment}", None)
    assert operation is not None
    assert operation.selects_read_time == selects_read_time


@pytest.mark.parametrize(
    "document",
    [
        "query($b: ID!) { todayBoard(brandId: $b) { brand { pillars { name } } } }",
        "query($b: ID!) { todayBoard(brandId: $b) { id } brands { id } }",
        "query($b: ID!) { todayBoard(brandId: $b) { id } __schema { types { name } } }",
        "query($b: ID!) { todayBoard(brandId: $b) { id ...F } } fragment F on TodayBoard { brand { personas { id } } }",
        'mutation { regenerateTodayBoard(input: { brandId: "x" }) { __typename } }',
        "query A { __typename } query B { __typename }",
        "{ nothing }",
        "{",
    ],
)
def test_cacheable_operation_excludes_rows_introspection_mutations_and_errors(document: str) -> None:
    assert cacheable_operation(document, None) is None


def test_single_brand_id_requires_one_brand_and_the_current_board() -> None:
    assert brand_id_of("query($b: ID!) { todayBoard(brandId: $b) { id } }", b=BRAND) == BRAND
    assert brand_id_of("query($b: ID!) { todayBoard(brandId: $b) { id } }", b=7) is None
    assert brand_id_of("query($b: ID!) { todayBoard(brandId: $b) { id } }") is None
    two = f'query($b: ID!) {{ a: todayBoard(brandId: $b) {{ id }} b: todayBoard(brandId: "{BRAND}") {{ id }} }}'
    assert brand_id_of(two, b=BRAND) == BRAND
    assert brand_id_of(two, b=OTHER) is None
    as_of = "query($b: ID!, $t: DateTime) { todayBoard(brandId: $b, asOf: $t) { id } }"
    assert brand_id_of(as_of, b=BRAND, t=None) == BRAND
    assert brand_id_of(as_of, b=BRAND, t="2026-01-01T00:00:00Z") is None
