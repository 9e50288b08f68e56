from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kairo.core.models import Brand, Campaign, ContentPillar
from kairo.core.services.brands import MAX_LISTED
from schema.ids import global_id
from tests.factories import make_brand
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

BRAND = """query ($id: ID!) { brand(id: $id) {
  id slug name positioning toneTags taboos tabooTerms { term synonyms } channels languages
  handles productNames competitorHandles
  pillars { id name description keywords rank isActive } personas { id name role summary priorities pains keywords }
  campaigns { id name starts ends keywords } } }"""


@pytest.fixture
def api() -> Api:
    return Api()


def test_brands_lists_the_tenants_own_by_name(api: Api) -> None:
    make_brand()
    second, first = make_brand(api.tenant, name="Bakers"), make_brand(api.tenant, name="Acrobats")
    assert api.data("{ brands { id slug name } }")["brands"] == [
        {"id": global_id("Brand", brand.id), "slug": brand.slug, "name": brand.name} for brand in (first, second)
    ]


def test_brand_accepts_global_id_and_uuid(api: Api) -> None:
    brand = make_brand(api.tenant)
    given = global_id("Brand", brand.id)
    for form in (given, str(brand.id), str(brand.id).upper()):
        assert api.data("query ($id: ID!) { brand(id: $id) { id } }", id=form) == {"brand": {"id": given}}


def test_brand_returns_every_field(api: Api) -> None:
    brand = make_brand(
        api.tenant,
        positioning="Bread first.",
        tone_tags=["warm"],
        taboos=["sugar", "salt"],
        taboo_synonyms={"salt": ["brine"], "left by a writer of taboos alone": ["x"]},
        channels=["x", "newsletter"],
        handles=["loaf.co"],
        product_names=["Loaf One"],
        competitor_handles=["@loaf"],
    )
    ContentPillar.objects.create(brand=brand, name="Ovens", rank=2, is_active=False)
    Campaign.objects.create(brand=brand, name="Spring", starts="2026-03-01", ends="2026-03-31", keywords=["rye"])
    shown = api.data(BRAND, id=str(brand.id))["brand"]
    assert shown["channels"] == ["X", "NEWSLETTER"]
    assert (shown["positioning"], shown["toneTags"], shown["taboos"]) == (
        "Bread first.", ["warm"], ["sugar", "salt"],
    )  # fmt: skip
    assert shown["tabooTerms"] == [{"term": "sugar", "synonyms": []}, {"term": "salt", "synonyms": ["brine"]}]
    assert (shown["handles"], shown["productNames"], shown["competitorHandles"]) == (
        ["loaf.co"], ["Loaf One"], ["@loaf"],
    )  # fmt: skip
    assert [(pillar["name"], pillar["isActive"]) for pillar in shown["pillars"]] == [
        ("Sourdough", True),
        ("Ovens", False),
    ]
    assert shown["personas"][0]["keywords"] == ["bake", "loaf", "oven"]
    assert shown["campaigns"][0]["starts"] == "2026-03-01"


@pytest.mark.parametrize("number", [1, 20])
def test_brands_statements_do_not_depend_on_their_number(api: Api, number: int) -> None:
    for _ in range(number):
        make_brand(api.tenant)
    query = "{ brands { pillars { name rank } personas { name role } campaigns { name } } }"
    with CaptureQueriesContext(connection) as statements:
        assert len(api.data(query)["brands"]) == number
    assert len(statements) == 5  # authentication, brands, and one for each of their parts


def test_unknown_brand_nulls_only_its_field(api: Api) -> None:
    make_brand(api.tenant)
    answer = api.ask("query ($id: ID!) { brand(id: $id) { id } brands { name } }", id=str(make_brand().id))
    assert answer["data"]["brand"] is None
    assert len(answer["data"]["brands"]) == 1
    assert answer["errors"][0]["path"] == ["brand"]
    assert answer["errors"][0]["message"] == "Brand not found."


PAGE = """query ($first: Int!, $after: String, $archived: Boolean!) {
  brandConnection(first: $first, after: $after, includeArchived: $archived) {
    nodes { slug } edges { cursor } pageInfo { hasNextPage endCursor } } }"""


def test_brand_connection_pages_through_the_tenants_own_by_slug(api: Api) -> None:
    make_brand()
    for slug in ("c", "a", "d", "b"):
        make_brand(api.tenant, slug=slug)
    make_brand(api.tenant, slug="old", archived_at=timezone.now())
    for archived, expected in ((False, ["a", "b", "c", "d"]), (True, ["a", "b", "c", "d", "old"])):
        seen: list[str] = []
        after, more = None, True
        while more:
            page = api.data(PAGE, first=3, after=after, archived=archived)["brandConnection"]
            seen += [node["slug"] for node in page["nodes"]]
            after, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
        assert seen == expected


@pytest.mark.parametrize("values", [{"first": 0}, {"first": 101}, {"first": 1, "after": "bm8="}])
def test_brand_connection_refuses_invalid_pages(api: Api, values: dict[str, Any]) -> None:
    assert api.codes(PAGE, archived=False, **values) == ["BAD_USER_INPUT"]


def test_brand_connection_takes_one_statement_for_the_page_and_one_a_part(api: Api) -> None:
    for _ in range(5):
        make_brand(api.tenant)
    with CaptureQueriesContext(connection) as statements:
        assert len(api.data("{ brandConnection { nodes { id pillars { id } } } }")["brandConnection"]["nodes"]) == 5
    assert len(statements) == 3  # authentication, brands, pillars


def test_brands_refuses_more_than_500_and_names_the_connection(
    api: Api, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Brand.objects.bulk_create(Brand(tenant=api.tenant, slug=f"b{n}", name="B") for n in range(MAX_LISTED))
    assert len(api.data("{ brands { id } }")["brands"]) == MAX_LISTED
    make_brand(api.tenant)
    with django_assert_num_queries(2):
        answer = api.ask("{ brands { id } }")
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX"
    assert "brandConnection" in error["message"]
