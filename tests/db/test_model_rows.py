from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.models import Brand
from kairo.db.model_rows import fields_of, model_from_columns, select_columns
from tests.factories import make_brand

pytestmark = pytest.mark.django_db


def read(fields: tuple[object, ...], where: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {select_columns(fields, 'b')} FROM (SELECT 1) one LEFT JOIN core_brand b ON {where}")
        row: tuple[object, ...] = cursor.fetchone()
        return row


def test_row_equals_the_orms() -> None:
    brand = make_brand()
    fields = fields_of(Brand)
    row = model_from_columns(Brand, fields, read(fields, "true"))
    expected = Brand.objects.get(id=brand.id)
    assert row is not None
    assert {name: value for name, value in vars(row).items() if name != "_state"} == {
        name: value for name, value in vars(expected).items() if name != "_state"
    }


def test_row_is_none_without_a_key() -> None:
    fields = fields_of(Brand)
    assert model_from_columns(Brand, fields, read(fields, "false")) is None


def test_column_that_is_left_out_is_read_when_it_is_needed() -> None:
    brand = make_brand()
    fields = fields_of(Brand, without=frozenset({"name"}))
    row = model_from_columns(Brand, fields, read(fields, "true"))
    assert row is not None
    with CaptureQueriesContext(connection) as statements:
        assert row.name == brand.name
    assert len(statements) == 1
