from __future__ import annotations

import threading
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Model

from kairo.core.brand_profile import parse_brand
from kairo.core.models import Brand, Campaign, ContentPillar, Persona, Tenant
from kairo.core.services.brand_import import BrandChange, ImportedBrand, import_brand
from kairo.core.signals import brand_shown_changed
from tests import factories

pytestmark = pytest.mark.django_db

FULL: dict[str, Any] = {
    "slug": "brine",
    "name": "Brine",
    "positioning": "Low waste",
    "tone_tags": ["warm"],
    "taboos": ["detox"],
    "channels": ["instagram", "tiktok"],
    "languages": ["en", "es"],
    "handles": ["brine"],
    "product_names": ["Jar One"],
    "competitor_handles": ["plate.pronto"],
    "pillars": [{"name": "First", "description": "d", "keywords": ["a"]}, {"name": "Second"}],
    "personas": [{"name": "Cook", "role": "r", "summary": "s", "priorities": ["p"], "pains": ["q"], "keywords": ["k"]}],
    "active_campaigns": [{"name": "Soup", "starts": "2025-11-01", "ends": "2025-11-30", "keywords": ["soup"]}],
}


def imported(tenant: Tenant, **changes: Any) -> ImportedBrand:
    return import_brand(tenant=tenant, profile=parse_brand({**FULL, **changes}))


def snapshot() -> list[dict[str, Any]]:
    """All columns of every brand and part."""
    models: tuple[type[Model], ...] = (Brand, ContentPillar, Persona, Campaign)
    return [dict(row) for model in models for row in model._default_manager.order_by("pk").values()]


def test_import_creates_a_brand_with_all_fields_of_its_profile() -> None:
    tenant = factories.make_tenant()
    assert imported(tenant).change is BrandChange.CREATED
    brand = Brand.objects.get(tenant=tenant)
    assert (brand.slug, brand.name, brand.positioning, brand.tone_tags, brand.taboos) == (
        "brine", "Brine", "Low waste", ["warm"], ["detox"],
    )  # fmt: skip
    assert (brand.channels, brand.languages, brand.competitor_handles) == (
        ["instagram", "tiktok"], ["en", "es"], ["plate.pronto"],
    )  # fmt: skip
    assert (brand.handles, brand.product_names, brand.taboo_synonyms) == (["brine"], ["Jar One"], {})
    pillars = brand.pillars.order_by("rank").values_list("name", "description", "keywords", "rank", "is_active")
    assert list(pillars) == [("First", "d", ["a"], 0, True), ("Second", "", [], 1, True)]
    persona = Persona.objects.get(brand=brand)
    assert (persona.name, persona.role, persona.summary, persona.priorities, persona.pains, persona.keywords) == (
        "Cook", "r", "s", ["p"], ["q"], ["k"],
    )  # fmt: skip
    campaign = Campaign.objects.get(brand=brand)
    assert (campaign.starts, campaign.ends, campaign.keywords) == (date(2025, 11, 1), date(2025, 11, 30), ["soup"])


def test_import_is_idempotent() -> None:
    tenant = factories.make_tenant()
    first = imported(tenant)
    before = snapshot()
    again = imported(tenant)
    assert (again.change, again.brand_id) == (BrandChange.UNCHANGED, first.brand_id)
    assert snapshot() == before


@pytest.mark.parametrize(
    "change",
    [
        {"name": "New"},
        {"positioning": "New"},
        {"taboos": []},
        {"taboo_terms": [{"term": "detox", "synonyms": ["cleanse"]}]},
        {"handles": []},
        {"product_names": ["Jar Two"]},
        {"channels": ["tiktok", "instagram"]},
        {"pillars": [FULL["pillars"][1], FULL["pillars"][0]]},
        {"pillars": [FULL["pillars"][0]]},
        {"pillars": [*FULL["pillars"], {"name": "Third"}]},
        {"personas": []},
        {"personas": [{"name": "Cook"}]},
        {"active_campaigns": []},
    ],
    ids=str,
)
def test_import_updates_on_any_difference(change: dict[str, Any]) -> None:
    tenant = factories.make_tenant()
    imported(tenant)
    assert imported(tenant, **change).change is BrandChange.UPDATED
    assert imported(tenant, **change).change is BrandChange.UNCHANGED


def test_pillars_rank_in_file_order_and_keep_their_ids() -> None:
    tenant = factories.make_tenant()
    imported(tenant)
    ids = dict(ContentPillar.objects.values_list("name", "id"))
    imported(tenant, pillars=[FULL["pillars"][1], FULL["pillars"][0]])
    assert list(ContentPillar.objects.order_by("rank").values_list("name", "id")) == [
        ("Second", ids["Second"]),
        ("First", ids["First"]),
    ]


