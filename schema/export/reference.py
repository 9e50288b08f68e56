from __future__ import annotations

from collections.abc import Iterable, Iterator

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_specified_scalar_type,
    print_ast,
)

TITLE = "# The schema"
INTRODUCTION = """Everything that can be asked for, type by type, made by `python manage.py export_schema_files` from
[`schema/schema.graphql`](../schema/schema.graphql). What a schema cannot say is in [`api.md`](api.md), what changed in
[`schema-changelog.md`](schema-changelog.md)."""
KINDS: tuple[tuple[str, type[GraphQLNamedType]], ...] = (
    ("Objects", GraphQLObjectType),
    ("Interfaces", GraphQLInterfaceType),
    ("Unions", GraphQLUnionType),
    ("Enums", GraphQLEnumType),
    ("Inputs", GraphQLInputObjectType),
    ("Scalars", GraphQLScalarType),
)
_Member = GraphQLField | GraphQLInputField | GraphQLArgument | GraphQLEnumValue


def reference(sdl: str) -> str:
    """Renders the schema's reference as Markdown: the operations first, then each kind of type by name."""
    schema = build_schema(sdl)
    roots = {
        type_.name: type_ for type_ in (schema.query_type, schema.mutation_type, schema.subscription_type) if type_
    }
    named = [
        type_
        for name, type_ in sorted(schema.type_map.items())
        if name not in roots and not name.startswith("__") and not is_specified_scalar_type(type_)
    ]
    parts = [TITLE, INTRODUCTION]
    parts += _section("Operations", roots.values())
    for title, kind in KINDS:
        parts += _section(title, (type_ for type_ in named if isinstance(type_, kind)))
    return "\n\n".join(parts) + "\n"


def _section(title: str, types: Iterable[GraphQLNamedType]) -> Iterator[str]:
    described = [part for type_ in types for part in _type(type_)]
    if described:
        yield f"## {title}"
        yield from described


def _type(type_: GraphQLNamedType) -> Iterator[str]:
    yield f"### {type_.name}"
    if type_.description:
        yield type_.description
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) and type_.interfaces:
        yield f"Implements {_links(type_.interfaces)}."
    if isinstance(type_, GraphQLUnionType):
        yield f"One of {_links(type_.types)}."
    if isinstance(type_, GraphQLScalarType) and type_.specified_by_url:
        yield f"Specified by <{type_.specified_by_url}>."
    members = "\n".join(_members(type_))
    if members:
        yield members


def _members(type_: GraphQLNamedType) -> Iterator[str]:
    if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in type_.fields.items():
            yield _item(f"**{name}**: {_typed(field)}", field)
            for argument, taken in field.args.items():
                yield "  " + _item(f"{argument}: {_typed(taken)}{_default(taken)}", taken)
    elif isinstance(type_, GraphQLInputObjectType):
        for name, field in type_.fields.items():
            yield _item(f"**{name}**: {_typed(field)}{_default(field)}", field)
    elif isinstance(type_, GraphQLEnumType):
        for name, value in type_.values.items():
            yield _item(f"**{name}**", value)


def _item(head: str, member: _Member) -> str:
    said = " ".join((member.description or "").split())
    deprecated = f" *Deprecated: {member.deprecation_reason}*" if member.deprecation_reason else ""
    return f"- {head}" + (f" — {said}" if said else "") + deprecated


def _typed(member: GraphQLField | GraphQLInputField | GraphQLArgument) -> str:
    named = get_named_type(member.type)
    shown = f"`{member.type}`"
    return shown if is_specified_scalar_type(named) else f"[{shown}](#{named.name.lower()})"


def _default(member: GraphQLInputField | GraphQLArgument) -> str:
    node = member.ast_node
    return f" = `{print_ast(node.default_value)}`" if node and node.default_value else ""


def _links(types: Iterable[GraphQLNamedType]) -> str:
    return ", ".join(f"[`{type_.name}`](#{type_.name.lower()})" for type_ in types)
