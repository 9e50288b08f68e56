from __future__ import annotations

from strawberry import Schema
from strawberry.printer import print_schema


def print_sdl(schema: Schema) -> str:
    """The schema in SDL, with its description, which Strawberry's printer leaves out."""
    described = schema._schema
    types = print_schema(schema)
    if not described.description:
        return types
    roots = {"query": described.query_type, "mutation": described.mutation_type}
    fields = "".join(f"  {operation}: {root.name}\n" for operation, root in roots.items() if root)
    return f'"""\n{described.description}\n"""\nschema {{\n{fields}}}\n\n{types}'