def test_missing_pillar_is_deactivated_and_activated_when_it_returns() -> None:
    tenant = factories.make_tenant()
    imported(tenant)
    result = imported(tenant, pillars=[FULL["pillars"][0]])
    assert result.deactivated_pillars == ("Second",)
    assert dict(ContentPillar.objects.values_list("name", "is_active")) == {"First": True, "Second": False}
    imported(tenant)
    assert ContentPillar.objects.get(name="Second").is_active


def test_missing_persona_and_campaign_are_deleted_and_opportunities_stay() -> None:
    tenant = factories.make_tenant()
    brand = Brand.objects.get(pk=imported(tenant).brand_id)
    opportunity = factories.make_opportunity(brand)
    opportunity.persona = Persona.objects.get(brand=brand)
    opportunity.save()
    result = imported(tenant, personas=[{"name": "Baker"}], active_campaigns=[])
    assert (result.removed_personas, result.removed_campaigns) == (("Cook",), ("Soup",))
    opportunity.refresh_from_db()
    assert opportunity.persona is None
    assert list(Persona.objects.values_list("name", flat=True)) == ["Baker"]


def test_fields_not_mentioned_stay_unchanged() -> None:
    tenant = factories.make_tenant()
    imported(tenant)
    result = import_brand(tenant=tenant, profile=parse_brand({"slug": "brine", "name": "Brine"}))
    assert result.change is BrandChange.UNCHANGED
    assert (Persona.objects.count(), Campaign.objects.count()) == (1, 1)
    assert ContentPillar.objects.filter(is_active=True).count() == 2


def test_taboos_alone_keep_the_synonyms_of_remaining_terms() -> None:
    tenant = factories.make_tenant()
    terms = [{"term": "detox", "synonyms": ["cleanse"]}, {"term": "vape", "synonyms": ["e-cig"]}]
    brand = Brand.objects.get(pk=imported(tenant, taboos=None, taboo_terms=terms).brand_id)
    assert (brand.taboos, brand.taboo_synonyms) == (["detox", "vape"], {"detox": ["cleanse"], "vape": ["e-cig"]})
    assert imported(tenant, taboos=["smoke", "vape"]).change is BrandChange.UPDATED
    brand.refresh_from_db()
    assert (brand.taboos, brand.taboo_synonyms) == (["smoke", "vape"], {"vape": ["e-cig"]})
    assert imported(tenant, taboos=["smoke", "vape"]).change is BrandChange.UNCHANGED
    imported(tenant, taboos=["smoke", "vape"], taboo_terms=[{"term": "smoke", "synonyms": ["puff"]}])
    brand.refresh_from_db()
    assert (brand.taboos, brand.taboo_synonyms) == (["smoke", "vape"], {"smoke": ["puff"]})
    imported(tenant, taboos=None, taboo_terms=[{"term": "vape"}])
    brand.refresh_from_db()
    assert (brand.taboos, brand.taboo_synonyms) == (["vape"], {})


def test_slug_is_matched_within_the_tenant() -> None:
    mine, theirs = factories.make_tenant(), factories.make_tenant()
    assert imported(mine).brand_id != imported(theirs, name="Theirs").brand_id
    assert Brand.objects.get(tenant=mine).name == "Brine"


def test_signal_is_sent_for_a_change_of_an_existing_brand_only() -> None:
    changed_brands: list[UUID] = []

    def listen(*, brand_id: UUID, **_: object) -> None:
        changed_brands.append(brand_id)

    brand_shown_changed.connect(listen)
    try:
        tenant = factories.make_tenant()
        brand_id = imported(tenant).brand_id
        imported(tenant)
        assert changed_brands == []
        imported(tenant, personas=[])
        assert changed_brands == [brand_id]
    finally:
        brand_shown_changed.disconnect(listen)


@pytest.mark.django_db(transaction=True)
def test_concurrent_imports_create_a_brand_once() -> None:
    assert sorted(import_concurrently()) == [BrandChange.CREATED] + [BrandChange.UNCHANGED] * 3
    assert ContentPillar.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_concurrent_imports_update_a_brand_once() -> None:
    imported(factories.make_tenant("acme"), pillars=[], personas=[], active_campaigns=[])
    assert sorted(import_concurrently()) == [BrandChange.UNCHANGED] * 3 + [BrandChange.UPDATED]
    assert (ContentPillar.objects.count(), Persona.objects.count()) == (2, 1)


def import_concurrently() -> list[BrandChange]:
    """The results of four threads that import one profile."""
    tenant = Tenant.objects.filter(slug="acme").first() or factories.make_tenant("acme")
    changes: list[BrandChange] = []
    start = threading.Barrier(4)

    def run() -> None:
        try:
            start.wait()
            changes.append(imported(tenant).change)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return changes
