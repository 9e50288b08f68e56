from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import Brand
from kairo.hero.boards import snapshot
from schema.ids import global_id
from tests.factories import make_brand, make_opportunity, make_posts, make_ready_board, make_secret
from tests.schema.api import REGENERATE, TODAY_BOARD, Api

pytestmark = pytest.mark.django_db

SAVED = """
__typename
... on BrandSaved { brand {
  id slug name positioning toneTags taboos tabooTerms { term synonyms } channels languages
  handles productNames competitorHandles archivedAt pillars { name }
} }
... on Problem { message code }
... on ConflictProblem { path }
... on InvalidInputProblem { path issues { path message } }
"""
FULL = {
    "slug": "brine",
    "name": "Brine & Co",
    "positioning": "Low waste.",
    "toneTags": ["warm", "dry"],
    "taboos": ["detox", "vape"],
    "tabooTerms": [{"term": "detox", "synonyms": ["cleanse"]}, {"term": "vape", "synonyms": []}],
    "channels": ["INSTAGRAM", "NEWSLETTER"],
    "languages": ["en", "pt-BR"],
    "handles": ["brine"],
    "productNames": ["Jar One"],
    "competitorHandles": ["plate.pronto"],
}


@pytest.fixture
def api() -> Api:
    return Api()


def ask(api: Api, verb: str, **given: Any) -> dict[str, Any]:
    type_ = f"{verb[0].upper()}{verb[1:]}Input"
    answer: dict[str, Any] = api.data(f"mutation ($i: {type_}!) {{ {verb}(input: $i) {{ {SAVED} }} }}", i=given)[verb]
    return answer


def test_create_brand_stores_every_field(api: Api) -> None:
    answer = ask(api, "createBrand", **FULL)
    row = Brand.objects.get(tenant=api.tenant)
    assert answer == {
        "__typename": "BrandSaved",
        "brand": {**FULL, "id": global_id("Brand", row.id), "archivedAt": None, "pillars": []},
    }


def test_create_brand_requires_only_slug_and_name(api: Api) -> None:
    brand = ask(api, "createBrand", slug="brine", name="Brine")["brand"]
    assert (brand["positioning"], brand["toneTags"], brand["channels"]) == ("", [], [])


def test_update_keeps_absent_fields_and_clears_null_ones(api: Api) -> None:
    id_ = ask(api, "createBrand", **FULL)["brand"]["id"]
    cleared = {"taboos": None, "positioning": None, "handles": None, "productNames": None}
    brand = ask(api, "updateBrand", brandId=id_, name="Salt", channels=["X"], **cleared)["brand"]
    emptied = {"taboos": [], "tabooTerms": [], "positioning": "", "handles": [], "productNames": []}
    expected = {**FULL, **emptied, "name": "Salt", "channels": ["X"]}
    assert {key: brand[key] for key in FULL} == expected
    assert ask(api, "updateBrand", brandId=id_)["brand"] == brand


def test_every_issue_has_its_path(api: Api) -> None:
    answer = ask(api, "createBrand", slug="no spaces", name="\0", toneTags=["ok", "x" * 101], languages=["?"])
    assert answer["__typename"] == "InvalidInputProblem"
    assert [issue["path"] for issue in answer["issues"]] == [
        ["input", "slug"], ["input", "name"], ["input", "toneTags", "1"], ["input", "languages", "0"],
    ]  # fmt: skip
    assert (answer["path"], answer["message"]) == (answer["issues"][0]["path"], answer["issues"][0]["message"])
    assert not Brand.objects.exists()


def test_taboo_terms_set_the_taboos_and_taboos_keep_their_synonyms(api: Api) -> None:
    id_ = ask(api, "createBrand", **FULL)["brand"]["id"]

    def after(**given: Any) -> tuple[list[str], dict[str, list[str]]]:
        brand = ask(api, "updateBrand", brandId=id_, **given)["brand"]
        return brand["taboos"], {taboo["term"]: taboo["synonyms"] for taboo in brand["tabooTerms"]}

    assert after(taboos=["salt", "detox"]) == (["salt", "detox"], {"salt": [], "detox": ["cleanse"]})
    assert after(tabooTerms=[{"term": "vape", "synonyms": ["e-cig"]}]) == (["vape"], {"vape": ["e-cig"]})
    assert after(tabooTerms=[{"term": "vape", "synonyms": None}]) == (["vape"], {"vape": []})
    assert after(tabooTerms=None) == ([], {})


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ({"taboos": ["x"], "tabooTerms": [{"term": "y"}]}, ["input", "tabooTerms"]),
        ({"tabooTerms": [{"term": "y" * 201}]}, ["input", "tabooTerms", "0", "term"]),
        ({"tabooTerms": [{"term": "y", "synonyms": ["z", "z" * 201]}]}, ["input", "tabooTerms", "0", "synonyms", "1"]),
        ({"tabooTerms": [{"term": f"{n}"} for n in range(501)]}, ["input", "tabooTerms"]),
        ({"handles": ["x" * 201]}, ["input", "handles", "0"]),
        ({"productNames": ["x"] * 501}, ["input", "productNames"]),
    ],
)
def test_invalid_handles_and_taboos_are_reported(api: Api, given: dict[str, Any], path: list[str]) -> None:
    answer = ask(api, "createBrand", slug="brine", name="Brine", **given)
    assert (answer["__typename"], answer["code"], answer["path"]) == ("InvalidInputProblem", "INVALID_INPUT", path)
    assert not Brand.objects.exists()


