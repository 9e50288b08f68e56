"""Rows of several models from one hand-written statement, as Django would build them.

Building such a statement by the ORM takes five times as long as running it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


@lru_cache(maxsize=64)  # by the models of statements, which are constants
def fields_of(model: type[models.Model], without: frozenset[str] = frozenset()) -> tuple[Any, ...]:
    """The model's columns but those `without`, which Django then reads when they are needed."""
    return tuple(field for field in model._meta.concrete_fields if field.name not in without)


def select_columns(fields: Iterable[Any], alias: str) -> str:
    """These columns in SQL. JSON is selected as text, because only Django's connections leave it undecoded."""
    return ", ".join(
        f'{alias}."{field.column}"' + ("::text" if isinstance(field, models.JSONField) else "") for field in fields
    )


def model_from_columns(model: type[Row], fields: Sequence[Any], columns: Sequence[Any]) -> Row | None:
    """Builds a row from the columns of `select_columns`, decoded as the ORM decodes them; None without a key."""
    names, values = [], []
    for field, value in zip(fields, columns, strict=True):
        names.append(field.attname)
        values.append(field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value)
    row = model.from_db(connection.alias, names, values)
    return row if row.pk is not None else None
