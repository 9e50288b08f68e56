"""Two tenants with real data: nothing that one of them can ask tells a word of the other's.

Everything is found by introspection: a new field, type, argument or list is tried without an entry here.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections import deque
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from kairo.hero.models import OpportunitiesBoard
from schema.ids import global_id
from schema.queries.nodes import MAX_DERIVED, MAX_IDS
from schema.schema import schema
from tests.factories import make_brand
from tests.schema.api import Api
from tests.schema.test_ids import NODE_TYPES
from tests.schema.test_inputs import good
from tests.schema.world import World, make_world

pytestmark = pytest.mark.django_db

GRAPHQL = schema._schema
assert GRAPHQL.query_type is not None
QUERIES = GRAPHQL.query_type.fields
CONNECTIONS = sorted(name for name, field in QUERIES.items() if "after" in field.args)


@pytest.fixture
def ours() -> World:
    return make_world("ourmark")


@pytest.fixture
def theirs() -> World:
    return make_world("theirmark")


def secrets_of(world: World) -> list[str]:
    """Every word by which one of the tenant's things could be told."""
    keys = [str(key) for key in world.keys]
    return [world.mark, world.api.secret, *keys, *(global_id(name, key) for key in world.keys for name in NODE_TYPES)]


def told(answer: object, world: World) -> list[str]:
    """What the answer tells of that tenant, also inside cursors and ids."""
    text = json.dumps(answer)
    inside = " ".join(_decoded(word) for word in text.split('"') if len(word) > 20)
    return [secret for secret in secrets_of(world) if secret in text or secret in inside]


def _decoded(word: str) -> str:
    try:
        return b64decode(word, validate=True).decode()
    except ValueError:
        return ""


def paths(name: str) -> Iterator[tuple[str, ...]]:
    """A shortest way down from a root field to each type, by each field of each type that leads to it: as field,
    type, field, type…"""
    walked: set[tuple[str, str]] = set()
    waiting: deque[tuple[tuple[str, ...], Any]] = deque([((name,), QUERIES[name].type)])
    while waiting:
        path, type_ = waiting.popleft()
        type_ = get_named_type(type_)
        abstract = isinstance(type_, GraphQLInterfaceType | GraphQLUnionType)
        for concrete in GRAPHQL.get_possible_types(type_) if abstract else [type_]:
            yield (*path, concrete.name)
            for below, field in concrete.fields.items():
                if not is_leaf_type(get_named_type(field.type)) and (concrete.name, below) not in walked:
                    walked.add((concrete.name, below))
                    waiting.append(((*path, concrete.name, below), field.type))


PATHS = {name: list(paths(name)) for name in QUERIES}


def selection(path: tuple[str, ...]) -> str:
    """What is selected below the path's root: the ways down, and at their end every value there is."""
    _, type_name, *rest = path
    if rest:
        field, *_ = rest
        inner = f"{field} {selection(tuple(rest))}"
    else:
        type_ = GRAPHQL.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        inner = " ".join(name for name, field in type_.fields.items() if is_leaf_type(get_named_type(field.type)))
    return f"{{ __typename ... on {type_name} {{ {inner} }} }}"


