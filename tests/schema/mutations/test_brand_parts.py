"""Pillars, personas and campaigns over GraphQL: what the three families have in common is tried on each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import Brand, ContentPillar
from tests.factories import make_brand, make_campaign, make_opportunity
from tests.schema.api import Api
from tests.schema.mutations.brand_parts import FAMILIES, ask

pytestmark = pytest.mark.django_db

DELETES = ("Persona", "Campaign")
family = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


@family
def test_create_stores_every_field_and_brand_lists_it(api: Api, brand: Brand, family: str) -> None:
    field, fields, whole = FAMILIES[family]
    made = ask(api, "create", family, brandId=str(brand.id), **whole)[field]
    assert {key: made[key] for key in whole} == whole
    listed = {"contentPillar": "pillars"}.get(field, f"{field}s")
    shown = api.data(f"query ($id: ID!) {{ brand(id: $id) {{ {listed} {{ {fields} }} }} }}", id=str(brand.id))
    assert made in shown["brand"][listed]


@family
def test_update_keeps_absent_fields_and_clears_null_ones(api: Api, brand: Brand, family: str) -> None:
    field, _, whole = FAMILIES[family]
    made = ask(api, "create", family, brandId=str(brand.id), **whole)[field]
    which = {f"{field}Id": made["id"]}
    assert ask(api, "update", family, **which)[field] == made
    changed = ask(api, "update", family, **which, name="Other", keywords=None)[field]
    assert changed == {**made, "name": "Other", "keywords": []}


@family
def test_taken_name_is_a_conflict_problem(api: Api, brand: Brand, family: str) -> None:
    field, _, whole = FAMILIES[family]
    ask(api, "create", family, brandId=str(brand.id), **whole)
    other = ask(api, "create", family, brandId=str(brand.id), **{**whole, "name": "Other"})[field]
    refusals = [
        ask(api, "create", family, brandId=str(brand.id), **whole),
        ask(api, "update", family, **{f"{field}Id": other["id"]}, name=whole["name"]),
    ]
    for refused in refusals:
        assert (refused["__typename"], refused["code"]) == ("ConflictProblem", "NAME_TAKEN")
        assert refused["path"] == ["input", "name"]


@pytest.mark.parametrize("family", DELETES)
def test_delete_twice_is_not_found(api: Api, brand: Brand, family: str) -> None:
    field, _, whole = FAMILIES[family]
    id_ = ask(api, "create", family, brandId=str(brand.id), **whole)[field]["id"]
    assert ask(api, "delete", family, **{f"{field}Id": id_}) == {
        "__typename": f"{family}Deleted", f"{field}Id": id_,
    }  # fmt: skip
    assert ask(api, "delete", family, **{f"{field}Id": id_})["code"] == "NOT_FOUND"


# Authentication and both ends of a transaction beside: what the verb itself takes.
COSTS = {
    ("create", "ContentPillar"): 5,  # lock the brand, the last rank, how many there are, insert, the board's note
    ("update", "ContentPillar"): 3,  # lock, write, the board's note
    ("archive", "ContentPillar"): 3,
    ("unarchive", "ContentPillar"): 1,  # it was active
    ("create", "Persona"): 4,
    ("update", "Persona"): 3,
    ("delete", "Persona"): 4,  # lock, part it from its ideas, delete, the board's note
    ("create", "Campaign"): 4,
    ("update", "Campaign"): 3,
    ("delete", "Campaign"): 3,
}


@pytest.mark.parametrize("others", [0, 20])
@pytest.mark.parametrize("what", COSTS, ids="".join)
def test_sql_statements_do_not_depend_on_the_number_of_rows(
    api: Api, brand: Brand, what: tuple[str, str], others: int
) -> None:
    verb, family = what
    field, _, whole = FAMILIES[family]
    persona = brand.personas.get()
    for n in range(others):
        ContentPillar.objects.create(brand=brand, name=f"Pillar {n}")
        make_campaign(brand)
        make_opportunity(brand, persona=persona)
    ids = {"ContentPillar": brand.pillars.earliest("created_at"), "Persona": persona, "Campaign": make_campaign(brand)}
    given: dict[str, Any] = {f"{field}Id": str(ids[family].id)}
    if verb == "create":
        given = {"brandId": str(brand.id), **{key: value for key, value in whole.items() if key != "rank"}}
    elif verb == "update":
        given["name"] = "New"
    with CaptureQueriesContext(connection) as statements:
        assert "code" not in ask(api, verb, family, **given)
    assert len(statements) == 3 + COSTS[what], [each["sql"][:90] for each in statements]
