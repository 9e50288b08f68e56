"""Generates random operations on todayBoard, with aliases, fragments, directives and variables."""

from __future__ import annotations

from random import Random
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

from schema.schema import schema

SCHEMA = schema._schema
STATES = [type_.name for type_ in SCHEMA.get_possible_types(SCHEMA.type_map["TodayBoard"])]  # type: ignore[arg-type]  # the interface
BRAND_FIELDS = {"pillars", "personas", "campaigns", "archivedAt", "refreshSchedule", "sourceConnections"}
PART_FIELDS = {"role", "keywords", "rank", "description", "isActive", "summary", "priorities", "pains"}
OUTSIDE = BRAND_FIELDS | PART_FIELDS | {"brand"}


class Documents:
    """Generates documents; with `outside` they also select fields that the board in memory does not have."""

    def __init__(self, random: Random, *, outside: bool) -> None:
        self._random = random
        self._outside = outside
        self._names = 0
        self._fragments: list[str] = []

    def request(self, brand_id: str) -> dict[str, Any]:
        """Returns a request body for the brand's board."""
        roots = " ".join(self._root() for _ in range(self._random.choice([1, 1, 1, 2])))
        name = self._random.choice(["", "", "Today"])
        variables: dict[str, Any] = {"b": brand_id, "yes": True, "no": False}
        query = f"query {name}($b: ID!, $yes: Boolean! = true, $no: Boolean = false) {{ {roots} ...Uses }}"
        uses = "fragment Uses on Query { __typename @include(if: $yes) @skip(if: $no) }"
        body: dict[str, Any] = {"query": " ".join([query, uses, *self._fragments])}
        if name and self._random.random() < 0.5:
            body["query"] += " query Other { brands { id } }"
            body["operationName"] = name
        if self._random.random() < 0.3:
            del variables["yes"]
        return {**body, "variables": variables}

    def _root(self) -> str:
        alias = self._random.choice(["", "a: ", "b: "]) if self._random.random() < 0.3 else ""
        return f"{alias}todayBoard(brandId: $b) {self._selection(SCHEMA.type_map['TodayBoard'], depth=4)}"

    def _selection(self, type_: GraphQLNamedType, *, depth: int) -> str:
        assert isinstance(type_, (GraphQLObjectType, GraphQLInterfaceType))
        selected = ["__typename"] if self._random.random() < 0.3 else []
        names = self._random.sample(list(type_.fields), k=min(len(type_.fields), self._random.randint(1, 6)))
        for name in names:
            selected += self._field(type_, name, depth=depth)
        if type_.name == "TodayBoard" and self._random.random() < 0.6:
            state = self._random.choice(STATES)
            own = sorted(set(SCHEMA.type_map[state].fields) - set(type_.fields))  # type: ignore[attr-defined]  # an object
            inner = [part for name in own for part in self._field(SCHEMA.type_map[state], name, depth=depth)]
            selected.append(f"... on {state} {{ {' '.join(inner or ['id'])} }}")
        return f"{{ {' '.join(selected or ['__typename'])} }}"

    def _field(self, type_: GraphQLNamedType, name: str, *, depth: int) -> list[str]:
        field = type_.fields[name]  # type: ignore[attr-defined]  # an object or an interface
        within = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            return []
        if name in OUTSIDE and not self._outside and not (type_.name.startswith("TodayBoard") and name == "brand"):
            return []
        if is_leaf_type(within):
            selection = ""
        elif depth == 0:
            return []
        else:
            selection = self._selection(within, depth=depth - 1)
        alias = f"x{self._count()}: " if self._random.random() < 0.2 else ""
        directive = self._random.choice(["", "", "", "", " @include(if: $yes)", " @skip(if: $no)", " @skip(if: $yes)"])
        written = f"{alias}{name}{directive} {selection}"
        if self._random.random() < 0.15:
            fragment = f"F{self._count()}"
            self._fragments.append(f"fragment {fragment} on {type_.name} {{ {written} }}")
            return [f"...{fragment}"]
        return [written]

    def _count(self) -> int:
        self._names += 1
        return self._names
