"""Pillars, personas and campaigns over GraphQL: what the three families have in common is tried on each."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import Brand, ContentPillar, Opportunity, Persona
from schema.ids import global_id
from tests.factories import make_brand, make_campaign, make_opportunity, make_ready_board
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

# Family: the field of its success, its own fields, and a whole one as a client gives it.
FAMILIES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ContentPillar": (
        "contentPillar",
        "id name description keywords rank isActive",
        {"name": "Ovens", "description": "Heat.", "keywords": ["oven", "stone"], "rank": 4},
    ),
    "Persona": (
        "persona",
        "id name role summary priorities pains keywords",
        {
            "name": "Cook",
            "role": "Chef",
            "summary": "Busy.",
            "priorities": ["speed"],
            "pains": ["heat"],
            "keywords": ["pan"],
        },
    ),
    "Campaign": (
        "campaign",
        "id name starts ends keywords",
        {"name": "Spring", "starts": "2026-03-01", "ends": "2026-03-31", "keywords": ["rye"]},
    ),
}
PROBLEM = "... on Problem { code message } ... on InvalidInputProblem { path }"
DELETES = ("Persona", "Campaign")
family = pytest.mark.parametrize("family", FAMILIES)


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def brand(api: Api) -> Brand:
    return make_brand(api.tenant)


def ask(api: Api, verb: str, family: str, **given: Any) -> dict[str, Any]:
    field, fields, _ = FAMILIES[family]
    saved = f"{family}Saved {{ {field} {{ {fields} }} }} ... on ConflictProblem {{ path }}"
    done = f"{family}Deleted {{ {field}Id }}" if verb == "delete" else saved
    query = (
        f"mutation ($i: {verb.title()}{family}Input!) {{ "
        f"{verb}{family}(input: $i) {{ __typename ... on {done} {PROBLEM} }} }}"
    )
    answer: dict[str, Any] = api.data(query, i=given)[f"{verb}{family}"]
    return answer


@family
def test_one_is_made_whole_and_shown_with_its_brand(api: Api, brand: Brand, family: str) -> None:
    field, fields, whole = FAMILIES[family]
    made = ask(api, "create", family, brandId=str(brand.id), **whole)[field]
    assert {key: made[key] for key in whole} == whole
    listed = {"contentPillar": "pillars"}.get(field, f"{field}s")
    shown = api.data(f"query ($id: ID!) {{ brand(id: $id) {{ {listed} {{ {fields} }} }} }}", id=str(brand.id))
    assert made in shown["brand"][listed]


@family
def test_absent_stays_and_null_clears(api: Api, brand: Brand, family: str) -> None:
    field, _, whole = FAMILIES[family]
    made = ask(api, "create", family, brandId=str(brand.id), **whole)[field]
    which = {f"{field}Id": made["id"]}
    assert ask(api, "update", family, **which)[field] == made
    changed = ask(api, "update", family, **which, name="Other", keywords=None)[field]
    assert changed == {**made, "name": "Other", "keywords": []}


@family
def test_a_name_that_is_taken_is_a_problem(api: Api, brand: Brand, family: str) -> None:
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
def test_what_is_deleted_is_gone(api: Api, brand: Brand, family: str) -> None:
    field, _, whole = FAMILIES[family]
    id_ = ask(api, "create", family, brandId=str(brand.id), **whole)[field]["id"]
    assert ask(api, "delete", family, **{f"{field}Id": id_}) == {
        "__typename": f"{family}Deleted", f"{field}Id": id_,
    }  # fmt: skip
    assert ask(api, "delete", family, **{f"{field}Id": id_})["code"] == "NOT_FOUND"


def test_a_pillar_is_archived_and_taken_back(api: Api, brand: Brand) -> None:
    id_ = str(brand.pillars.get().id)
    for verb, active in (("archive", False), ("unarchive", True)):
        assert ask(api, verb, "ContentPillar", contentPillarId=id_)["contentPillar"]["isActive"] is active


def test_a_campaign_that_ends_before_it_starts_is_a_problem(api: Api, brand: Brand) -> None:
    made = make_campaign(brand)
    refused = ask(api, "update", "Campaign", campaignId=str(made.id), ends="2026-02-01")
    assert refused["path"] == ["input", "ends"]
    assert refused["message"] == "A campaign's last day is not before its first."


@pytest.mark.board_cache
def test_a_board_goes_on_showing_the_name_of_a_persona_that_is_gone(api: Api, brand: Brand) -> None:
    persona, pillar = Persona.objects.get(brand=brand), ContentPillar.objects.get(brand=brand)
    idea = make_opportunity(brand, persona=persona, pillar=pillar)
    make_ready_board(brand, [idea])
    ask(api, "delete", "Persona", personaId=str(persona.id))
    ask(api, "archive", "ContentPillar", contentPillarId=str(pillar.id))
    query = "query ($b: ID!) { todayBoard(brandId: $b) { state opportunities { title persona { id name } } } }"
    shown = api.data(query, b=str(brand.id))["todayBoard"]
    assert shown["state"] == "READY"
    assert shown["opportunities"] == [
        {"title": idea.title, "persona": {"id": global_id("Persona", persona.id), "name": "Home baker"}}
    ]
    assert Opportunity.objects.get(pk=idea.pk).persona_id is None


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
def test_a_write_costs_the_same_however_much_there_is(
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