def arguments(world: World, name: str, nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """What the field requires, of the tenant's own (one of these nodes where it fits), and pages within the limits."""
    taken = QUERIES[name].args
    ids: dict[str, list[str]] = {}
    for node in nodes:
        ids.setdefault(node["__typename"], []).append(node["id"])
    beside = make_brand(world.tenant)
    given = {
        each: good(name, each, argument.type, beside)
        for each, argument in taken.items()
        if is_required_argument(argument)
    }
    for each, value in given.items():
        if own := ids.get(_decoded(str(value)).partition(":")[0]):
            given[each] = own.pop(0) if len(own) > 1 else own[0]
    return {
        **given,
        **({"first": 2} if "first" in taken else {}),
        **({"brandId": global_id("Brand", world.brand.id)} if "brandId" in taken else {}),
    }


def ask(api: Api, name: str, given: dict[str, Any], selected: str) -> Any:
    """The answer to one root field; its arguments are written out, since the limits count pages and ids by them."""
    passed = ", ".join(f"{each}: {json.dumps(value)}" for each, value in given.items())
    return api.ask(f"{{ {name}{f'({passed})' if passed else ''} {selected} }}")


def found_nodes(api: Api, keys: frozenset[UUID]) -> list[dict[str, Any]]:
    """What the client finds when it asks for each of these keys as each type of node there is."""
    found = []
    for name in NODE_TYPES:
        ids, size = [global_id(name, key) for key in sorted(keys)], MAX_DERIVED if name.startswith("Today") else MAX_IDS
        for start in range(0, len(ids), size):
            query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
            found += [node for node in api.data(query, ids=ids[start : start + size])["nodes"] if node]
    return found


def types_in(value: object) -> set[str]:
    """The names of the types of all objects in an answer."""
    if isinstance(value, list):
        return {name for item in value for name in types_in(item)}
    if isinstance(value, dict):
        below = {name for item in value.values() for name in types_in(item)}
        return below | ({value["__typename"]} if "__typename" in value else set())
    return set()


def test_node_finds_no_row_of_another_tenant_under_any_type(ours: World, theirs: World) -> None:
    assert found_nodes(ours.api, theirs.keys) == []
    # What would be found, if it were ours.
    assert {node["__typename"] for node in found_nodes(theirs.api, theirs.keys)} == set(NODE_TYPES)


@pytest.mark.board_cache
def test_no_path_of_fields_leads_to_another_tenants_rows(ours: World, theirs: World) -> None:
    nodes = found_nodes(ours.api, ours.keys)
    seen: set[str] = set()
    for name, ways in PATHS.items():
        given = arguments(ours, name, nodes)
        for way in ways:
            if get_named_type(QUERIES[name].type).name == "Node":
                id_ = ours.ids[way[1]]
                given = {"ids": [id_]} if "ids" in given else {"id": id_}
            answer = ask(ours.api, name, given, selection(way))
            assert "errors" not in answer, (way, answer["errors"])
            assert told(answer, theirs) == []
            seen |= types_in(answer)
    walked = {name for ways in PATHS.values() for way in ways for name in way[1::2]}
    assert walked - seen == set()


@pytest.mark.parametrize("name", CONNECTIONS)
def test_cursor_of_another_tenant_reveals_nothing(ours: World, theirs: World, name: str) -> None:
    page = "{ edges { cursor node { __typename id } } pageInfo { endCursor } }"
    given = {world.mark: {**arguments(world, name, []), "first": 1} for world in (ours, theirs)}
    answer = ask(theirs.api, name, {**given["theirmark"], "first": 100}, page)["data"][name]
    own = ask(ours.api, name, {**given["ourmark"], "first": 100}, page)
    assert told(answer, theirs)
    for cursor in (answer["edges"][0]["cursor"], answer["pageInfo"]["endCursor"]):
        answer = ask(ours.api, name, {**given["ourmark"], "first": 100, "after": cursor}, page)
        assert told(answer, theirs) == []
        if "errors" in answer:
            assert [error["extensions"]["code"] for error in answer["errors"]] == ["BAD_USER_INPUT"]
        else:
            assert ids_in(answer["data"][name]) <= ids_in(own["data"][name])
        if "brandId" in given["theirmark"]:
            crossed = ask(ours.api, name, {**given["theirmark"], "after": cursor}, page)
            assert [error["extensions"]["code"] for error in crossed["errors"]] == ["NOT_FOUND"]


def ids_in(page: Any) -> set[str]:
    return {edge["node"]["id"] for edge in page["edges"]}


@pytest.mark.parametrize(
    ("of", "code"),
    [("pillars", "NOT_FOUND"), ("personas", "NOT_FOUND"), ("evidence_items", "REFERENTIAL_INTEGRITY")],
)
def test_board_never_shows_another_tenants_posts(ours: World, theirs: World, of: str, code: str) -> None:
    board = OpportunitiesBoard.objects.filter(brand=ours.brand).latest("created_at", "id")
    crossed = json.dumps(board.content)
    for own, other in zip(getattr(ours.brand, of).all(), getattr(theirs.brand, of).all(), strict=True):
        assert str(own.id) in crossed
        crossed = crossed.replace(str(own.id), str(other.id))
    OpportunitiesBoard.objects.filter(id=board.id).update(content=json.loads(crossed))
    refused = set()
    for way in PATHS["node"]:
        if "TodayBoardReady" in way:
            answer = ask(ours.api, "node", {"id": global_id("TodayBoardReady", board.id)}, selection(way))
            assert theirs.mark not in json.dumps(answer)
            refused |= {error["extensions"]["code"] for error in answer.get("errors", [])}
    assert refused == {code}
