"""Ways to read rows for which PostgreSQL's own choice is too dear."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.datastructures import BaseTable

from kairo.db.backend.base import DatabaseWrapper

Row = TypeVar("Row", bound=Model)


def with_custom_plan(rows: QuerySet[Row]) -> list[Row]:
    """The rows, by a plan for these values: for the first few of many, in the order of an index.

    A prepared statement's plan is one for all values. Made for brands of the usual size it reads every row of the
    brand and sorts them, which for a large brand takes a thousand times as long as to read the index and stop.
    """
    with _connection(rows).planning_for_values():
        return list(rows)


def through_tenant_view(rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same rows, behind the wall read from the model's `TenantView`; a query that has no condition yet, or some.

    A policy is asked for each row that is looked at, before any other condition whose functions might tell of it. The
    view asks once whose brand it is, so that any condition may go by its index. Outside of the wall, nothing changes.
    """
    if not _connection(rows).is_scoped:
        return rows
    rows = rows.all()
    alias = rows.query.get_initial_alias()
    rows.query.alias_map[alias] = BaseTable(view_of(rows.model), alias)
    return rows


@contextmanager
def with_custom_plans() -> Iterator[None]:
    """As `with_custom_plan`, for the SQL that is run within the block on the default connection."""
    with cast(DatabaseWrapper, connection).planning_for_values():
        yield


def table_or_view_of(model: type[Model]) -> str:
    """What SQL reads the model's rows from: its `TenantView` inside a tenant scope, its table elsewhere."""
    return view_of(model) if cast(DatabaseWrapper, connection).is_scoped else model._meta.db_table


def view_of(model: type[Model]) -> str:
    return f"{model._meta.db_table}_of_tenant"


def _connection(rows: QuerySet[Row]) -> DatabaseWrapper:
    return cast(DatabaseWrapper, connections[rows.db])
