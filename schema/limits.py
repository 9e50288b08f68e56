"""Query limits: one validation rule, which runs before all others, in time linear in the document.

Each fragment is measured once, however often it is spread. A document over a limit is rejected before any other
rule runs, because some of those take quadratic time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLNamedType,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    ValidationContext,
    ValidationRule,
    get_named_type,
    is_composite_type,
    is_list_type,
    is_non_null_type,
)
from graphql.validation.validate import ValidationAbortedError

from schema.field_costs import OPERATION_COST, item_cost, list_length, root_cost
from schema.merged_fields import exceeds_merged_pairs

MAX_CHARACTERS = 50_000
MAX_TOKENS = 2_000
MAX_DEPTH = 14
MAX_NESTING = 60
MAX_FIELDS = 600
MAX_SAME_FIELD = 5
MAX_MERGED_PAIRS = 2_000
MAX_ALIASES = 30
MAX_DIRECTIVES = 50
MAX_ROOT_FIELDS = 20
MAX_ROOT_MUTATIONS = 4
MAX_COST = 60_000

MAX_PAGE = 100
ASSUMED_LIST = 10  # assumed length of a list without a page size
_PAGE_SIZES = frozenset({"first", "last"})
_IDS = "ids"  # the argument of a field that returns one item for each id
_CONNECTION = "Connection"
_INTROSPECTION = frozenset({"__schema", "__type"})
_BOARD_TYPES = frozenset({"TodayBoard", "Opportunity"})


@dataclass(frozen=True, slots=True)
class Measure:
    """The size of a selection with its fragments expanded. `cost` is the number of values, lists multiplied out, and
    what `field_costs` adds; `introspects` is true for a selection of the schema itself, `shows_board` for one of a
    board or its opportunities.
    """

    depth: int = 0
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    roots: int = 0
    cost: int = 0
    introspects: bool = False
    shows_board: bool = False

    def __add__(self, other: Measure) -> Measure:
        return Measure(
            depth=max(self.depth, other.depth),
            fields=self.fields + other.fields,
            aliases=self.aliases + other.aliases,
            directives=self.directives + other.directives,
            roots=self.roots + other.roots,
            cost=self.cost + other.cost,
            introspects=self.introspects or other.introspects,
            shows_board=self.shows_board or other.shows_board,
        )


class LimitsRule(ValidationRule):
    """Rejects a document over the limits of this module, and stores each operation's measure in `measures` by name."""

    def __init__(self, context: ValidationContext, measures: dict[str | None, Measure] | None = None) -> None:
        super().__init__(context)
        self._measures = measures if measures is not None else {}
        self._fragments: dict[str, Measure] = {}
        self._open: set[str] = set()

    def enter_document(self, document: DocumentNode, *_: Any) -> None:
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                self._check(operation)
        if exceeds_merged_pairs(document, most=MAX_MERGED_PAIRS):
            self._reject(f"The document has more than {MAX_MERGED_PAIRS} pairs of fields to merge.", document)

    def _check(self, operation: OperationDefinitionNode) -> None:
        root = self.context.schema.get_root_type(operation.operation)
        total = self._selections(operation.selection_set, root, nesting=1)
        total += Measure(directives=len(operation.directives or ()))
        if total.cost > total.roots:  # not meta fields alone
            total += Measure(cost=OPERATION_COST)
        self._measures[operation.name.value if operation.name else None] = total
        mutation = operation.operation == OperationType.MUTATION
        for unit, value, limit in (
            ("levels", total.depth, MAX_DEPTH),
            ("fields", total.fields, MAX_FIELDS),
            ("aliases", total.aliases, MAX_ALIASES),
            ("directives", total.directives, MAX_DIRECTIVES),
            (
                "mutations" if mutation else "root fields",
                total.roots,
                MAX_ROOT_MUTATIONS if mutation else MAX_ROOT_FIELDS,
            ),
            ("units of cost", total.cost, MAX_COST),
        ):
            if value > limit:
                self._reject(
                    f"The operation has more than {limit} {unit}, counted with fragments spread out.", operation
                )

    def _selections(
        self, selections: SelectionSetNode | None, parent: GraphQLNamedType | None, *, nesting: int
    ) -> Measure:
        if selections is None:
            return Measure()
        if nesting > MAX_NESTING:
            self._reject(f"The document nests more than {MAX_NESTING} levels.", selections)
        names: dict[str, int] = {}
        total = Measure()
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                name = (selection.alias or selection.name).value
                names[name] = names.get(name, 0) + 1
                if names[name] > MAX_SAME_FIELD:
                    self._reject(f"A selection repeats one field more than {MAX_SAME_FIELD} times.", selection)
            total += self._selection(selection, parent, nesting=nesting)
        return total

    def _selection(self, selection: SelectionNode, parent: GraphQLNamedType | None, *, nesting: int) -> Measure:
        directives = Measure(directives=len(selection.directives or ()))
        if isinstance(selection, FieldNode):
            return directives + self._field(selection, parent, nesting=nesting)
        if isinstance(selection, InlineFragmentNode):
            on = selection.type_condition
            within = self.context.schema.get_type(on.name.value) if on else parent
            return directives + self._selections(selection.selection_set, within, nesting=nesting + 1)
        return directives + self._fragment(selection.name.value, nesting=nesting)  # type: ignore[attr-defined]  # a spread

    def _fragment(self, name: str, *, nesting: int) -> Measure:
        fragment: FragmentDefinitionNode | None = self.context.get_fragment(name)
        if fragment is None or name in self._open:
            return Measure()  # unknown or a cycle: other rules report it
        if name not in self._fragments:
            self._open.add(name)
            on = self.context.schema.get_type(fragment.type_condition.name.value)
            self._fragments[name] = self._selections(fragment.selection_set, on, nesting=nesting + 1)
            self._open.remove(name)
        return self._fragments[name]

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, *, nesting: int) -> Measure:
        definition = self._definition(node, parent)
        within = get_named_type(definition.type) if definition else None
        below = self._selections(node.selection_set, within, nesting=nesting + 1)
        items = _items(node, definition, parent)
        name = node.name.value
        is_root = parent is not None and parent in {self.context.schema.query_type, self.context.schema.mutation_type}
        own, item = root_cost(name) if is_root else 1, item_cost(parent, name)
        # Introspection is deep by nature and small in fact: its lists are limited by a rule of their own.
        introspects = node.name.value.startswith("__") or (parent is not None and parent.name.startswith("__"))
        return replace(
            below,
            depth=0 if introspects else below.depth + 1,
            fields=below.fields + 1,
            aliases=below.aliases + (node.alias is not None),
            roots=1,
            cost=own + items * (item + below.cost),
            introspects=below.introspects or node.name.value in _INTROSPECTION,
            shows_board=below.shows_board or (within is not None and within.name in _BOARD_TYPES),
        )

    def _definition(self, node: FieldNode, parent: GraphQLNamedType | None) -> Any:
        if not is_composite_type(parent):
            return None
        return self.context.schema.get_field(parent, node.name.value)

    def _reject(self, message: str, node: Any) -> None:
        raise ValidationAbortedError(message, node, extensions={"code": "QUERY_TOO_COMPLEX"})


def _items(node: FieldNode, definition: Any, parent: GraphQLNamedType | None) -> int:
    """The number of items that a field is assumed to return."""
    if definition is None:
        return 1
    arguments = {argument.name.value: argument.value for argument in node.arguments or ()}
    if _IDS in definition.args:
        ids = arguments.get(_IDS)
        return len(ids.values) if isinstance(ids, ListValueNode) else MAX_PAGE
    sizes = _PAGE_SIZES & definition.args.keys()
    if sizes:
        return max(_page_size(arguments.get(size), definition.args[size]) for size in sizes)
    # A connection's items are counted at the field with the page size.
    if parent is not None and parent.name.endswith(_CONNECTION):
        return 1
    if not _is_list(definition.type):
        return 1
    return list_length(parent, node.name.value) or ASSUMED_LIST


def _page_size(value: Any, argument: Any) -> int:
    """The page size; the maximum for a variable, the argument's default if it is absent."""
    if isinstance(value, IntValueNode):
        return max(1, min(int(value.value[:9]), 10**9))
    if value is None and isinstance(argument.default_value, int):
        return argument.default_value
    return MAX_PAGE


def _is_list(type_: Any) -> bool:
    return is_list_type(type_.of_type if is_non_null_type(type_) else type_)
