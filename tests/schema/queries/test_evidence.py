from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kairo.core.enums import Platform
from kairo.hero.models import OpportunitiesJob
from schema.ids import global_id
from tests.factories import make_brand, make_post, make_posts
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

LIST = """query ($b: ID!, $first: Int! = 20, $after: String, $filter: EvidenceFilter) {
  evidence(brandId: $b, first: $first, after: $after, filter: $filter) {
    nodes { id url } edges { cursor node { id platform snippet publishedAt metrics { views } } }
    pageInfo { hasNextPage endCursor } } }"""
ONE = "query ($id: ID!) { evidenceItem(id: $id) { id url author } }"


def test_evidence_is_paged_newest_published_first() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    now = timezone.now()
    dates = [None, now - timedelta(hours=2), now]
    undated, older, newest = (global_id("EvidenceItem", make_post(brand, published_at=at).id) for at in dates)
    first = api.data(LIST, b=str(brand.id), first=2)["evidence"]
    rest = api.data(LIST, b=str(brand.id), first=2, after=first["pageInfo"]["endCursor"])["evidence"]
    assert [node["id"] for node in first["nodes"] + rest["nodes"]] == [newest, older, undated]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert api.codes(LIST, b=str(brand.id), after="nonsense") == ["BAD_USER_INPUT"]


def test_evidence_filter_selects_posts() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    post = make_post(brand, platform=Platform.X, author_ref="anna", text_primary="A quokka baked it")
    make_post(brand)
    wanted = {
        "platforms": ["X"],
        "author": "@Anna",
        "search": "quokka -rye",
        "publishedFrom": "2020-01-01T00:00:00Z",
        "publishedTo": "2100-01-01T00:00:00Z",
    }
    for given in ({key: value} for key, value in wanted.items() if not key.startswith("published")):
        assert [node["id"] for node in api.data(LIST, b=str(brand.id), filter=given)["evidence"]["nodes"]] == [
            global_id("EvidenceItem", post.id)
        ]
    assert len(api.data(LIST, b=str(brand.id), filter=wanted)["evidence"]["nodes"]) == 1
    assert len(api.data(LIST, b=str(brand.id), filter=dict.fromkeys(wanted))["evidence"]["nodes"]) == 2


@pytest.mark.parametrize("search", ["x" * 10_000, "🍞", "a & b | !c <-> d", "'\"\\", "\x00"])
def test_search_accepts_any_text(search: str) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_post(brand)
    asked = api.ask(LIST, b=str(brand.id), filter={"search": search})
    if len(search) > 200:
        assert asked["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert asked["errors"][0]["extensions"]["field"] == "search"
    else:
        assert "errors" not in asked


@pytest.mark.parametrize("number", [1, 50])
def test_page_costs_three_statements_and_a_post_two(number: int) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    posts = [make_post(brand) for _ in range(number)]
    with CaptureQueriesContext(connection) as statements:
        listed = api.data(LIST, b=str(brand.id), first=50, filter={"search": "sourdough"})["evidence"]["nodes"]
    assert len(listed) == number
    assert len(statements) == 3
    with CaptureQueriesContext(connection) as statements:
        assert api.data(ONE, id=str(posts[0].id))["evidenceItem"]["id"] == global_id("EvidenceItem", posts[0].id)
    assert len(statements) == 2


def test_another_tenants_post_is_not_found() -> None:
    answer = Api().ask(ONE, id=str(make_post(make_brand()).id))
    assert answer["data"] == {"evidenceItem": None}
    assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


COVERAGE = """query ($b: ID!) { evidenceCoverage(brandId: $b) {
  asOf ready items baselineFrom gates { code kind satisfied found needed missing message } } }"""


def test_coverage_reports_every_gate_without_a_job() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_posts(brand, 6)
    make_post(brand, published_at=timezone.now() - timedelta(days=31))
    make_posts(make_brand(api.tenant), 2)
    coverage = api.data(COVERAGE, b=global_id("Brand", brand.id))["evidenceCoverage"]
    assert (coverage["ready"], coverage["items"], len(coverage["gates"])) == (False, 6, 10)
    assert coverage["gates"][0] == {
        "code": "INSUFFICIENT_ITEMS",
        "kind": "QUALITY",
        "satisfied": False,
        "found": "6",
        "needed": "8",
        "missing": 2,
        "message": "You have 6 of 8 items; add 2.",
    }
    assert not OpportunitiesJob.objects.exists()
    make_posts(brand, 2)
    assert api.data(COVERAGE, b=str(brand.id))["evidenceCoverage"]["ready"] is True


@pytest.mark.parametrize("posts", [0, 60])
def test_coverage_costs_four_statements(posts: int) -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_posts(brand, posts)
    with CaptureQueriesContext(connection) as captured:  # token, brand, counts, posts
        coverage = api.data(COVERAGE, b=str(brand.id))["evidenceCoverage"]
    assert (coverage["items"], coverage["baselineFrom"] is None) == (posts, posts == 0)
    assert len(captured) == 4
