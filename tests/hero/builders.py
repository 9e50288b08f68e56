"""Builds evidence and brands for tests: everything has a default, so a test names only what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from kairo.core.enums import Channel, ContentType, CreatedVia, OpportunityType, Platform
from kairo.hero.dto import (
    BrandSnapshotDTO,
    CampaignDTO,
    EvidenceItemDTO,
    MetricsDTO,
    OpportunityDTO,
    PersonaDTO,
    PillarDTO,
)

AS_OF = datetime(2025, 11, 1, 12, tzinfo=UTC)
_NAMESPACE = UUID("7f1dfc0e-9f0b-5c0f-8b8e-0d5d2a5a7c11")


def an_id(name: str) -> UUID:
    """The same name gives the same id."""
    return uuid5(_NAMESPACE, name)


def post(
    name: str,
    text: str,
    *,
    author: str = "",
    hours_ago: float | None = 24,
    platform: Platform = Platform.INSTAGRAM,
    transcript: str | None = None,
    **changes: Any,
) -> EvidenceItemDTO:
    """A post published `hours_ago` before AS_OF; hashtags are those of its text unless given."""
    item = EvidenceItemDTO(
        id=an_id(name),
        platform=platform,
        content_type=ContentType.SHORT_VIDEO if platform == Platform.TIKTOK else ContentType.REEL,
        external_id=name,
        canonical_url=f"https://posts.example/{name}",
        published_at=None if hours_ago is None else AS_OF - timedelta(hours=hours_ago),
        author_ref=author or f"author.of.{name}",
        title="",
        text_primary=text,
        text_secondary=transcript or "",
        has_transcript=transcript is not None,
        hashtags=tuple(word[1:].lower() for word in text.split() if word.startswith("#") and len(word) > 1),
        metrics=MetricsDTO(views=10_000, likes=500, comments=20, shares=None),
    )
    return replace(item, **changes)


def plain_evidence(count: int = 8) -> list[EvidenceItemDTO]:
    """Posts that pass every gate; each says something else."""
    return [
        post(
            f"plain-{index}",
            f"{_WORDS[index % len(_WORDS)]} number {index} stands here on its own, {_WORDS[(index * 7 + 3) % 12]} too",
            transcript=f"spoken words of post {index}",
            hours_ago=20 + index,
        )
        for index in range(count)
    ]


_WORDS = (
    "amber",
    "birch",
    "copper",
    "dune",
    "ember",
    "fjord",
    "garnet",
    "harbour",
    "iris",
    "juniper",
    "kelp",
    "lichen",
)


def pillar(name: str, *keywords: str, rank: int = 0, description: str = "") -> PillarDTO:
    return PillarDTO(id=an_id(f"pillar-{name}"), name=name, description=description, keywords=keywords, rank=rank)


def persona(name: str, *keywords: str, role: str = "", pains: tuple[str, ...] = ()) -> PersonaDTO:
    return PersonaDTO(id=an_id(f"persona-{name}"), name=name, role=role, pains=pains, keywords=keywords)


def campaign(name: str, starts: str, ends: str, *keywords: str) -> CampaignDTO:
    return CampaignDTO(name=name, starts=date.fromisoformat(starts), ends=date.fromisoformat(ends), keywords=keywords)


def brand(name: str = "Tidewater Tools", **changes: Any) -> BrandSnapshotDTO:
    """A brand with one pillar, one persona and two channels."""
    value = BrandSnapshotDTO(
        id=an_id(f"brand-{name}"),
        tenant_id=an_id("tenant"),
        slug=name.lower().replace(" ", "-"),
        name=name,
        positioning="Hand tools and patient repair for people with a small workshop.",
        channels=(Channel.INSTAGRAM, Channel.YOUTUBE),
        languages=("en",),
        pillars=(pillar("Repair at home", "repair", "sharpening", "restore"),),
        personas=(persona("Weekend maker", "workshop", "beginner"),),
    )
    return replace(value, **changes)


def opportunity(name: str = "loaf", **changes: Any) -> OpportunityDTO:
    """An opportunity of one post, without score parts and claims."""
    value = OpportunityDTO(
        id=an_id(f"opportunity-{name}"),
        concept_key=name,
        title=f"A {name}",
        angle="Bake it.",
        why_now="9 posts in 3 days.",
        type=OpportunityType.TREND,
        primary_channel=Channel.INSTAGRAM,
        suggested_channels=(Channel.X,),
        score=12,
        score_parts=(),
        claims=(),
        evidence_ids=(an_id("plain-0"),),
        persona=None,
        pillar=None,
        created_via=CreatedVia.AI_SUGGESTED,
        created_at=AS_OF,
    )
    return replace(value, **changes)
