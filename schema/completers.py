"""Functions that complete one value of an output type, as graphql-core does, without its handling of errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLLeafType,
    GraphQLOutputType,
    get_named_type,
    is_enum_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)

Completer = Callable[[Any], Any]

_UNCHANGED = {"String": str, "ID": str, "Boolean": bool}  # scalars whose values of this class need no coercion


class CompletionError(Exception):
    """A value violates the schema; GraphQL's own execution reports it as an error."""


def leaf_value_completer(type_: GraphQLOutputType) -> Completer | None:
    """The completer of a type of scalars, enums or lists of them; None for other types."""
    return _completer(type_) if is_leaf_type(get_named_type(type_)) else None


def _completer(type_: GraphQLOutputType) -> Completer:
    if is_non_null_type(type_):
        return _non_null_completer(type_.of_type)
    return nullable(_non_null_completer(type_))


def _non_null_completer(type_: GraphQLOutputType) -> Completer:
    if is_list_type(type_):
        return partial(complete_list, _completer(type_.of_type))
    return enum_completer(type_) if is_enum_type(type_) else leaf_completer(type_)  # type: ignore[arg-type]  # a leaf


def nullable(complete: Completer) -> Completer:
    return lambda value: None if value is None else complete(value)


def complete_list(complete_item: Completer, values: Any) -> list[Any]:
    if not isinstance(values, list | tuple):
        raise CompletionError("a list")
    return [complete_item(value) for value in values]


def enum_completer(type_: GraphQLEnumType) -> Completer:
    names: dict[Any, str] = {}

    def complete(value: Any) -> str:
        name = names.get(value)
        if name is None:
            _require_value(value)
            name = names[value] = type_.coerce_output_value(value)
        return name

    return complete


def leaf_completer(type_: GraphQLLeafType) -> Completer:
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
