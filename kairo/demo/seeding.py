"""Seeds the demo: a tenant with a token, and invented brands with evidence items dated as if recorded just now."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from kairo.core.brand_profile import BrandProfile, Values, parse_brand
from kairo.core.models import Brand, Campaign, Tenant
from kairo.core.services.brand_import import import_brand
from kairo.core.services.tenants import tenant_of_slug
from kairo.demo.token import demo_token
from kairo.evidence.enums import IngestOutcome
from kairo.evidence.importing.ingest_records import ingest
from kairo.evidence.importing.jsonl import RawRecord, read_jsonl
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.evidence.normalizing.dates import parse_datetime, shift_to

SHOWN_FIRST = "ledgerloom"  # its board has all four opportunity types with strong scores
STALE_AFTER = timedelta(hours=24)

_DATA = Path(__file__).parent


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoBrand:
    """A seeded brand."""

    id: UUID
    slug: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SeededDemo:
    """The demo's tenant, token secret and brands; `posts` counts the outcomes of ingesting its evidence items."""

    tenant_slug: str
    token: str
    brands: tuple[DemoBrand, ...]
    posts: Counter[IngestOutcome]

    @property
    def shown_first(self) -> DemoBrand:
        """The brand that documentation and commands show first."""
        return next(brand for brand in self.brands if brand.slug == SHOWN_FIRST)


@transaction.atomic
def seed_demo(*, tenant_slug: str, secret: str | None, now: datetime) -> SeededDemo:
    """Creates the missing rows. A second run writes nothing but, without `secret`, a new token.

    Dates are shifted to now, and shifted again once the newest evidence item is older than 24 hours. An existing brand
    keeps its profile, except the dates of the demo's campaigns. No job is enqueued.

    Raises:
        Invalid: the tenant's slug or the secret is not valid.
    """
    tenant = tenant_of_slug(slug=tenant_slug)
    token = demo_token(tenant=tenant, secret=secret)
    profiles = _profiles()
    records = {profile.slug: _records(profile.slug) for profile in profiles}
    stored_shift = _stored_shift(records, tenant=tenant, now=now)
    shift = shift_to(now=now, as_of=_as_of()) if stored_shift is None else stored_shift
    posts, brands = Counter[IngestOutcome](), []
    for profile in profiles:
        brand = _brand(tenant=tenant, profile=_shifted(profile, by=shift), is_shifted=stored_shift is None)
        report = ingest(brand_id=brand.id, records=records[profile.slug], now=now, shift=shift)
        posts.update(record.outcome for record in report.records)
        brands.append(DemoBrand(id=brand.id, slug=brand.slug, name=brand.name))
    return SeededDemo(tenant_slug=tenant.slug, token=token, brands=tuple(brands), posts=posts)


def _brand(*, tenant: Tenant, profile: BrandProfile, is_shifted: bool) -> Brand:
    brand = Brand.objects.filter(tenant=tenant, slug=profile.slug).first()
    if brand is None:
        return Brand.objects.get(pk=import_brand(tenant=tenant, profile=profile).brand_id)
    if is_shifted:
        for campaign in profile.campaigns or ():
            days = {"starts": campaign["starts"], "ends": campaign["ends"]}
            Campaign.objects.filter(brand=brand, name=campaign["name"]).exclude(**days).update(**days, updated_at=Now())
    return brand


def _profiles() -> list[BrandProfile]:
    return [parse_brand(brand) for brand in _brands_file()["brands"]]


def _records(slug: str) -> list[RawRecord]:
    with (_DATA / "evidence" / f"{slug}.jsonl").open("rb") as stream:
        return list(read_jsonl(stream))


def _stored_shift(records: dict[str, list[RawRecord]], *, tenant: Tenant, now: datetime) -> timedelta | None:
    """The shift of the stored items from the files' dates; None without any, or where the newest is stale."""
    newest = {slug: max(map(_demo_post, of_brand), key=_published) for slug, of_brand in records.items()}
    rows = NormalizedEvidenceItem.objects.filter(
        brand__tenant=tenant,
        brand__slug__in=newest,
        external_id__in=[post["external_id"] for post in newest.values()],
        published_at__isnull=False,
    ).values_list("brand__slug", "published_at")
    shifts = [stored - _published(newest[slug]) for slug, stored in rows if stored]
    if not shifts:
        return None
    newest_stored = max(map(_published, newest.values())) + max(shifts)
    return max(shifts) if timedelta(0) <= now - newest_stored <= STALE_AFTER else None


def _demo_post(record: RawRecord) -> dict[str, Any]:
    assert isinstance(record.content, dict)
    return record.content


def _published(post: dict[str, Any]) -> datetime:
    return parse_datetime(post["published_at"])[0]


def _as_of() -> datetime:
    return parse_datetime(_brands_file()["as_of"])[0]


def _shifted(profile: BrandProfile, *, by: timedelta) -> BrandProfile:
    def shifted(campaign: Values) -> Values:
        start = (datetime.combine(campaign["starts"], time(), tzinfo=UTC) + by).date()
        return {**campaign, "starts": start, "ends": start + (campaign["ends"] - campaign["starts"])}

    return replace(profile, campaigns=tuple(shifted(campaign) for campaign in profile.campaigns or ()))


@cache
def _brands_file() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_DATA / "brands.json").read_bytes())
    return content
