from __future__ import annotations

from typing import Any

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInt,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLString,
)

from schema.completers import CompletionError, leaf_value_completer

COLOUR = GraphQLEnumType("Colour", {"RED": 1})


def complete(type_: Any, value: object) -> object:
    completer = leaf_value_completer(type_)
    assert completer is not None
    return completer(value)


@pytest.mark.parametrize(
    ("type_", "value", "completed"),
    [
        (GraphQLString, "a", "a"),
        (GraphQLString, 1, "1"),
        (GraphQLString, None, None),
        (GraphQLNonNull(GraphQLInt), 1.0, 1),
        (COLOUR, 1, "RED"),
        (COLOUR, None, None),
        (GraphQLList(GraphQLNonNull(COLOUR)), (1, 1), ["RED", "RED"]),
        (GraphQLNonNull(GraphQLList(GraphQLString)), ["a", None], ["a", None]),
    ],
)
def test_value_is_coerced_as_graphql_does(type_: Any, value: object, completed: object) -> None:
    assert complete(type_, value) == completed
    assert complete(type_, value) == completed


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (GraphQLNonNull(GraphQLString), None),
        (GraphQLList(GraphQLNonNull(GraphQLString)), [None]),
        (GraphQLList(GraphQLString), "text"),
        (GraphQLInt, "x"),
        (COLOUR, 2),
        (GraphQLNonNull(COLOUR), None),
    ],
)
def test_value_that_violates_the_type_raises(type_: Any, value: object) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011  graphql-core's own errors as well
        complete(type_, value)
    assert not isinstance(raised.value, AssertionError)


def test_object_types_have_no_leaf_completer() -> None:
    assert leaf_value_completer(GraphQLList(GraphQLObjectType("T", {"a": GraphQLField(GraphQLInt)}))) is None
    with pytest.raises(CompletionError):
        complete(GraphQLNonNull(GraphQLString), None)
