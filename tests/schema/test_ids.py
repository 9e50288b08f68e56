from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    get_named_type,
    is_required_argument,
    is_required_input_field,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from kairo.core.errors import NotFound
from kairo.core.models import ContentPillar, Persona
from kairo.core.services.api_tokens import create_token
from schema.ids import global_id, key_of
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

KEY = UUID("01a20ce2-a9f1-77b4-9908-f313faae1fb7")


def test_global_id_decodes_to_its_key() -> None:
    assert key_of(global_id("Brand", KEY), "Brand") == KEY


@pytest.mark.parametrize("form", [str(KEY), str(KEY).upper()])
def test_id_may_be_a_bare_uuid(form: str) -> None:
    assert key_of(form, "Brand") == KEY


def _encoded(text: str) -> str:
    return b64encode(text.encode()).decode()


NOT_IDS = [
    "",
    " ",
    "x",
    "\0",
    f"{KEY}\0",
    f"{KEY}\n",
    f" {KEY}",
    "\ud800",
    "\u0660" * 36,  # a digit, but not one of ours
    KEY.hex,
    f"{{{KEY}}}",
    f"urn:uuid:{KEY}",
    str(KEY) * 100_000,
    global_id("Persona", KEY),
    global_id("brand", KEY),
    global_id("Brand:Brand", KEY),
    global_id("Brand", KEY) + "\n",
    _encoded(str(KEY)),
    _encoded(f":{KEY}"),
    _encoded(f"Brand:{KEY}:"),
    _encoded("Brand:"),
    _encoded("Brand:1"),
    _encoded("Brand:\0"),
    _encoded(f"Brand:{KEY.hex}"),
    "QnJhbmQ6/w==",
    "4pi64pi64pi6",
]


@pytest.mark.parametrize("text", NOT_IDS)
def test_malformed_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFound, match=r"^Brand not found\.$"):
        key_of(text, "Brand")


@settings(deadline=None)
@given(st.text())
def test_fuzzed_ids_are_not_found(text: str) -> None:
    with pytest.raises(NotFound):
        key_of(text, "Brand")


# Whatever takes an id must be tried with another tenant's: a new field without an entry here fails the next test.
MADE: dict[str, Any] = {
    "brandId": lambda: make_brand().id,
    "brand.id": lambda: make_brand().id,
    "generationJob.id": lambda: make_job(make_brand()).id,
    "jobId": lambda: make_job(make_brand()).id,
    "board.id": lambda: make_ready_board(make_brand(), []).id,
    "from": lambda: make_ready_board(make_brand(), []).id,
    "to": lambda: make_ready_board(make_brand(), []).id,
    "opportunityId": lambda: make_opportunity(make_brand()).id,
    "contentPillarId": lambda: ContentPillar.objects.get(brand=make_brand()).id,
    "personaId": lambda: Persona.objects.get(brand=make_brand()).id,
    "campaignId": lambda: make_campaign(make_brand()).id,
    "node.id": lambda: make_brand().id,
    "nodes.ids": lambda: make_brand().id,
    "opportunity.id": lambda: make_opportunity(make_brand()).id,
    "evidenceItem.id": lambda: make_post(make_brand()).id,
    "deleteEvidence.input.ids": lambda: make_post(make_brand()).id,
    "pillarIds": lambda: ContentPillar.objects.get(brand=make_brand()).id,
    "personaIds": lambda: Persona.objects.get(brand=make_brand()).id,
    "connectionId": lambda: make_connection(make_brand()).id,
    "connectionIds": lambda: make_connection(make_brand()).id,
    "ingestionJob.id": lambda: make_ingestion_job(make_brand()).id,
    "cancelIngestionJob.input.jobId": lambda: make_ingestion_job(make_brand()).id,
    "tokenId": lambda: create_token(tenant=make_tenant(), name="theirs")[0].id,
}

# What else such a field requires, and a value that is fine.
BESIDE: dict[str, Any] = {
    "brandId": lambda api: str(make_brand(api.tenant).id),
    "from": lambda api: str(make_ready_board(make_brand(api.tenant), []).id),
    "to": lambda api: str(make_ready_board(make_brand(api.tenant), []).id),
    "until": lambda api: (timezone.now() + timedelta(days=1)).isoformat(),
    "name": lambda api: "Name",
    "starts": lambda api: "2026-03-01",
    "ends": lambda api: "2026-03-31",
    "hour": lambda api: 7,
    "platform": lambda api: "INSTAGRAM",
    "kind": lambda api: "PROFILE",
    "identifier": lambda api: "nike",
    "items": lambda api: [],
}


NODE = schema._schema.type_map["Node"]
assert isinstance(NODE, GraphQLInterfaceType)
NODE_TYPES = sorted(type_.name for type_ in schema._schema.get_possible_types(NODE))


