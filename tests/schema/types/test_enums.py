from __future__ import annotations

import re

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import TextChoices
from graphql import GraphQLEnumType

from kairo.core import enums as shared_enums
from kairo.core.choices import DescribedChoices
from kairo.evidence import enums as evidence_enums
from kairo.hero import enums as hero_enums
from kairo.hero.enums import TodayBoardState
from schema.schema import schema
from schema.types.enums import ENUMS

NULLED = "an unknown value nulls the whole answer above it, so all three lists must agree"


@pytest.mark.parametrize("choices", ENUMS, ids=lambda choices: choices.__name__)
def test_graphql_enum_has_the_names_and_descriptions_of_the_choices(choices: type[DescribedChoices]) -> None:
    shown = schema._schema.type_map[choices.__strawberry_definition__.name]  # type: ignore[attr-defined]  # set by strawberry.enum
    assert isinstance(shown, GraphQLEnumType)
    assert list(shown.values) == choices.names == [value.upper() for value in choices.values], NULLED
    assert [value.value for value in shown.values.values()] == choices.values
    assert [shown.serialize(choice) for choice in choices] == choices.names
    assert shown.description == choices.__doc__
    assert [value.description for value in shown.values.values()] == [choice.description for choice in choices]


# Columns that hold a part of their vocabulary, and why.
PARTS: dict[str, tuple[type[TextChoices], list[str]]] = {
    "hero_opportunitiesboard.state": (TodayBoardState, TodayBoardState.stored()),
}


def columns() -> list[tuple[str, str, type[TextChoices]]]:
    """(table, column, choices) of every column whose model field has choices from an `enums` module."""
    known = {
        frozenset(choices.values): choices
        for module in (shared_enums, evidence_enums, hero_enums)
        for choices in vars(module).values()
        if isinstance(choices, type) and issubclass(choices, TextChoices) and choices.values
    }
    found = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            base = field.base_field if isinstance(field, ArrayField) else field
            if isinstance(base, models.Field) and base.choices:
                values = frozenset(str(value) for value, _ in base.flatchoices)
                if values in known:
                    found.append((model._meta.db_table, str(field.name), known[values]))
    return found


def test_columns_with_choices_are_found() -> None:
    assert {(table, column) for table, column, _ in columns()} >= {
        ("core_brand", "channels"),
        ("core_opportunity", "type"),
        ("evidence_normalizedevidenceitem", "platform"),
        ("hero_opportunitiesboard", "ready_reason"),
        ("hero_opportunitiesjob", "status"),
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "column", "choices"), columns(), ids=str)
def test_check_constraint_accepts_exactly_the_choices(table: str, column: str, choices: type[TextChoices]) -> None:
    _, expected = PARTS.get(f"{table}.{column}", (choices, choices.values))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = %s::regclass",
            [table],
        )
        checks = [definition for (definition,) in cursor.fetchall() if is_list_of(definition, column)]
    assert len(checks) == 1, checks
    assert sorted(re.findall(r"'([a-z_]+)'::", checks[0])) == sorted(expected), NULLED


def is_list_of(definition: str, column: str) -> bool:
    """Whether a check lists the values of this column and looks at no other."""
    without_values = re.sub(r"'[^']*'", "", definition)
    names = set(re.findall(r"[a-z_]+", without_values)) - {"array", "any", "character", "varying", "text", "null"}
    return names == {column} and "ARRAY[" in definition
