"""Compiles a cacheable operation into closures once a document, instead of resolving its fields in each request.

It executes only operations without errors: a value that violates the schema raises, and Django then reports the error.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from operator import attrgetter
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLOutputType,
    OperationDefinitionNode,
    is_abstract_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from schema.board_cache.eligibility import TODAY_BOARD, cacheable_operation
from schema.completers import Completer, CompletionError, complete_list, enum_completer, leaf_completer, nullable
from schema.documents import parse_and_validate
from schema.lru_cache import memoize
from schema.schema import schema

_TYPENAME = "__typename"
MAX_BYTES = 12_000_000
_FIELD_BYTES = 3_000  # memory of one field, compiled for each of the five states (2,840 on Python 3.11)


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
    compiler = _Compiler(validated.document.definitions, operation, dict(flags))
    completers: dict[str, Completer] = {}
    for name, details in compiler.root_fields(query).items():
        field = details[0].node.name.value
        assert field in {TODAY_BOARD, _TYPENAME}, "only cacheable operations are compiled"
        completers[name] = (
            _constant(query.name) if field == _TYPENAME else compiler.completer(query.fields[TODAY_BOARD].type, details)
        )
    return lambda board: {name: complete(board) for name, complete in completers.items()}


class _Compiler:
    def __init__(self, definitions: Iterable[Any], operation: OperationDefinitionNode, flags: dict[str, bool]) -> None:
        self._operation = operation
        self._fragments = {
            node.name.value: FragmentDetails(node) for node in definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._variables = VariableValues({}, flags)

    def root_fields(self, query: GraphQLObjectType) -> GroupedFieldSet:
        """Returns the operation's fields by response name."""
        return collect_fields(
            schema._schema, self._fragments, self._variables, query, self._operation
        ).grouped_field_set

    def completer(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Completer:
        """Returns the function that completes a value of this type."""
        if is_non_null_type(type_):
            return self._non_null_completer(type_.of_type, details)
        return nullable(self._non_null_completer(type_, details))

    def _non_null_completer(self, type_: GraphQLOutputType, details: FieldDetailsList) -> Completer:
        if is_list_type(type_):
            return partial(complete_list, self.completer(type_.of_type, details))
        if is_enum_type(type_):
            return enum_completer(type_)
        if is_leaf_type(type_):
            return leaf_completer(type_)
        if is_object_type(type_):
            return self._object_completer(type_, details)
        assert is_abstract_type(type_), "there are no other output types"
        return self._abstract_completer(type_, details)

    def _abstract_completer(self, type_: GraphQLAbstractType, details: FieldDetailsList) -> Completer:
        possible_types = schema._schema.get_possible_types(type_)
        completers = {class_of(possible): self._object_completer(possible, details) for possible in possible_types}

        def complete(value: Any) -> Any:
            return completers[type(value)](value)

        return complete

    def _object_completer(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Completer:
        selected = collect_subfields(
            schema._schema, self._fragments, self._variables, self._operation, type_, details
        ).grouped_field_set
        fields = [(name, *self._field(type_, group)) for name, group in selected.items()]
        class_ = class_of(type_)

        def complete(value: Any) -> dict[str, Any]:
            if type(value) is not class_:
                raise CompletionError(type_.name)
            return {name: complete(get(value)) for name, get, complete in fields}

        return complete

    def _field(self, type_: GraphQLObjectType, details: FieldDetailsList) -> tuple[Completer, Completer]:
        name = details[0].node.name.value
        if name == _TYPENAME:
            return _constant(type_.name), str
        definition = type_.fields[name]
        field = definition.extensions["strawberry-definition"]
        resolver = field.base_resolver
        get = attrgetter(field.python_name) if resolver is None else resolver.wrapped_func
        return get, self.completer(definition.type, details)


def class_of(type_: GraphQLObjectType) -> type:
    """Returns the Python class of the type's objects."""
    class_: type = type_.extensions["strawberry-definition"].origin
    return class_


def _constant(value: Any) -> Completer:
    return lambda _: value
