"""Compiles a cacheable operation into closures once a document, instead of resolving its fields in each request.

It executes only operations without errors: a value that violates the schema raises, and Django then reports the error.
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
from schema.documents import parse_and_validate
from schema.lru_cache import memoize
from schema.schema import schema

Completer = Callable[[Any], Any]

_TYPENAME = "__typename"
MAX_BYTES = 12_000_000
_FIELD_BYTES = 3_000  # memory of one field, compiled for each of the five states (2,840 on Python 3.11)
_UNCHANGED = {"String": str, "ID": str, "Boolean": bool}  # scalars whose values of this class need no coercion


class CompletionError(Exception):
    """A value violates the schema; GraphQL's own execution reports it as an error."""


def _size(_completer: Completer, document: str, operation_name: str | None, flags: frozenset[tuple[str, bool]]) -> int:
    operation = cacheable_operation(document, operation_name)
    assert operation is not None, "only cacheable operations are compiled"
    return _FIELD_BYTES * operation.measure.fields


@memoize(max_bytes=MAX_BYTES, size=_size)
def compile_operation(document: str, operation_name: str | None, flags: frozenset[tuple[str, bool]]) -> Completer:
    """Returns the function that turns a board, an object of the schema, into `data`. `flags` are the Boolean
    variables."""
    validated = parse_and_validate(schema, document)
    operation = validated.operation(operation_name)
    query = schema._schema.query_type
    assert query is not None, "every schema has a query type"
    compiler = _Compiler(validated.document.definitions, dict(flags))
    completers: dict[str, Completer] = {}
    for name, nodes in compiler.collect_fields(operation.selection_set.selections, query).items():
        field = nodes[0].name.value
        assert field in {TODAY_BOARD, _TYPENAME}, "only cacheable operations are compiled"
        completers[name] = (
            _constant(query.name) if field == _TYPENAME else compiler.completer(query.fields[TODAY_BOARD].type, nodes)
        )
    return lambda board: {name: complete(board) for name, complete in completers.items()}


class _Compiler:
    def __init__(self, definitions: Iterable[Any], flags: Mapping[str, bool]) -> None:
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        self._flags = flags

    def completer(self, type_: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        """Returns the function that completes a value of this type."""
        if is_non_null_type(type_):
            return self._non_null_completer(type_.of_type, nodes)
        complete = self._non_null_completer(type_, nodes)
        return lambda value: None if value is None else complete(value)

    def _non_null_completer(self, type_: GraphQLOutputType, nodes: list[FieldNode]) -> Completer:
        if is_list_type(type_):
            return partial(_complete_list, self.completer(type_.of_type, nodes))
        if is_enum_type(type_):
            return _enum_completer(type_)
        if is_leaf_type(type_):
            return _leaf_completer(type_)
        if is_object_type(type_):
            return self._object_completer(type_, nodes)
        assert is_abstract_type(type_), "there are no other output types"
        return self._abstract_completer(type_, nodes)

    def _abstract_completer(self, type_: GraphQLAbstractType, nodes: list[FieldNode]) -> Completer:
        possible_types = schema._schema.get_possible_types(type_)
        completers = {class_of(possible): self._object_completer(possible, nodes) for possible in possible_types}

        def complete(value: Any) -> Any:
            return completers[type(value)](value)

        return complete

    def _object_completer(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> Completer:
        selections = [selection for node in nodes if node.selection_set for selection in node.selection_set.selections]
        fields = [(name, *self._field(type_, group)) for name, group in self.collect_fields(selections, type_).items()]
        class_ = class_of(type_)

        def complete(value: Any) -> dict[str, Any]:
            if type(value) is not class_:
                raise CompletionError(type_.name)
            return {name: complete(get(value)) for name, get, complete in fields}

        return complete

    def _field(self, type_: GraphQLObjectType, nodes: list[FieldNode]) -> tuple[Completer, Completer]:
        name = nodes[0].name.value
        if name == _TYPENAME:
            return _constant(type_.name), str
        definition = type_.fields[name]
        field = definition.extensions["strawberry-definition"]
        resolver = field.base_resolver
        get = attrgetter(field.python_name) if resolver is None else resolver.wrapped_func
        return get, self.completer(definition.type, nodes)

    def collect_fields(
        self, selections: Iterable[SelectionNode], type_: GraphQLObjectType
    ) -> dict[str, list[FieldNode]]:
        """Groups the fields selected on an object of this type by response name."""
        groups: dict[str, list[FieldNode]] = {}
        self._collect(selections, type_, groups, set())
        return groups

    def _collect(
        self,
        selections: Iterable[SelectionNode],
        type_: GraphQLObjectType,
        groups: dict[str, list[FieldNode]],
        visited_fragments: set[str],
    ) -> None:
        for selection in selections:
            if not self._is_included(selection):
                continue
            if isinstance(selection, FieldNode):
                groups.setdefault((selection.alias or selection.name).value, []).append(selection)
                continue
            fragment: Any = selection
            if isinstance(selection, FragmentSpreadNode):
                if selection.name.value in visited_fragments:
                    continue
                visited_fragments.add(selection.name.value)
                fragment = self._fragments[selection.name.value]
            if fragment.type_condition is None or _is_subtype(type_, fragment.type_condition.name.value):
                self._collect(fragment.selection_set.selections, type_, groups, visited_fragments)

    def _is_included(self, selection: SelectionNode) -> bool:
        for directive in selection.directives or ():
            if directive.name.value in {"skip", "include"}:
                condition = (directive.arguments or ())[0].value
                if isinstance(condition, VariableNode):
                    is_true = self._flags[condition.name.value]
                else:
                    assert isinstance(condition, BooleanValueNode), "the document is valid"
                    is_true = condition.value
                if is_true == (directive.name.value == "skip"):
                    return False
        return True


def class_of(type_: GraphQLObjectType) -> type:
    """Returns the Python class of the type's objects."""
    class_: type = type_.extensions["strawberry-definition"].origin
    return class_


def _is_subtype(type_: GraphQLObjectType, name: str) -> bool:
    other = schema._schema.type_map[name]
    return other is type_ or (is_abstract_type(other) and schema._schema.is_sub_type(other, type_))


def _complete_list(complete_item: Completer, values: Any) -> list[Any]:
    if not isinstance(values, list | tuple):
        raise CompletionError("a list")
    return [complete_item(value) for value in values]


def _enum_completer(type_: GraphQLEnumType) -> Completer:
    names: dict[Any, str] = {}

    def complete(value: Any) -> str:
        name = names.get(value)
        if name is None:
            _require_value(value)
            name = names[value] = type_.coerce_output_value(value)
        return name

    return complete


def _leaf_completer(type_: GraphQLLeafType) -> Completer:
    coerce = type_.coerce_output_value
    unchanged_class = _UNCHANGED.get(type_.name)

    def complete(value: Any) -> Any:
        if type(value) is unchanged_class:
            return value
        _require_value(value)
        coerced = coerce(value)
        _require_value(coerced)
        return coerced

    return complete


def _require_value(value: Any) -> None:
    if value is None:
        raise CompletionError("a value")


def _constant(value: Any) -> Completer:
    return lambda _: value
