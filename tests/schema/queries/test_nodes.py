from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from graphql import GraphQLInterfaceType

from kairo.core.models import ApiToken, Brand, Campaign, ContentPillar, Persona
from kairo.core.services.api_tokens import create_token
from kairo.hero.enums import JobStatus
from kairo.hero.models import OpportunitiesJob
from schema.ids import global_id
from schema.schema import schema
from tests.evidence.sources import make_connection, make_ingestion_job, make_run
from tests.factories import (
    make_brand,
    make_job,
    make_opportunity,
    make_post,
    make_posts,
    make_ready_board,
    make_secret,
)
from tests.schema.api import Api

pytestmark = pytest.mark.django_db

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"


def ready_board(brand: Brand) -> UUID:
    return make_ready_board(brand, [make_opportunity(brand, pillar=brand.pillars.first())]).id


# One more of each type that has ids, in that brand or its tenant.
MAKE: dict[str, Callable[[Brand], UUID]] = {
    "Brand": lambda brand: make_brand(brand.tenant).id,
    "ContentPillar": lambda brand: ContentPillar.objects.create(brand=make_brand(brand.tenant), name="A pillar").id,
    "Persona": lambda brand: Persona.objects.create(brand=make_brand(brand.tenant), name="A persona").id,
    "Campaign": lambda brand: (
        Campaign.objects.create(
            brand=make_brand(brand.tenant), name="May", starts=date(2026, 5, 1), ends=date(2026, 5, 31)
        ).id
    ),
    "Opportunity": lambda brand: make_opportunity(make_brand(brand.tenant)).id,
    "EvidenceItem": lambda brand: make_post(make_brand(brand.tenant)).id,
    "GenerationJob": lambda brand: make_job(make_brand(brand.tenant)).id,
    "TodayBoardReady": lambda brand: ready_board(make_brand(brand.tenant)),
    "TodayBoardInsufficientEvidence": lambda brand: (
        make_ready_board(brand, [], state="insufficient_evidence", ready_reason=None).id
    ),
    "TodayBoardError": lambda brand: make_ready_board(brand, [], state="error", ready_reason=None).id,
    "TodayBoardGenerating": lambda brand: make_job(make_brand(brand.tenant), status=JobStatus.PENDING).brand_id,
    "TodayBoardNotGeneratedYet": lambda brand: make_brand(brand.tenant).id,
    "EvidenceSource": lambda brand: make_connection(make_brand(brand.tenant)).id,
    "IngestionJob": lambda brand: make_ingestion_job(make_brand(brand.tenant)).id,
    "SourceRun": lambda brand: (
        make_run(make_ingestion_job(other := make_brand(brand.tenant)), make_connection(other)).id
    ),
    "ApiToken": lambda brand: create_token(tenant=brand.tenant, name="another")[0].id,
    "Tenant": lambda brand: brand.tenant_id,
}
# SQL statements for any number of one type, authentication included.
STATEMENTS = {"Opportunity": 3, "IngestionJob": 3, "TodayBoardReady": 4}
# A request has one tenant, and boards that are not stored are derived, ten at most.
ONE_BY_ONE = {"Tenant", "TodayBoardGenerating", "TodayBoardNotGeneratedYet"}


def admin(api: Api) -> Api:
    return Api(tenant=api.tenant, secret=make_secret(api.tenant, scopes=("read", "write", "admin")))


def test_every_node_type_has_a_case() -> None:
    node = schema._schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    assert {type_.name for type_ in schema._schema.get_implementations(node).objects} == set(MAKE)


