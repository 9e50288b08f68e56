from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairo.core.errors import NotFound
from kairo.core.models import Brand
from schema.context import BrandRows
from tests.factories import make_brand, make_caller, make_tenant

pytestmark = pytest.mark.django_db


def test_brand_rows_read_expected_brands_and_each_part_in_one_statement() -> None:
    tenant = make_tenant()
    brands = [make_brand(tenant) for _ in range(3)]
    rows = BrandRows(caller=make_caller(tenant))
    rows.expect(brand.id for brand in brands)
    with CaptureQueriesContext(connection) as statements:
        assert [rows.get(brand.id).id for brand in brands] == [brand.id for brand in brands]
        assert all(len(rows.with_part(brand.id, "pillars").pillars.all()) == 1 for brand in brands)
    assert len(statements) == 2


def test_brand_rows_do_not_contain_another_tenants_brand() -> None:
    stranger = make_brand()
    rows = BrandRows(caller=make_caller(make_tenant()))
    assert rows.existing([stranger.id]) == {}
    with pytest.raises(NotFound):
        rows.get(stranger.id)


def test_brand_rows_read_again_after_clear() -> None:
    brand = make_brand()
    rows = BrandRows(caller=make_caller(brand.tenant))
    assert rows.get(brand.id).name == brand.name
    Brand.objects.filter(pk=brand.pk).update(name="Renamed")
    assert rows.get(brand.id).name == brand.name
    rows.clear()
    assert rows.get(brand.id).name == "Renamed"
