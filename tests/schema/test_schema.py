from __future__ import annotations

from io import StringIO
from pathlib import Path

from django.core.management import call_command
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    is_specified_scalar_type,
)

from schema.schema import schema

SDL = Path(__file__).resolve().parents[2] / "schema" / "schema.graphql"
GRAPHQL = schema._schema


def test_committed_sdl_is_current() -> None:
    printed = StringIO()
    call_command("export_schema", "schema.schema:schema", stdout=printed)
    assert SDL.read_text().strip() == printed.getvalue().strip(), "run: python manage.py export_schema_files"


def test_committed_sdl_parses_and_is_sorted() -> None:
    names = [name for name in build_schema(SDL.read_text()).type_map if not name.startswith("__")]
    printed = [line.split()[1].split("(")[0] for line in SDL.read_text().splitlines() if line.startswith(KINDS)]
    assert printed == sorted(printed)
    assert set(printed) <= set(names)


KINDS = ("type ", "interface ", "enum ", "union ", "scalar ", "input ")


def test_every_element_has_a_description() -> None:
    missing = [] if GRAPHQL.description else ["schema"]
    for directive in GRAPHQL.directives:
        missing += [f"@{directive.name}({argument}:)" for argument, it in directive.args.items() if not it.description]
        missing += [] if directive.description else [f"@{directive.name}"]
    for name, type_ in GRAPHQL.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(type_):
            continue
        if not type_.description:
            missing.append(name)
        if isinstance(type_, GraphQLEnumType):
            missing += [f"{name}.{value}" for value, it in type_.values.items() if not it.description]
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            missing += [f"{name}.{field}" for field, it in type_.fields.items() if not it.description]
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            missing += [
                f"{name}.{field}({argument}:)"
                for field, it in type_.fields.items()
                for argument, taken in it.args.items()
                if not taken.description
            ]
    assert missing == []


def test_every_type_named_connection_is_a_relay_connection() -> None:
    """Relay's compiler and linters go by the name."""
    connections = {name: type_ for name, type_ in GRAPHQL.type_map.items() if name.endswith("Connection")}
    assert connections
    for type_ in connections.values():
        assert isinstance(type_, GraphQLObjectType)
        assert {"edges", "pageInfo"} <= set(type_.fields)


def test_every_custom_scalar_has_a_specified_by_url() -> None:
    scalars = [
        type_
        for type_ in GRAPHQL.type_map.values()
        if isinstance(type_, GraphQLScalarType) and not is_specified_scalar_type(type_)
    ]
    assert {scalar.name for scalar in scalars} == {"Date", "DateTime", "Long"}
    assert all(scalar.specified_by_url for scalar in scalars)


def test_each_state_has_its_non_null_fields() -> None:
    promised = {
        "TodayBoardReady": {"readyReason", "evidenceSummary", "rejectedCandidates", "coverage"},
        "TodayBoardGenerating": {"job", "stale"},
        "TodayBoardNotGeneratedYet": {"remediation", "evidenceShortfall"},
        "TodayBoardInsufficientEvidence": {"remediation", "evidenceShortfall", "failedGates"},
        "TodayBoardError": {"remediation", "errorCode", "retryable"},
    }
    board = GRAPHQL.type_map["TodayBoard"]
    assert isinstance(board, GraphQLInterfaceType)
    assert {type_.name for type_ in GRAPHQL.get_implementations(board).objects} == set(promised)
    everywhere = {name for name, field in board.fields.items() if isinstance(field.type, GraphQLNonNull)}
    for name, fields in promised.items():
        type_ = GRAPHQL.type_map[name]
        assert isinstance(type_, GraphQLObjectType)
        assert {f for f, it in type_.fields.items() if isinstance(it.type, GraphQLNonNull)} == everywhere | fields


def test_every_mutation_takes_one_input_and_answers_a_union_with_problems() -> None:
    assert GRAPHQL.mutation_type is not None
    for name, field in GRAPHQL.mutation_type.fields.items():
        assert list(field.args) == ["input"], name
        union = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
        members = GRAPHQL.get_possible_types(union)
        problems = [member for member in members if "Problem" in {i.name for i in member.interfaces}]
        assert problems, name
        assert len(problems) < len(members), name