@pytest.mark.parametrize("kind", MAKE)
def test_node_finds_an_object_by_its_own_id_only(kind: str) -> None:
    api = admin(Api())
    key = MAKE[kind](make_brand(api.tenant))
    id_ = global_id(kind, key)
    assert api.data(NODE, id=id_)["node"] == {"__typename": kind, "id": id_}
    for other in [str(key), global_id(kind, uuid4()), *(global_id(name, key) for name in MAKE if name != kind)]:
        answer = api.ask(NODE, id=other)
        found = (answer["data"]["node"] or {}).get("id")
        # The same brand may be the id of two boards that are only derived; never is one found as another.
        assert found in (None, other)
        if found is None:
            assert answer["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("kind", MAKE)
def test_another_tenants_node_is_not_found(kind: str) -> None:
    theirs = MAKE[kind](make_brand())
    api = admin(Api())
    foreign, unknown = (api.ask(NODE, id=global_id(kind, key)) for key in (theirs, uuid4()))
    assert foreign["data"] == {"node": None}
    for answer in (foreign, unknown):
        del answer["errors"][0]["extensions"]["requestId"]
    assert foreign["errors"] == unknown["errors"]
    assert api.data(NODES, ids=[global_id(kind, theirs), "\0", "x", str(theirs)]) == {"nodes": [None] * 4}


def test_nodes_keep_the_requested_order_with_null_for_unknown_ids() -> None:
    api = admin(Api())
    brand = make_brand(api.tenant)
    ids = [global_id(kind, make(brand)) for kind, make in MAKE.items()]
    asked = [*reversed(ids), "nothing", ids[0], ids[0]]
    found = [node and node["id"] for node in api.data(NODES, ids=asked)["nodes"]]
    assert found == [*reversed(ids), None, ids[0], ids[0]]
    assert api.data(NODES, ids=[]) == {"nodes": []}


@pytest.mark.parametrize("number", [1, 50])
@pytest.mark.parametrize("kind", [kind for kind in MAKE if kind not in ONE_BY_ONE])
def test_nodes_statements_do_not_depend_on_the_number_of_ids(kind: str, number: int) -> None:
    api = admin(Api())
    brand = make_brand(api.tenant)
    ids = [global_id(kind, MAKE[kind](brand)) for _ in range(number)]
    with CaptureQueriesContext(connection) as statements:
        assert [node["id"] for node in api.data(NODES, ids=ids)["nodes"]] == ids
    assert len(statements) == STATEMENTS.get(kind, 2)


@pytest.mark.parametrize("number", [1, 50])
@pytest.mark.parametrize(
    ("kind", "make", "asked", "cost"),
    [
        # authentication, ideas, their posts; brands, their pillars
        ("Opportunity", lambda brand: make_opportunity(brand, pillar=brand.pillars.get()), "pillar { keywords }", 5),
        # authentication, jobs; brands, their personas
        ("GenerationJob", make_job, "brand { name personas { name } }", 4),
        # authentication, boards, their ideas and posts; brands, their pillars
        (
            "TodayBoardReady",
            lambda brand: make_ready_board(brand, [make_opportunity(brand)]),
            "brand { pillars { name } }",
            6,
        ),
    ],
)
def test_relations_of_nodes_of_many_brands_are_read_together(
    kind: str, make: Callable[[Brand], Any], asked: str, cost: int, number: int
) -> None:
    api = Api()
    ids = [global_id(kind, make(make_brand(api.tenant)).id) for _ in range(number)]
    with CaptureQueriesContext(connection) as statements:
        assert all(
            api.data(f"query ($ids: [ID!]!) {{ nodes(ids: $ids) {{ ... on {kind} {{ {asked} }} }} }}", ids=ids)["nodes"]
        )
    assert len(statements) == cost


def test_nodes_accepts_at_most_a_hundred_ids() -> None:
    api = Api()
    assert api.data(NODES, ids=["x"] * 100) == {"nodes": [None] * 100}
    assert api.codes(NODES, ids=["x"] * 101) == ["BAD_USER_INPUT"]
    derived = [global_id("TodayBoardGenerating", uuid4()) for _ in range(11)]
    assert api.data(NODES, ids=derived[:10]) == {"nodes": [None] * 10}
    assert api.codes(NODES, ids=derived) == ["BAD_USER_INPUT"]


def test_node_starts_no_generation() -> None:
    api = Api()
    brand = make_brand(api.tenant)
    make_posts(brand, 10)
    assert api.codes(NODE, id=global_id("TodayBoardNotGeneratedYet", brand.id)) == ["NOT_FOUND"]
    assert api.codes(NODE, id=global_id("TodayBoardGenerating", brand.id)) == ["NOT_FOUND"]
    assert not OpportunitiesJob.objects.exists()


def test_node_of_a_token_without_admin_is_the_callers_only() -> None:
    api = Api()
    other = create_token(tenant=api.tenant, name="other")[0]
    own = ApiToken.objects.exclude(id=other.id).get()
    ids: list[Any] = [global_id("ApiToken", token.id) for token in (own, other)]
    assert api.data(NODES, ids=ids)["nodes"] == [{"__typename": "ApiToken", "id": ids[0]}, None]
