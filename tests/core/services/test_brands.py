from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from kairo.core.errors import NotFound
from kairo.core.ids import new_id
from kairo.core.models import Brand, Tenant
from kairo.core.services.brands import MAX_LISTED, TooManyBrands, all_brands, brand_with_context, list_brands
from tests.factories import make_brand, make_caller, make_tenant

pytestmark = pytest.mark.django_db


def fill(tenant: Tenant, number: int) -> None:
    Brand.objects.bulk_create(Brand(tenant=tenant, slug=f"b{n:03}", name="B") for n in range(number))


def test_all_brands_lists_500_and_refuses_one_more() -> None:
    tenant = make_tenant()
    caller = make_caller(tenant)
    fill(tenant, MAX_LISTED)
    make_brand(tenant, slug="archived", archived_at=timezone.now())
    assert len(all_brands(caller=caller, include_archived=False)) == MAX_LISTED
    with pytest.raises(TooManyBrands, match="Ask for `brandConnection`"):
        all_brands(caller=caller, include_archived=True)


def test_list_brands_goes_on_after_a_cursor_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    tenant = make_tenant()
    caller = make_caller(tenant)
    fill(tenant, 5)
    first = list_brands(caller=caller, first=3, after=None, include_archived=False)
    with django_assert_num_queries(1):
        second = list_brands(caller=caller, first=3, after=first.items[-1][0], include_archived=False)
    slugs = [row.slug for page in (first, second) for _, row in page.items]
    assert (slugs, first.has_next, second.has_next) == ([f"b{n:03}" for n in range(5)], True, False)


def test_brand_with_context_of_no_brand_is_not_found() -> None:
    with pytest.raises(NotFound):
        brand_with_context(brand_id=new_id())
