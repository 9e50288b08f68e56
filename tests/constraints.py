"""Helpers that check a constraint of the database through the ORM and through SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction


def assert_violates(constraint: str, write: Callable[[], object]) -> None:
    """Asserts that the write raises an IntegrityError of this constraint."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        write()
    assert error.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]  # psycopg's error


def execute(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
