"""Which role and tenant statements run with, as the server reports them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

import psycopg
from django.db import connection
from psycopg.pq import TransactionStatus

State = tuple[str, str, str]


def current_state() -> State:
    """The role, tenant and read-only setting of the statement that reads them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user::text, coalesce(current_setting('kairo.tenant_id', true), ''),"
            " current_setting('transaction_read_only')"
        )
        return cast(State, cursor.fetchone())


@contextmanager
def recorded_statements() -> Iterator[list[tuple[str, State]]]:
    """The statements of the block that ran in a transaction, each with its role, tenant and read-only setting."""
    statements: list[tuple[str, State]] = []

    def record(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        result = execute(sql, *rest)
        if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
            raw = connection.connection.execute(
                "SELECT current_user::text, coalesce(current_setting('kairo.tenant_id', true), ''),"
                " current_setting('transaction_read_only')"
            )
            statements.append((sql, raw.fetchone()))
        return result

    with connection.execute_wrapper(record):
        yield statements


def fetch_on_other_connection(sql: str) -> Any:
    """The first row of the SQL on another connection, as the owner of the tables."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        return other.execute(sql).fetchone()
