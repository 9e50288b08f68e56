"""Real rows for tests, by plain functions: each makes what it needs and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
from django.utils import timezone

from kairo.core.enums import Channel, ContentType, CreatedVia, OpportunityType, Platform
from kairo.core.ids import evidence_id, new_id, opportunity_id
from kairo.core.models import Brand, Campaign, ContentPillar, Opportunity, Persona, Tenant
from kairo.core.services.access import Caller, authenticate
from kairo.core.services.api_tokens import create_token
from kairo.evidence.models import NormalizedEvidenceItem
from kairo.hero.dto import AnglePartDTO, BrandMentionDTO, ClaimDTO, NamedRefDTO, OpportunityDTO
from kairo.hero.enums import JobStatus, ReadyReason, TodayBoardState
from kairo.hero.models import OpportunitiesBoard, OpportunitiesJob
from kairo.hero.models.board_content import BoardContent

_numbers = count(1)


def make_tenant(slug: str = "") -> Tenant:
    slug = slug or f"tenant-{next(_numbers)}"
    return Tenant.objects.create(slug=slug, name=slug.title())


def make_caller(tenant: Tenant, *, scopes: Sequence[str] = ("read", "write")) -> Caller:
    return authenticate(secret=make_secret(tenant, scopes=scopes))


def make_secret(tenant: Tenant, *, scopes: Sequence[str] = ("read", "write")) -> str:
    """The secret of a new token of this tenant."""
    return create_token(tenant=tenant, name="test", scopes=scopes)[1]


def make_brand(tenant: Tenant | None = None, *, context: bool = True, **fields: Any) -> Brand:
    """A baking brand; with `context`, it has one pillar and one persona."""
    slug = fields.pop("slug", f"brand-{next(_numbers)}")
    brand = Brand.objects.create(
        tenant=tenant or make_tenant(),
        slug=slug,
        **{"name": slug.title(), "channels": [Channel.INSTAGRAM, Channel.TIKTOK], "languages": ["en"], **fields},
    )
    if context:
        ContentPillar.objects.create(brand=brand, name="Sourdough", keywords=["sourdough", "starter", "bread"])
        Persona.objects.create(brand=brand, name="Home baker", keywords=["bake", "loaf", "oven"])
    return brand


def make_campaign(brand: Brand, **fields: Any) -> Campaign:
    """A campaign of March 2026."""
    shape = {"name": f"campaign-{next(_numbers)}", "starts": date(2026, 3, 1), "ends": date(2026, 3, 31)}
    return Campaign.objects.create(brand=brand, **{**shape, **fields})


def make_post(brand: Brand, **fields: Any) -> NormalizedEvidenceItem:
    """One post, different from every other in author, link and words."""
    n = next(_numbers)
    external_id = fields.pop("external_id", f"post-{n}")
    platform = fields.pop("platform", Platform.INSTAGRAM)
    return NormalizedEvidenceItem.objects.create(
        id=evidence_id(brand_id=brand.id, platform=platform, reference=external_id or str(n)),
        brand=brand,
        platform=platform,
        external_id=external_id,
        **{
            "content_type": ContentType.REEL,
            "canonical_url": f"https://instagram.example/p/{n}/",
            "published_at": timezone.now() - timedelta(hours=n % 72 + 1),
            "author_ref": f"author-{n}",
            "text_primary": f"Sourdough starter loaf number {n}: cold oven start, day {n % 9}, crumb like lace {n * 7}",
            "text_secondary": f"Feed the starter at eight, fold every {n % 5 + 20} minutes, then bake the bread.",
            "has_transcript": True,
            "hashtags": ["sourdough"],
            "views": 1000 * n,
            "likes": 50 * n,
            **fields,
        },
    )


def make_posts(brand: Brand, number: int, **fields: Any) -> list[NormalizedEvidenceItem]:
    """Posts that pass every gate when there are 8 or more."""
    return [make_post(brand, **fields) for _ in range(number)]


_FRESH = [
    "Levain first, oven later: why my sourdough bread waits until noon",
    "This levain smells of apples and I regret nothing, sourdough people",
    "A levain in a jam jar, day six, bread on Sunday",
    "Stop throwing levain away, three pancakes and one bread",
    "Levain versus dried yeast, same flour, same oven, two loaves",
]
_OLDER = [
    "Steam in a home oven with two lava stones and a tray",
    "Scoring bread with a razor, one long cut and a prayer",
    "Rye at eighty percent water sticks to everything I own",
    "Cold proof for sixteen hours because I forgot about it",
    "Shaping a batard when the dough is tired and so am I",
    "Flour from the mill next door, cheaper than the supermarket",
    "Baking bread on a barbecue in the rain, it went well",
    "Crumb like lace, crust like bark, a loaf for neighbours",
]


def make_story(brand: Brand) -> list[NormalizedEvidenceItem]:
    """Posts in which five authors take up one word within two days; before that, nobody did."""
    now = timezone.now()
    fresh = [
        make_post(brand, text_primary=text, text_secondary="Bake with me.", hashtags=[], published_at=now - age)
        for text, age in zip(_FRESH, (timedelta(hours=9 * n + 2) for n in range(9)), strict=False)
    ]
    older = [
        make_post(brand, text_primary=text, text_secondary="Listen.", hashtags=[], published_at=now - age)
        for text, age in zip(_OLDER, (timedelta(days=2 * n + 6) for n in range(9)), strict=False)
    ]
    return fresh + older


def make_opportunity(brand: Brand, *, evidence: Sequence[NormalizedEvidenceItem] = (), **fields: Any) -> Opportunity:
    concept = fields.pop("concept_key", f"concept-{next(_numbers)}")
    posts = evidence or [make_post(brand)]
    return Opportunity.objects.create(
        id=opportunity_id(brand_id=brand.id, concept_key=concept),
        brand=brand,
        concept_key=concept,
        **{
            "title": f"Bake with {concept}",
            "angle": "Show the whole bake in one shot.",
            "why_now": "4 authors posted about it in the last 3 days.",
            "type": OpportunityType.TREND,
            "primary_channel": Channel.INSTAGRAM,
            "score": 70,
            "evidence_ids": [post.id for post in posts],
            **fields,
        },
    )


def make_job(brand: Brand, *, status: str = JobStatus.SUCCEEDED, **fields: Any) -> OpportunitiesJob:
    """A job row in a state that the database accepts; running ones hold a lease of a minute."""
    now = timezone.now()
    shape: dict[str, Any] = {}
    if status == JobStatus.RUNNING:
        shape = {
            "lease_token": new_id(),
            "lease_expires_at": now + timedelta(minutes=1),
            "locked_at": now,
            "locked_by": "worker-test",
            "started_at": now,
            "attempts": 1,
        }
    elif status not in JobStatus.active():
        shape = {"finished_at": now, "attempts": 1}
    if status == JobStatus.FAILED:
        shape["error_code"] = "internal"
    return OpportunitiesJob.objects.create(brand=brand, status=status, **{**shape, **fields})


def a_mention(posts: Sequence[NormalizedEvidenceItem], *, phrase: str = "sourdough", **fields: Any) -> BrandMentionDTO:
    """What these posts say about their brand, with a claim that counts them."""
    ids = tuple(post.id for post in posts)
    number = str(len({post.author_ref for post in posts}))
    claim = ClaimDTO(
        text=f"{number} creators", metric="authors", value=number, window="", evidence_ids=ids, phrase=phrase
    )
    shape = {
        "authors": int(number),
        "window": "",
        "claims": (claim,),
        "newest_published_at": max((post.published_at for post in posts if post.published_at), default=None),
    }
    return BrandMentionDTO(phrase=phrase, evidence_ids=ids, **{**shape, **fields})


def make_ready_board(
    brand: Brand,
    opportunities: Sequence[Opportunity],
    *,
    mentions: Sequence[BrandMentionDTO] = (),
    **fields: Any,
) -> OpportunitiesBoard:
    """A ready board of these opportunities; without any it says that no candidate was valid."""
    ideas = tuple(_idea(row) for row in opportunities)
    reason = ReadyReason.GENERATED if ideas else ReadyReason.NO_VALID_CANDIDATES
    return OpportunitiesBoard.objects.create(
        brand=brand,
        **{
            "state": TodayBoardState.READY,
            "ready_reason": reason,
            "opportunity_ids": [idea.id for idea in ideas],
            "content": BoardContent(opportunities=ideas, brand_mentions=tuple(mentions)).to_json(),
            **fields,
        },
    )


def _idea(row: Opportunity) -> OpportunityDTO:
    return OpportunityDTO(
        id=row.id,
        concept_key=row.concept_key,
        title=row.title,
        angle=row.angle,
        angle_parts=msgspec.convert(row.angle_parts, tuple[AnglePartDTO, ...]),
        why_now=row.why_now,
        type=OpportunityType(row.type),
        primary_channel=Channel(row.primary_channel),
        suggested_channels=(),
        score=row.score,
        score_parts=(),
        claims=(),
        evidence_ids=tuple(UUID(str(id_)) for id_ in row.evidence_ids),
        persona=NamedRefDTO(id=row.persona.id, name=row.persona.name) if row.persona else None,
        pillar=NamedRefDTO(id=row.pillar.id, name=row.pillar.name) if row.pillar else None,
        created_via=CreatedVia(row.created_via),
        created_at=row.created_at,
    )
