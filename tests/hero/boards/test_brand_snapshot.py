from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from kairo.core.enums import Channel
from kairo.core.models import Brand, ContentPillar, Persona
from kairo.core.services.brands import brand_with_context
from kairo.hero.boards.brand_snapshot import to_full, to_summary
from kairo.hero.dto import CampaignDTO, TabooTermDTO
from tests import factories
from tests.hero.builders import an_id


def test_summary_reads_the_columns_as_values() -> None:
    brand = Brand(
        id=an_id("brand"),
        tenant_id=an_id("tenant"),
        slug="loafworks",
        name="Loafworks",
        channels=["x", "tiktok"],
        languages=["en", "pl"],
        taboos=["mould", "yeast"],
        taboo_synonyms={"mould": ["mold"]},
    )
    summary = to_summary(brand)
    assert (summary.id, summary.tenant_id, summary.slug) == (brand.id, brand.tenant_id, "loafworks")
    assert summary.channels == (Channel.X, Channel.TIKTOK)
    assert summary.languages == ("en", "pl")
    assert summary.taboos == ("mould", "yeast")
    assert TabooTermDTO(term="mould", synonyms=("mold",)) in summary.taboo_terms
    assert (summary.pillars, summary.personas, summary.campaigns) == ((), (), ())


@pytest.mark.django_db
def test_full_snapshot_has_active_parts_in_order_without_a_statement(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    row = factories.make_brand(context=False)
    for name, rank, is_active in (("Rye", 2, True), ("Jars", 1, True), ("Tools", 0, False)):
        ContentPillar.objects.create(brand=row, name=name, rank=rank, is_active=is_active, keywords=[name.lower()])
    for name in ("Weekend baker", "Chef"):
        Persona.objects.create(brand=row, name=name, pains=["time"])
    factories.make_campaign(row, name="Later", starts=date(2026, 4, 1), ends=date(2026, 4, 2))
    factories.make_campaign(row, name="Sooner", starts=date(2026, 3, 1), ends=date(2026, 3, 2), keywords=["rye"])
    brand = brand_with_context(brand_id=row.id)
    with django_assert_num_queries(0):
        full = to_full(brand)
    assert [(pillar.name, pillar.keywords) for pillar in full.pillars] == [("Jars", ("jars",)), ("Rye", ("rye",))]
    assert [(persona.name, persona.pains) for persona in full.personas] == [
        ("Chef", ("time",)),
        ("Weekend baker", ("time",)),
    ]
    assert [campaign.name for campaign in full.campaigns] == ["Sooner", "Later"]
    assert full.campaigns[0] == CampaignDTO(
        name="Sooner", starts=date(2026, 3, 1), ends=date(2026, 3, 2), keywords=("rye",)
    )
