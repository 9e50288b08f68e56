from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from graphql import GraphQLObjectType
from graphql.execution.collect_fields import GroupedFieldSet
from graphql.execution.executor import Executor
from graphql.pyutils import Path, Undefined

from schema.completers import Completer, leaf_value_completer

_TYPENAME = "__typename"


class LeafExecutor(Executor[Any]):
    """graphql-core's executor, with a shorter way to scalars and enums that are attributes of their object.

    graphql-core makes a path, an info object and two calls of Strawberry's for each; on a board they are four of five
    fields. A value that violates the schema goes through graphql-core, which reports it. Every resolver is synchronous.
    """

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> dict[str, Any]:
        readers = _readers(parent_type)
        results: dict[str, Any] = {}
        for response_name, details in grouped_field_set.items():
            if (reader := readers.get(details[0].node.name.value)) is not None:
                get, complete = reader
                try:
                    results[response_name] = complete(get(source_value))
                    continue
                except Exception:  # noqa: S110  reported below
                    pass
            field_path = Path(path, response_name, parent_type.name)
            result = self.execute_field(parent_type, source_value, details, field_path, position_context)
            if result is not Undefined:
                results[response_name] = result
        return results


@cache  # by the schema's types
def _readers(type_: GraphQLObjectType) -> Mapping[str, tuple[Completer, Completer]]:
    """How to read and complete the fields of a type that have neither resolver nor arguments and are no objects."""
    readers: dict[str, tuple[Completer, Completer]] = {}
    for name, definition in type_.fields.items():
        field = definition.extensions.get("strawberry-definition")
        complete = leaf_value_completer(definition.type)
        if field is None or complete is None or definition.args or field.base_resolver or field.extensions:
            continue
        readers[name] = attrgetter(field.python_name), complete
    if not type_.name.startswith("__"):
        readers[_TYPENAME] = (lambda _: type_.name), str
    return readers
