"""Every value that a root field takes, tried with the worst a client can put there, on objects that exist."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLNonNull,
    get_named_type,
)

from kairo.core.models import Brand
from kairo.core.services.api_tokens import create_token
from kairo.hero.enums import JobStatus
from schema.ids import global_id
from schema.schema import schema
from tests.evidence.sources import make_connection, make_ingestion_job
from tests.factories import (
    make_brand,
    make_campaign,
    make_job,
    make_opportunity,
    make_post,
    make_ready_board,
    make_secret,
    make_tenant,
)
from tests.schema.api import Api

TEXTS = [
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u200b\ufeff",
    "%s%(x)s{0}{{",
    "'; DROP TABLE core_brand; --",
    "<script>alert(1)</script>",
    "x" * 200_000,
    "9" * 400,
    b64encode(b"\0\xff").decode(),
    b64encode(b"null").decode(),
    b64encode(b'{"id": 1}').decode(),
    b64encode(b"[" * 20_000).decode(),
    b64encode(b"cursor:0001-01-01T00:00:00+00:00:\0").decode(),
]
HOSTILE: dict[str, list[Any]] = {
    "String": TEXTS,
    "Int": [0, -1, 101, 2**31 - 1, -(2**31), 2**31, 10**300, 1.5, "1", True],
    "Float": [0, -1.5, 1e308, "NaN"],
    "Boolean": [True, False, 0, "true"],
    "Long": [0, -1, 2**63 - 1, 2**63, "1"],
    "Date": ["0001-01-01", "9999-12-31", "2026-02-30", "\0", 0],
    "DateTime": [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59.999999-14:00",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "2026-01-01T00:00:00+99:99",
        "2026-01-01T00:00:00",
        "\0",
        "\ud800",
        0,
    ],
    "ID": [*TEXTS, 0, -1, 10**40],
}

# What exists, by the name under which its id is asked for; a new name fails the test until it is added.
OWN: dict[str, Callable[[Brand], str]] = {
    "brandId": lambda brand: global_id("Brand", brand.id),
    "brand.id": lambda brand: global_id("Brand", brand.id),
    "generationJob.id": lambda brand: global_id("GenerationJob", _job(brand)),
    "jobId": lambda brand: global_id("GenerationJob", _job(brand)),
    "board.id": lambda brand: global_id("TodayBoardReady", _board(brand)),
    "from": lambda brand: global_id("TodayBoardReady", _board(brand)),
    "to": lambda brand: global_id("TodayBoardReady", _board(brand)),
    "opportunityId": lambda brand: global_id("Opportunity", make_opportunity(brand).id),
    "contentPillarId": lambda brand: global_id("ContentPillar", brand.pillars.get().id),
    "personaId": lambda brand: global_id("Persona", brand.personas.get().id),
    "campaignId": lambda brand: global_id("Campaign", make_campaign(brand).id),
    "node.id": lambda brand: global_id("Brand", brand.id),
    "nodes.ids": lambda brand: global_id("Brand", brand.id),
    "opportunity.id": lambda brand: global_id("Opportunity", make_opportunity(brand).id),
    "evidenceItem.id": lambda brand: global_id("EvidenceItem", make_post(brand).id),
    "ids": lambda brand: global_id("EvidenceItem", make_post(brand).id),
    "connectionId": lambda brand: global_id("EvidenceSource", make_connection(brand).id),
    "connectionIds": lambda brand: global_id("EvidenceSource", make_connection(brand).id),
    "ingestionJob.id": lambda brand: global_id("IngestionJob", make_ingestion_job(brand).id),
    "cancelIngestionJob.jobId": lambda brand: global_id("IngestionJob", make_ingestion_job(brand).id),
    "tokenId": lambda brand: global_id("ApiToken", create_token(tenant=brand.tenant, name="other")[0].id),
}


def _job(brand: Brand) -> UUID:
    return make_job(brand, status=JobStatus.PENDING).id


def _board(brand: Brand) -> UUID:
    return make_ready_board(brand, [make_opportunity(brand, evidence=[make_post(brand)])]).id


@dataclass(frozen=True)
class Place:
    """One leaf of one argument of a root field."""

    operation: str
    field: str
    path: tuple[str, ...]
    type: str

    def __str__(self) -> str:
        return f"{self.field}({'.'.join(self.path)})"


def places() -> Iterator[Place]:
    for root in (schema._schema.query_type, schema._schema.mutation_type):
        assert root is not None
        for name, field in root.fields.items():
            for argument, taken in field.args.items():
                for path, type_ in leaves((argument,), taken.type):
                    yield Place(root.name.lower(), name, path, type_)


def leaves(path: tuple[str, ...], type_: GraphQLInputType) -> Iterator[tuple[tuple[str, ...], str]]:
    named = get_named_type(type_)
    if isinstance(named, GraphQLInputObjectType):
        for name, part in named.fields.items():
            yield from leaves((*path, name), part.type)
    else:
        yield path, named.name


def good(field: str, name: str, type_: GraphQLInputType, brand: Brand) -> Any:
    """A value that is accepted: what is required, and nothing else."""
    named = get_named_type(type_)
    if isinstance(named, GraphQLInputObjectType):
        return {
            key: good(field, key, part.type, brand)
            for key, part in named.fields.items()
            if isinstance(part.type, GraphQLNonNull)
        }
    if isinstance(named, GraphQLEnumType):
        return next(iter(named.values))
    if named.name == "ID":
        return (OWN.get(f"{field}.{name}") or OWN[name])(brand)
    plain = {"String": "text", "Int": 1, "Boolean": True, "DateTime": "2100-01-01T00:00:00Z", "Date": "2100-01-01"}
    return plain[named.name]


def put(arguments: dict[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The arguments with this value at this place."""
    name, *rest = path
    return {**arguments, name: put(arguments.get(name) or {}, tuple(rest), value) if rest else value}


PLACES = list(places())


def test_argument_paths_are_collected_at_every_depth() -> None:
    assert {str(place) for place in PLACES} >= {
        "todayBoard(brandId)",
        "regenerateTodayBoard(input.brandId)",
        "regenerateTodayBoard(input.idempotencyKey)",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("place", PLACES, ids=str)
def test_fuzzed_requests_never_fail_the_server(place: Place) -> None:
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=("read", "write", "admin")))
    brand = make_brand(tenant)
    root = schema._schema.query_type if place.operation == "query" else schema._schema.mutation_type
    assert root is not None
    taken = root.fields[place.field].args
    asked = {
        name: good(place.field, name, argument.type, brand)
        for name, argument in taken.items()
        if isinstance(argument.type, GraphQLNonNull)
    }
    for value in HOSTILE.get(place.type, TEXTS):
        given = put(asked, place.path, value)
        declared = ", ".join(f"${name}: {taken[name].type}" for name in given)
        passed = ", ".join(f"{name}: ${name}" for name in given)
        query = f"{place.operation} ({declared}) {{ {place.field}({passed}) {{ __typename }} }}"
        response = api.post({"query": query, "variables": given})
        assert response.status_code == 200
        told = [error["extensions"] for error in json.loads(response.content).get("errors", [])]
        assert not {error["code"] for error in told} & {"INTERNAL", "SERVICE_UNAVAILABLE"}, (str(value)[:80], told)
