"""Queries for which PostgreSQL's default plan is too expensive: custom plans, and tenant views instead of policies."""

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
    """Fetches the rows with a plan for the query's values. Use it for a LIMIT in the order of an index.

    PostgreSQL may reuse one generic plan for a prepared statement. Planned for brands of average size, it reads and
    sorts every row of the brand, which for a large brand takes a thousand times as long as reading the index.
    """
    with _connection(rows).custom_plans():
        return list(rows)


@contextmanager
def with_custom_plans() -> Iterator[None]:
    """As `with_custom_plan`, for all SQL in the block on the default connection."""
    with cast(DatabaseWrapper, connection).custom_plans():
        yield


def through_tenant_view(rows: QuerySet[Row]) -> QuerySet[Row]:
    """In a tenant scope, reads from the model's `TenantView` instead of its table; elsewhere returns `rows` unchanged.

    PostgreSQL evaluates a policy per row before any condition that is not leakproof, so such a condition cannot use
    its index. The view evaluates the tenant once and leaves the other conditions to the planner.
    """
    if not _connection(rows).is_scoped:
        return rows
    rows = rows.all()
    alias = rows.query.get_initial_alias()
    rows.query.alias_map[alias] = BaseTable(tenant_view_name(rows.model), alias)
    return rows


def table_or_tenant_view(model: type[Model]) -> str:
    """The name of the model's `TenantView` in a tenant scope, of its table elsewhere; for hand-written SQL."""
    return tenant_view_name(model) if cast(DatabaseWrapper, connection).is_scoped else model._meta.db_table


def tenant_view_name(model: type[Model]) -> str:
    return f"{model._meta.db_table}_of_tenant"


def _connection(rows: QuerySet[Row]) -> DatabaseWrapper:
    return cast(DatabaseWrapper, connections[rows.db])
