from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import Max, Model

from kairo.core.brand_profile import parse_brand
from kairo.core.errors import Invalid, Unauthenticated
from kairo.core.models import ApiToken, Brand, Campaign, ContentPillar, Persona, Tenant
from kairo.core.services.access import authenticate
from kairo.core.services.api_tokens import create_token
from kairo.core.services.brand_import import import_brand
from kairo.demo.seeding import STALE_AFTER, SeededDemo, seed_demo
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.gates.evidence_gates import evaluate_gates
from kairo.hero.generation.evidence_window import gather
from tests import factories

NOW = datetime(2026, 5, 20, 9, 41, 7, tzinfo=UTC)
SECRET = "kairo_a-demo-token-of-a-test"

pytestmark = pytest.mark.django_db


def seeded(*, now: datetime = NOW, secret: str | None = SECRET, tenant: str = "demo") -> SeededDemo:
    return seed_demo(tenant_slug=tenant, secret=secret, now=now)


def rows() -> list[dict[str, Any]]:
    models: tuple[type[Model], ...] = (
        Tenant, ApiToken, Brand, ContentPillar, Persona, Campaign, NormalizedEvidenceItem,
    )  # fmt: skip
    return [dict(row) for model in models for row in model._default_manager.order_by("pk").values()]


def newest(demo: SeededDemo) -> dict[str, datetime]:
    per_brand = NormalizedEvidenceItem.objects.values_list("brand__slug").annotate(Max("published_at"))
    return dict(per_brand.order_by("brand__slug"))


def test_seed_creates_five_brands_with_evidence() -> None:
    demo = seeded()
    assert demo.tenant_slug == "demo"
    assert {brand.slug for brand in demo.brands} == {
        "saltmoss-kitchen", "ferrovolt-strength", "ledgerloom", "quillstack", "nightbarrow-games",
    }  # fmt: skip
    assert demo.shown_first in demo.brands
    assert demo.posts == {IngestOutcome.CREATED: 80}
    for brand in Brand.objects.all():
        assert brand.pillars.count() == 3
        assert brand.personas.count() == 3
        assert brand.channels
        assert brand.taboos
        assert brand.competitor_handles


def test_evidence_of_every_brand_passes_every_gate() -> None:
    for brand in seeded().brands:
        items = gather(brand_id=brand.id, as_of=NOW).items
        report = evaluate_gates(items, as_of=NOW)
        assert len(items) == 16
        assert report.passed, (brand.slug, report.failures)


def test_evidence_is_synthetic_with_example_urls() -> None:
    seeded()
    assert not NormalizedEvidenceItem.objects.exclude(synthetic=True).exists()
    for url in NormalizedEvidenceItem.objects.values_list("canonical_url", flat=True):
        assert url.split("/")[2].endswith(".example")


def test_evidence_is_fresh_and_campaigns_are_running() -> None:
    demo = seeded()
    for published_at in newest(demo).values():
        assert timedelta(0) <= NOW - published_at < timedelta(hours=24)
    running = Campaign.objects.filter(starts__lte=NOW.date(), ends__gte=NOW.date())
    assert {campaign.brand_id for campaign in running} == {brand.id for brand in demo.brands}


@pytest.mark.parametrize("after", [timedelta(0), timedelta(hours=1), timedelta(hours=9)])
def test_seed_is_idempotent(after: timedelta) -> None:
    first = seeded()
    before = rows()
    again = seeded(now=NOW + after)
    assert again.posts == {IngestOutcome.UNCHANGED: 80}
    assert (again.token, again.brands) == (first.token, first.brands)
    assert rows() == before


def test_stale_dates_are_shifted_to_now_with_the_campaigns() -> None:
    seeded()
    distances = list(NormalizedEvidenceItem.objects.order_by("published_at", "id").values_list("id", "published_at"))
    later = NOW + timedelta(days=40)
    demo = seeded(now=later)
    assert demo.posts == {IngestOutcome.UPDATED: 80}
    assert all(later - published_at < STALE_AFTER for published_at in newest(demo).values())
    moved = list(NormalizedEvidenceItem.objects.order_by("published_at", "id").values_list("id", "published_at"))
    assert moved == [(id_, published_at + timedelta(days=40)) for id_, published_at in distances if published_at]
    assert Campaign.objects.filter(starts__lte=later.date(), ends__gte=later.date()).count() == 5
    for brand in demo.brands:
        assert evaluate_gates(gather(brand_id=brand.id, as_of=later).items, as_of=later).passed


def test_earlier_clock_shifts_the_dates_back() -> None:
    seeded()
    earlier = NOW - timedelta(days=3)
    assert all(published_at <= earlier for published_at in newest(seeded(now=earlier)).values())


def test_missing_evidence_item_is_created_again() -> None:
    demo = seeded()
    before = newest(demo)
    item = NormalizedEvidenceItem.objects.filter(external_id="demo-tt-0035")
    assert item.count() == 1
    item.delete()
    assert seeded(now=NOW + timedelta(hours=2)).posts == {IngestOutcome.UNCHANGED: 79, IngestOutcome.CREATED: 1}
    assert newest(demo) == before


def test_changed_brand_keeps_its_profile() -> None:
    demo = seeded()
    tenant = Tenant.objects.get(slug="demo")
    profile = parse_brand({"slug": demo.shown_first.slug, "name": "Ours now", "personas": [], "taboos": ["raw"]})
    import_brand(tenant=tenant, profile=profile)
    again = seeded(now=NOW + timedelta(days=40))
    brand = Brand.objects.get(pk=demo.shown_first.id)
    assert (brand.name, brand.taboos, brand.personas.count()) == ("Ours now", ["raw"], 0)
    assert again.shown_first.name == "Ours now"


def test_token_has_read_and_write_scope_of_the_demo_tenant() -> None:
    caller = authenticate(secret=seeded().token)
    assert caller.tenant_id == Tenant.objects.get(slug="demo").id
    assert caller.scopes == {"read", "write"}


def test_given_secret_is_the_tokens() -> None:
    assert seeded().token == SECRET
    assert seeded().token == SECRET
    assert ApiToken.objects.count() == 1


def test_new_token_revokes_the_previous_one() -> None:
    first = seeded(secret=None).token
    others = create_token(tenant=Tenant.objects.get(slug="demo"), name="a person's")[1]
    second = seeded(secret=None).token
    assert first != second
    with pytest.raises(Unauthenticated):
        authenticate(secret=first)
    authenticate(secret=second)
    authenticate(secret=others)


def test_revoked_token_is_valid_again_when_its_secret_is_given() -> None:
    seeded()
    seeded(secret=None)
    authenticate(secret=seeded().token)
    assert ApiToken.objects.filter(revoked_at__isnull=True).count() == 1


@pytest.mark.parametrize("secret", ["short", "x" * 513, "with a space in it", "nüchtern-und-länger"])
def test_weak_secret_is_refused_and_nothing_created(secret: str) -> None:
    with pytest.raises(Invalid, match="16 to 512"):
        seeded(secret=secret)
    assert not Tenant.objects.exists()


def test_secret_of_another_tenant_is_refused() -> None:
    other = factories.make_secret(factories.make_tenant())
    with pytest.raises(Invalid, match="in use"):
        seeded(secret=other)
    authenticate(secret=other)


def test_each_tenant_has_its_own_demo() -> None:
    demo = seeded()
    acme = seeded(tenant="acme", secret="kairo_another-demo-token")
    assert {brand.id for brand in demo.brands}.isdisjoint(brand.id for brand in acme.brands)
    assert NormalizedEvidenceItem.objects.count() == 160
