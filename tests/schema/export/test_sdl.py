from __future__ import annotations

import strawberry
from graphql import build_schema

from schema.export.sdl import print_sdl
from schema.schema import schema


def test_sdl_has_the_schemas_description_and_roots() -> None:
    built = build_schema(print_sdl(schema))
    assert built.description == schema._schema.description
    assert (built.query_type, built.mutation_type) == (built.get_type("Query"), built.get_type("Mutation"))


def test_schema_without_a_description_is_printed_as_it_is() -> None:
    @strawberry.type
    class Query:
        number: int = 1

    assert print_sdl(strawberry.Schema(query=Query)) == strawberry.Schema(query=Query).as_str()