def test_another_tenants_brand_is_not_found_and_stays(api: Api) -> None:
    theirs = make_brand(handles=["theirs"], taboos=["x"], taboo_synonyms={"x": ["y"]})
    answer = ask(api, "updateBrand", brandId=str(theirs.id), handles=["ours"], tabooTerms=None)
    assert answer["code"] == "NOT_FOUND"
    theirs.refresh_from_db()
    assert (theirs.handles, theirs.taboo_synonyms) == (["theirs"], {"x": ["y"]})


@pytest.mark.parametrize("verb", ["createBrand", "updateBrand"])
def test_taken_slug_is_a_conflict_problem_of_its_field_only(api: Api, verb: str) -> None:
    brand, other = make_brand(api.tenant), make_brand(api.tenant)
    which = {"name": "Other"} if verb == "createBrand" else {"brandId": str(other.id)}
    answer = ask(api, verb, slug=brand.slug, **which)
    assert answer == {
        "__typename": "ConflictProblem",
        "code": "SLUG_TAKEN",
        "message": "Another brand has this slug.",
        "path": ["input", "slug"],
    }


def test_archived_brand_is_not_listed_and_gets_no_board(api: Api) -> None:
    brand, kept = make_brand(api.tenant, name="A"), make_brand(api.tenant, name="B")
    make_posts(brand, 10)
    assert ask(api, "archiveBrand", brandId=str(brand.id))["brand"]["archivedAt"] is not None
    names = "query ($all: Boolean) { brands(includeArchived: $all) { name archivedAt } }"
    assert [shown["name"] for shown in api.data("{ brands { name } }")["brands"]] == ["B"]
    assert [shown["archivedAt"] is None for shown in api.data(names, all=True)["brands"]] == [False, True]
    assert api.data("query ($id: ID!) { brand(id: $id) { name } }", id=str(brand.id)) == {"brand": {"name": "A"}}
    assert api.data(TODAY_BOARD, b=str(brand.id))["todayBoard"]["state"] == "NOT_GENERATED_YET"
    refused = api.data(REGENERATE, i={"brandId": str(brand.id)})["regenerateTodayBoard"]
    assert (refused["__typename"], refused["code"]) == ("ConflictProblem", "BRAND_ARCHIVED")
    assert ask(api, "unarchiveBrand", brandId=str(brand.id))["brand"]["archivedAt"] is None
    assert len(api.data("{ brands { name } }")["brands"]) == 2
    assert kept.archived_at is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.board_cache
def test_board_shows_a_renamed_brand_at_once(api: Api) -> None:
    brand = make_brand(api.tenant)
    make_ready_board(brand, [make_opportunity(brand)])
    query = "query ($b: ID!) { todayBoard(brandId: $b) { brand { name } meta { cacheHit } } }"
    snapshot.refresh(brand_id=brand.id)
    assert api.data(query, b=str(brand.id))["todayBoard"]["meta"]["cacheHit"]
    ask(api, "updateBrand", brandId=str(brand.id), name="Renamed")
    board = api.data(query, b=str(brand.id))["todayBoard"]
    assert board == {"brand": {"name": "Renamed"}, "meta": {"cacheHit": True}}


def test_request_reads_its_own_writes(api: Api) -> None:
    brand = make_brand(api.tenant)
    pillars = "... on ContentPillarSaved { brand { pillars { name } } }"
    answer = api.data(
        f"""mutation ($b: ID!) {{
          first: createContentPillar(input: {{brandId: $b, name: "One"}}) {{ {pillars} }}
          second: createContentPillar(input: {{brandId: $b, name: "Two"}}) {{ {pillars} }}
        }}""",
        b=str(brand.id),
    )
    names = [[pillar["name"] for pillar in answer[each]["brand"]["pillars"]] for each in ("first", "second")]
    assert names == [["Sourdough", "One"], ["Sourdough", "One", "Two"]]


def test_read_token_may_not_write(api: Api) -> None:
    reader = Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=("read",)))
    query = f"mutation ($i: CreateBrandInput!) {{ createBrand(input: $i) {{ {SAVED} }} }}"
    assert reader.codes(query, i=FULL) == ["FORBIDDEN"]
    assert not Brand.objects.exists()


# Authentication, the begin and the end of a transaction, and: what the verb itself takes.
COSTS = {
    "createBrand": ({"slug": "new", "name": "New"}, 1),
    "updateBrand": ({"name": "New"}, 3),  # lock, write, and a note that the board's cached copy ends
    "archiveBrand": ({}, 4),  # as updating, and the time it was archived at
    "unarchiveBrand": ({}, 1),  # it was not archived
}


@pytest.mark.parametrize("others", [0, 20])
@pytest.mark.parametrize("name", COSTS)
def test_write_statements_do_not_depend_on_the_number_of_brands(api: Api, name: str, others: int) -> None:
    brand = make_brand(api.tenant)
    for _ in range(others):
        make_opportunity(brand)
        make_brand(api.tenant)
    given, most = COSTS[name]
    which = {} if name == "createBrand" else {"brandId": str(brand.id)}
    type_ = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation ($i: {type_}!) {{ {name}(input: $i) {{ ... on BrandSaved {{ brand {{ id name }} }} }} }}"
    with CaptureQueriesContext(connection) as statements:
        assert api.data(query, i={**which, **given})[name]
    assert len(statements) == 3 + most
