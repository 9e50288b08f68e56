"""A board's answer by closures: what to take from which object, found out once a document, not once a field.

GraphQL's execution for operations that select only what a board holds in memory, and without errors: whatever is not
as the schema says raises, and the ordinary path says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLAbstractType,
    GraphQLEnumType,
    GraphQLLeafType,
    GraphQLObjectType,
    GraphQLOutputType,
    SelectionNode,
    VariableNode,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)

from schema.board_cache.eligibility import TODAY_BOARD, cacheable_operation
from schema.documents import checked
from schema.lru_cache import memoize
from schema.schema import schema

Completer = Callable[[Any], Any]

_TYPENAME = "__typename"
KEPT_BYTES = 12_000_000
_FIELD_BYTES = 3_000  # what one field takes, planned for each of the five states (2,840 on Python 3.11)
_SAME = {"String": str, "ID": str, "Boolean": bool}  # scalars whose values of this class are told as they are


class NotAsTheSchemaSays(Exception):
    """A value that GraphQL has an error for."""


def _size(_plan: Completer, document: str, operation_name: str | None, flags: frozenset[tuple[str, bool]]) -> int:
    found = cacheable_operation(document, operation_name)
    assert found is not None, "it is about the board only"
    return _FIELD_BYTES * found.measure.fields


@memoize(most_bytes=KEPT_BYTES, size=_size)
def plan(document: str, operation_name: str | None, flags: frozenset[tuple[str, bool]]) -> Completer:
    """What makes `data` of the board, an object of the schema. `flags` are the variables that are Booleans."""
    found = checked(schema, document)
    operation = found.operation(operation_name)
    query = schema._schema.query_type
    assert query is not None, "there is one"
    planner = _Planner(found.document.definitions, dict(flags))
    told: dict[str, Completer] = {}
    for name, nodes in planner.collected(operation.selection_set.selections, query).items():
        field = nodes[0].name.value
        assert field in {TODAY_BOARD, _TYPENAME}, "it is about the board only"
        told[name] = (
            _constantly(query.name) if field == _TYPENAME else planner.completed(query.fields[TODAY_BOARD].type, nodes)
        )
    return lambda board: {name: complete(board) for name, complete in told.items()}


class _Planner:
    def __init__(self, definitions: Iterable[Any], flags: Mapping[str, bool]) -> None:
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        self._flags = flags

    def completed(self, type_: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        """What turns a value of this type into what is told of it."""
        if is_non_null_type(type_):
            return self._non_null(type_.of_type, nodes)
        whole = self._non_null(type_, nodes)
        return lambda value: None if value is None else whole(value)

    def _non_null(self, type_: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        if is_list_type(type_):
            item = self.completed(type_.of_type, nodes)
            return partial(_each, item)
        if is_enum_type(type_):
            return _enum(type_)
        if is_leaf_type(type_):
            return _leaf(type_)
        if is_object_type(type_):
            return self._object(type_, nodes)
        assert is_abstract_type(type_), "there are no other output types"
        return self._abstract(type_, nodes)

    def _abstract(self, type_: GraphQLAbstractType, nodes: list[FieldNode]) -> Completer:
        whole = {class_of(one): self._object(one, nodes) for one in schema._schema.get_possible_types(type_)}

        def complete(value: Any) -> Any:
            return whole[type(value)](value)

        return complete

    def _object(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Completer:
        below = [selection for node in nodes if node.selection_set for selection in node.selection_set.selections]
        told = [(name, *self._field(type_, same_name)) for name, same_name in self.collected(below, type_).items()]
        class_ = class_of(type_)

        def complete(value: Any) -> dict[str, Any]:
            if type(value) is not class_:
                raise NotAsTheSchemaSays(type_.name)
            return {name: complete(get(value)) for name, get, complete in told}

        return complete

    def _field(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> tuple[Completer, Completer]:
        name = nodes[0].name.value
        if name == _TYPENAME:
            return _constantly(type_.name), str
        definition = type_.fields[name]
        field = definition.extensions["strawberry-definition"]
        resolver = field.base_resolver
        get = attrgetter(field.python_name) if resolver is None else resolver.wrapped_func
        return get, self.completed(definition.type, nodes)

    def collected(self, selections: Iterable[SelectionNode], type_: GraphQLObjectType) -> dict[str, list[FieldNode]]:
        """The fields selected on an object of this type, those of one response name together."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(selections, type_, found, set())
        return found

    def _collect(
        self,
        selections: Iterable[SelectionNode],
        type_: GraphQLObjectType,
        found: dict[str, list[FieldNode]],
        spread: set[str],
    ) -> None:
        for selection in selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                found.setdefault((selection.alias or selection.name).value, []).append(selection)
                continue
            fragment: Any = selection
            if isinstance(selection, FragmentSpreadNode):
                if selection.name.value in spread:
                    continue
                spread.add(selection.name.value)
                fragment = self._fragments[selection.name.value]
            if fragment.type_condition is None or _is_a(type_, fragment.type_condition.name.value):
                self._collect(fragment.selection_set.selections, type_, found, spread)

    def _is_included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value in {"skip", "include"}:
                given = (directive.arguments or ())[0].value
                if isinstance(given, VariableNode):
                    holds = self._flags[given.name.value]
                else:
                    assert isinstance(given, BooleanValueNode), "the document is valid"
                    holds = given.value
                if holds == (directive.name.value == "skip"):
                    return False
        return True


def class_of(type_: GraphQLObjectType) -> type:
    """The Python class of a type's objects."""
    class_: type = type_.extensions["strawberry-definition"].origin
    return class_


def _is_a(type_: GraphQLObjectType, name: str) -> bool:
    other = schema._schema.type_map[name]
    return other is type_ or (is_abstract_type(other) and schema._schema.is_sub_type(other, type_))


def _each(item: Completer, values: Any) -> list[Any]:
    if not isinstance(values, list | tuple):
        raise NotAsTheSchemaSays("a list")
    return [item(value) for value in values]


def _enum(type_: GraphQLEnumType) -> Completer:
    names: dict[Any, str] = {}

    def complete(value: Any) -> str:
        name = names.get(value)
        if name is None:
            _non_null(value)
            name = names[value] = type_.coerce_output_value(value)
        return name

    return complete


def _leaf(type_: GraphQLLeafType) -> Completer:
    told = type_.coerce_output_value
    same = _SAME.get(type_.name)

    def complete(value: Any) -> Any:
        if type(value) is same:
            return value
        _non_null(value)
        whole = told(value)
        _non_null(whole)
        return whole

    return complete


def _non_null(value: Any) -> None:
    if value is None:
        raise NotAsTheSchemaSays("a value")


def _constantly(value: Any) -> Completer:
    return lambda _: value