def fields_with_ids() -> Iterator[tuple[str, str, str, str]]:
    """(operation, field, variable type, path of the id inside the variable) of every root field that takes an id."""
    graphql = schema._schema
    for root in (graphql.query_type, graphql.mutation_type):
        assert root is not None
        for name, field in root.fields.items():
            yield from _ids_of(root.name.lower(), name, field)


def _ids_of(operation: str, name: str, field: GraphQLField) -> Iterator[tuple[str, str, str, str]]:
    for argument_name, argument in field.args.items():
        type_ = get_named_type(argument.type)
        if type_.name == "ID":
            yield operation, name, str(argument.type), argument_name
        elif isinstance(type_, GraphQLInputObjectType):
            for inner in _ids_inside(type_):
                yield operation, name, str(argument.type), f"{argument_name}.{inner}"


def _ids_inside(type_: GraphQLInputObjectType) -> Iterator[str]:
    for key, part in type_.fields.items():
        inner = get_named_type(part.type)
        if inner.name == "ID":
            yield key
        elif isinstance(inner, GraphQLInputObjectType):
            yield from (f"{key}.{below}" for below in _ids_inside(inner))


IDS = list(fields_with_ids())


def test_schema_walk_finds_the_fields_with_id_arguments() -> None:
    assert {(name, path) for _, name, _, path in IDS} >= {
        ("todayBoard", "brandId"),
        ("brand", "id"),
        ("generationJob", "id"),
        ("regenerateTodayBoard", "input.brandId"),
    }


GRAPHQL_FIELDS: dict[str, GraphQLField] = {
    **schema._schema.query_type.fields,  # type: ignore[union-attr]  # there is one
    **schema._schema.mutation_type.fields,  # type: ignore[union-attr]  # there is one
}


def required_beside(api: Api, name: str, argument: str) -> dict[str, Any]:
    """Values for the field's other required arguments."""
    others = GRAPHQL_FIELDS[name].args.items()
    return {each: BESIDE[each](api) for each, it in others if each != argument and is_required_argument(it)}


def input_with(api: Api, type_: GraphQLNamedType, path: str, given_id: str) -> Any:
    """A value of the input type with this id at this place, and what else it requires."""
    if not path:
        return given_id
    assert isinstance(type_, GraphQLInputObjectType)
    key, _, deeper = path.partition(".")
    others = type_.fields.items()
    beside = {each: BESIDE[each](api) for each, it in others if each != key and is_required_input_field(it)}
    return {**beside, key: input_with(api, get_named_type(type_.fields[key].type), deeper, given_id)}


def refused(api: Api, field: tuple[str, str, str, str], given_id: str) -> dict[str, str]:
    """Code and message with which the field refuses the id."""
    operation, name, _, path = field
    argument, _, inner = path.partition(".")
    values = required_beside(api, name, argument)
    arguments = GRAPHQL_FIELDS[name].args
    values[argument] = input_with(api, get_named_type(arguments[argument].type), inner, given_id)
    declared = ", ".join(f"${each}: {arguments[each].type}" for each in values)
    passed = ", ".join(f"{each}: ${each}" for each in values)
    selected = "__typename ... on Problem { code message }" if operation == "mutation" else "__typename"
    if name == "deleteEvidence":
        selected += " ... on EvidenceDeleted { deletions { outcome opportunityIds boardIds } }"
    answer = api.ask(f"{operation} ({declared}) {{ {name}({passed}) {{ {selected} }} }}", **values)
    if "errors" in answer:
        error = answer["errors"][0]
        return {"code": error["extensions"]["code"], "message": error["message"]}
    problem = answer["data"][name]
    if problem == [None]:
        return {"code": "NOT_FOUND", "message": "null in its place"}  # what `nodes` promises
    if problem.get("deletions") == [{"outcome": "NOT_FOUND", "opportunityIds": [], "boardIds": []}]:
        return {"code": "NOT_FOUND", "message": "in its place"}  # what `deleteEvidence` promises
    assert problem.pop("__typename") == "NotFoundProblem"
    return dict(problem)


@pytest.mark.django_db
@pytest.mark.parametrize("field", IDS, ids=lambda field: f"{field[1]}({field[3]})")
def test_unknown_malformed_and_another_tenants_ids_give_the_same_error(field: tuple[str, str, str, str]) -> None:
    _, name, _, path = field
    make = MADE.get(f"{name}.{path}") or MADE[path.rpartition(".")[2]]
    theirs: UUID = make()
    tenant = make_tenant()
    api = Api(tenant=tenant, secret=make_secret(tenant, scopes=("read", "write", "admin")))
    unknown = refused(api, field, str(uuid4()))
    assert unknown["code"] == "NOT_FOUND"
    forms = [str(theirs), str(theirs).upper(), theirs.hex, f"{{{theirs}}}", f"{theirs}\0", f"{theirs}\ud800"]
    for text in [*forms, *NOT_IDS, *(global_id(kind, theirs) for kind in (*NODE_TYPES, "Node", "Nothing"))]:
        if len(text) < 500_000:  # a longer body is refused as such
            assert refused(api, field, text) == unknown, text[:80]
