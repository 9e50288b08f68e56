from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schema.ids import global_id
from tests.factories import make_brand, make_opportunity, make_post
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

LIST = """
query (
  $b: ID!, $first: Int! = 20, $after: String, $filter: OpportunityFilter, $order: OpportunityOrder! = CREATED_DESC
) {
  opportunities(brandId: $b, first: $first, after: $after, filter: $filter, order: $order) {
    nodes { id }
    edges {
      cursor
      node { id score evidence { url snippet } decision { kind } pillar { keywords } persona { role } }
    }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }"""
ONE = "query ($id: ID!) { opportunity(id: $id) { id title evidence { url } decision { kind } change { kind } } }"


def test_opportunities_are_paged_in_the_requested_order() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    ids = [global_id("Opportunity", make_opportunity(brand, score=score).id) for score in (50, 90, 70)]
    first = api.data(LIST, b=str(brand.id), first=2, order="SCORE_DESC")["opportunities"]
    rest = api.data(LIST, b=str(brand.id), first=2, order="SCORE_DESC", after=first["pageInfo"]["endCursor"])
    assert [node["id"] for node in first["nodes"] + rest["opportunities"]["nodes"]] == [ids[1], ids[2], ids[0]]
    assert (first["pageInfo"]["hasNextPage"], rest["opportunities"]["pageInfo"]["hasNextPage"]) == (True, False)
    by_default = api.data(LIST, b=str(brand.id))["opportunities"]["nodes"]
    assert [node["id"] for node in by_default] == ids[::-1]
    assert api.codes(LIST, b=str(brand.id), after=first["pageInfo"]["endCursor"]) == ["BAD_USER_INPUT"]
    assert api.codes(LIST, b=str(brand.id), first=101) == ["BAD_USER_INPUT"]


def test_filter_accepts_global_ids() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    pillar, persona = brand.pillars.get(), brand.personas.get()
    fits = make_opportunity(brand, pillar=pillar, persona=persona, score=80)
    make_opportunity(brand)
    wanted = {
        "types": ["TREND"],
        "channels": ["INSTAGRAM"],
        "pillarIds": [global_id("ContentPillar", pillar.id)],
        "personaIds": [global_id("Persona", persona.id)],
        "minimumScore": 75,
        "decided": False,
        "createdFrom": "2020-01-01T00:00:00Z",
        "createdTo": "2100-01-01T00:00:00Z",
    }
    found = api.data(LIST, b=str(brand.id), filter=wanted)["opportunities"]["nodes"]
    assert [node["id"] for node in found] == [global_id("Opportunity", fits.id)]
    nothing = dict.fromkeys(wanted)
    assert len(api.data(LIST, b=str(brand.id), filter=nothing)["opportunities"]["nodes"]) == 2
    assert len(api.data(LIST, b=str(brand.id), filter={"types": []})["opportunities"]["nodes"]) == 2


def test_opportunity_has_its_decision() -> None:
    api = Api()
    idea = make_opportunity(make_brand(api.tenant))
    api.data("mutation ($i: ID!) { pinOpportunity(input: {opportunityId: $i}) { __typename } }", i=str(idea.id))
    shown = api.data(ONE, id=str(idea.id))["opportunity"]
    assert (shown["id"], shown["title"]) == (global_id("Opportunity", idea.id), idea.title)
    assert (shown["decision"], shown["change"]) == ({"kind": "PINNED"}, None)
    assert shown["evidence"][0]["url"].startswith("https://")


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_seven_statements_at_any_size(number: int) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    for _ in range(number):
        make_opportunity(brand, pillar=brand.pillars.get(), persona=brand.personas.get())
    with CaptureQueriesContext(connection) as statements:
        assert len(api.data(LIST, b=str(brand.id), first=50)["opportunities"]["nodes"]) == number
    # authentication, brand, ideas, posts; and for what is asked of pillars and personas: brand, pillars, personas
    assert len(statements) == 7
    one = str(brand.opportunities.all()[0].id)
    with CaptureQueriesContext(connection) as statements:
        assert api.data(ONE, id=one)["opportunity"]
    assert len(statements) == 3  # authentication, idea, posts


def test_posts_of_score_parts_and_claims_are_read_once() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    counted = str(make_post(brand).id)
    claim = {"text": "1", "metric": "posts", "value": "1", "window": "", "evidence_ids": [counted]}
    for _ in range(3):
        make_opportunity(brand, claims=[claim])
    asked = "query ($b: ID!) { opportunities(brandId: $b) { nodes { claims { evidence { url } } } } }"
    with CaptureQueriesContext(connection) as statements:
        nodes = api.data(asked, b=str(brand.id))["opportunities"]["nodes"]
    assert [len(node["claims"][0]["evidence"]) for node in nodes] == [1, 1, 1]
    assert len(statements) == 5
