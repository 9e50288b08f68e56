"""Decides from the schema which operations select only the Today board; there is no list of operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNamedType,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    get_variable_values,
)
from graphql.execution.values import VariableValues, get_argument_values

from kairo.core.errors import KairoError
from schema.documents import ValidatedDocument, parse_and_validate
from schema.field_metadata import IN_MEMORY, TIME_OF_READING, marker_of
from schema.ids import key_of
from schema.limits import Measure
from schema.lru_cache import memoize
from schema.schema import schema

TODAY_BOARD = "todayBoard"
_TYPENAME = "__typename"
MAX_BYTES = 12_000_000


@dataclass(frozen=True, kw_only=True, slots=True)
class CacheableOperation:
    """An operation that selects only todayBoard, and below it only fields that read the board in memory.

    `selects_read_time` is true where it selects the time of reading.
    """

    roots: tuple[FieldNode, ...]
    variable_definitions: tuple[Any, ...]
    measure: Measure
    selects_read_time: bool

    def coerce_variables(self, variables: Mapping[str, Any] | None) -> VariableValues | None:
        """Coerces the variables and adds defaults; None where a value is invalid."""
        values = get_variable_values(schema._schema, list(self.variable_definitions), dict(variables or {}))
        return None if isinstance(values, list) else values


def _size(operation: CacheableOperation | None, document: str, operation_name: str | None) -> int:
    """Includes the parsed document, which the operation's nodes keep alive."""
    return parse_and_validate(schema, document).bytes if operation else 0


@memoize(max_bytes=MAX_BYTES, size=_size)
def cacheable_operation(document: str, operation_name: str | None) -> CacheableOperation | None:
    """Returns the document's operation if it is cacheable; None where it selects more than the board or is invalid."""
    try:
        validated = parse_and_validate(schema, document)
        operation = validated.operation(operation_name)
    except (GraphQLError, KairoError):
        return None
    measure = validated.measure(operation)
    if validated.errors or measure is None or measure.introspects or operation.operation != OperationType.QUERY:
        return None
    return _OperationWalk(validated).cacheable_operation(operation, measure)


def single_brand_id(operation: CacheableOperation, values: VariableValues) -> UUID | None:
    """Returns the brand id if every root field has the same one and none has `asOf`; else None."""
    query = schema._schema.query_type
    assert query is not None, "every schema has a query type"
    definition = query.fields[TODAY_BOARD]
    brand_ids = set()
    for root in operation.roots:
        try:
            arguments = get_argument_values(definition, root, values)
            brand_ids.add(key_of(arguments["brandId"], "Brand"))
        except (GraphQLError, KairoError):
            return None
        if arguments.get("asOf") is not None:
            return None
    return brand_ids.pop() if len(brand_ids) == 1 else None


class _NotCacheable(Exception):
    pass


class _OperationWalk:
    """Visits every selected field. A fragment is visited at each spread; validation has already limited the fields."""

    def __init__(self, document: ValidatedDocument) -> None:
        definitions = document.document.definitions
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        self._selects_read_time = False

    def cacheable_operation(self, operation: OperationDefinitionNode, measure: Measure) -> CacheableOperation | None:
        roots = []
        try:
            for node, parent in self._fields(operation.selection_set, schema._schema.query_type):
                if node.name.value == TODAY_BOARD:
                    roots.append(node)
                elif node.name.value != _TYPENAME:
                    return None
                self._visit(node, parent, is_root=True)
        except _NotCacheable:
            return None
        return CacheableOperation(
            roots=tuple(roots),
            variable_definitions=tuple(operation.variable_definitions or ()),
            measure=measure,
            selects_read_time=self._selects_read_time,
        )

    def _visit(self, node: FieldNode, parent: GraphQLNamedType | None, *, is_root: bool) -> None:
        if node.name.value == _TYPENAME:
            return
        definition = schema._schema.get_field(parent, node.name.value)  # type: ignore[arg-type]  # validated
        field = definition.extensions["strawberry-definition"] if definition else None
        if field is None or definition is None:
            raise _NotCacheable
        marker = marker_of(field.metadata)
        if not is_root and field.base_resolver is not None and marker != marker_of(IN_MEMORY):
            raise _NotCacheable
        self._selects_read_time |= marker == marker_of(TIME_OF_READING)
        for child, child_parent in self._fields(node.selection_set, get_named_type(definition.type)):
            self._visit(child, child_parent, is_root=False)

    def _fields(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType | None]]:
        """Yields the selected fields, those of fragments included, each with the type it is selected on."""
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                yield selection, parent
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                type_ = schema._schema.get_type(condition.name.value) if condition else parent
                yield from self._fields(selection.selection_set, type_)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
                type_ = schema._schema.get_type(fragment.type_condition.name.value)
                yield from self._fields(fragment.selection_set, type_)
