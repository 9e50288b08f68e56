from __future__ import annotations

import pytest

from kairo.core.models import Brand, Campaign, Opportunity
from tests import factories
from tests.constraints import assert_violates, execute

pytestmark = pytest.mark.django_db


def test_brand_slug_is_unique_in_its_tenant() -> None:
    first, second = factories.make_tenant(), factories.make_tenant()
    brand = factories.make_brand(first, slug="same")
    factories.make_brand(second, slug="same")
    assert_violates("brand_slug_unique_in_tenant", lambda: factories.make_brand(first, slug="same"))
    other = factories.make_brand(first)
    assert_violates(
        "brand_slug_unique_in_tenant",
        lambda: execute("UPDATE core_brand SET slug = %s WHERE id = %s", brand.slug, other.id),
    )


def test_brand_channels_are_known() -> None:
    assert_violates("brand_channels_known", lambda: factories.make_brand(channels=["fax"]))
    brand = factories.make_brand()
    assert_violates(
        "brand_channels_known",
        lambda: execute("UPDATE core_brand SET channels = '{instagram,fax}' WHERE id = %s", brand.id),
    )


def test_campaign_ends_on_or_after_its_start() -> None:
    brand = factories.make_brand()
    assert_violates(
        "campaign_ends_after_it_starts",
        lambda: Campaign.objects.create(brand=brand, name="Backwards", starts="2025-02-02", ends="2025-02-01"),
    )
    Campaign.objects.create(brand=brand, name="One day", starts="2025-02-02", ends="2025-02-02")
    assert_violates("campaign_ends_after_it_starts", lambda: execute("UPDATE core_campaign SET ends = '2025-02-01'"))


def test_delete_brand_cascades_to_its_own_rows() -> None:
    brand, other = factories.make_brand(), factories.make_brand()
    factories.make_ready_board(brand, [factories.make_opportunity(brand)])
    factories.make_ready_board(other, [factories.make_opportunity(other)])
    brand.delete()
    assert list(Brand.objects.all()) == [other]
    assert {o.brand_id for o in Opportunity.objects.all()} == {other.id}
