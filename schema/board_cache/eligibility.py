"""Which documents touch nothing but today's board. The schema decides: no list of operations is kept."""

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
from schema.documents import ValidatedDocument, checked
from schema.field_metadata import FROM_A_COPY, IN_MEMORY, TIME_OF_READING, mark_of
from schema.ids import key_of
from schema.limits import Measure
from schema.lru_cache import memoize
from schema.schema import schema

TODAY_BOARD = "todayBoard"
_TYPENAME = "__typename"
KEPT_BYTES = 12_000_000
_MARK_BYTES = 300  # a path of at most 14 names, which are the document's


@dataclass(frozen=True, kw_only=True, slots=True)
class CacheableOperation:
    """An operation that selects todayBoard alone, and below it only what a board holds in memory.

    `tells_time` says that it selects the time of reading; `copy_marks` are the places of its answer that say whether
    it is told from a copy, each a path of response names.
    """

    roots: tuple[FieldNode, ...]
    variable_definitions: tuple[Any, ...]
    measure: Measure
    tells_time: bool
    copy_marks: tuple[tuple[str, ...], ...]

    def values(self, given: Mapping[str, Any] | None) -> VariableValues | None:
        """The variables' values, defaults included; None where those given are not right."""
        values = get_variable_values(schema._schema, list(self.variable_definitions), dict(given or {}))
        return None if isinstance(values, list) else values


def _size(found: CacheableOperation | None, document: str, operation_name: str | None) -> int:
    """It holds on to the parsed document."""
    return checked(schema, document).bytes + _MARK_BYTES * len(found.copy_marks) if found else 0


@memoize(most_bytes=KEPT_BYTES, size=_size)
def cacheable_operation(document: str, operation_name: str | None) -> CacheableOperation | None:
    """What is to be known of the document's operation; None where it touches anything else, or cannot be run."""
    try:
        found = checked(schema, document)
        operation = found.operation(operation_name)
    except (GraphQLError, KairoError):
        return None
    measure = found.measure(operation)
    if found.errors or measure is None or measure.introspects or operation.operation != OperationType.QUERY:
        return None
    return _Walk(found).of(operation, measure)


def brand_asked_for(operation: CacheableOperation, values: VariableValues) -> UUID | None:
    """The one brand whose board of today the operation asks for; None where that is not one, or not today's."""
    definition = schema._schema.query_type.fields[TODAY_BOARD]  # type: ignore[union-attr]  # there is one
    brands = set()
    for root in operation.roots:
        try:
            given = get_argument_values(definition, root, values)
            brands.add(key_of(given["brandId"], "Brand"))
        except (GraphQLError, KairoError):
            return None
        if given.get("asOf") is not None:
            return None
    return brands.pop() if len(brands) == 1 else None


class _NotOfTheBoard(Exception):
    pass


class _Walk:
    """Each fragment is walked once for each place it is spread in: limits have bounded the fields by then."""

    def __init__(self, document: ValidatedDocument) -> None:
        definitions = document.document.definitions
        self._fragments = {node.name.value: node for node in definitions if isinstance(node, FragmentDefinitionNode)}
        self._tells_time = False
        self._copy_marks: list[tuple[str, ...]] = []

    def of(self, operation: OperationDefinitionNode, measure: Measure) -> CacheableOperation | None:
        roots = []
        try:
            for node, parent in self._fields(operation.selection_set, schema._schema.query_type):
                if node.name.value == TODAY_BOARD:
                    roots.append(node)
                elif node.name.value != _TYPENAME:
                    return None
                self._walk(node, parent, ())
        except _NotOfTheBoard:
            return None
        return CacheableOperation(
            roots=tuple(roots),
            variable_definitions=tuple(operation.variable_definitions or ()),
            measure=measure,
            tells_time=self._tells_time,
            copy_marks=tuple(self._copy_marks),
        )

    def _walk(self, node: FieldNode, parent: GraphQLNamedType | None, above: tuple[str, ...]) -> None:
        if node.name.value == _TYPENAME:
            return
        definition = schema._schema.get_field(parent, node.name.value)  # type: ignore[arg-type]  # validated
        field = definition.extensions["strawberry-definition"] if definition else None
        if field is None or definition is None:
            raise _NotOfTheBoard
        mark = mark_of(field.metadata)
        if above and field.base_resolver is not None and mark != mark_of(IN_MEMORY):
            raise _NotOfTheBoard
        path = (*above, (node.alias or node.name).value)
        self._tells_time |= mark == mark_of(TIME_OF_READING)
        if mark == mark_of(FROM_A_COPY):
            self._copy_marks.append(path)
        for below, within in self._fields(node.selection_set, get_named_type(definition.type)):
            self._walk(below, within, path)

    def _fields(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None
    ) -> Iterator[tuple[FieldNode, GraphQLNamedType | None]]:
        """The fields selected, fragments spread out, each with the type it is selected on."""
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                yield selection, parent
            elif isinstance(selection, InlineFragmentNode):
                on = selection.type_condition
                yield from self._fields(
                    selection.selection_set, schema._schema.get_type(on.name.value) if on else parent
                )
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
                on_type = schema._schema.get_type(fragment.type_condition.name.value)
                yield from self._fields(fragment.selection_set, on_type)
