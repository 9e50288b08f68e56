"""The parts of a ready board that explain it: evidence summary, rejected candidates, coverage of each pillar."""

from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from kairo.core.enums import Platform
from kairo.hero.dto import EvidenceSummaryDTO, PillarCoverageDTO, RejectedCandidateDTO
from kairo.hero.enums import RejectionCode
from schema.ids import global_id
from schema.types.content_pillar import ContentPillar


@strawberry.type(description="How many of the items are from one platform.")
class PlatformCount:
    platform: Platform = strawberry.field(description="The platform.")
    count: int = strawberry.field(description="Items from it.")


@strawberry.type(description="The evidence a board was made from.")
class EvidenceSummary:
    items: int = strawberry.field(description="Posts considered.")
    authors: int = strawberry.field(description="Different authors among them.")
    platforms: list[PlatformCount] = strawberry.field(description="Posts by platform.")
    transcript_coverage: float = strawberry.field(
        description="The share with a transcript of those that can have one: videos, 0 to 1."
    )
    newest_published_at: datetime | None = strawberry.field(description="When the newest of them was published.")
    oldest_published_at: datetime | None = strawberry.field(description="When the oldest of them was published.")

    @classmethod
    def from_dto(cls, dto: EvidenceSummaryDTO) -> Self:
        return cls(
            items=dto.items,
            authors=dto.authors,
            platforms=[PlatformCount(platform=platform, count=count) for platform, count in dto.platforms],
            transcript_coverage=dto.transcript_coverage,
            newest_published_at=dto.newest_published_at,
            oldest_published_at=dto.oldest_published_at,
        )


@strawberry.type(description="A candidate idea that was dropped.")
class RejectedCandidate:
    title: str = strawberry.field(description="Its title, as far as it had one.")
    code: RejectionCode = strawberry.field(description="The rule it broke.")
    detail: str = strawberry.field(description="The fact that broke it, for a person.")
    evidence_ids: list[strawberry.ID] = strawberry.field(description="The ids of the posts it came from.")

    @classmethod
    def from_dto(cls, dto: RejectedCandidateDTO) -> Self:
        return cls(
            title=dto.title,
            code=dto.code,
            detail=dto.detail,
            evidence_ids=[global_id("EvidenceItem", id_) for id_ in dto.evidence_ids],
        )


@strawberry.type(description="What the evidence gave for one pillar.")
class PillarCoverage:
    pillar: ContentPillar = strawberry.field(description="The pillar.")
    items: int = strawberry.field(description="Posts that match it.")
    authors: int = strawberry.field(description="Different authors among them.")
    needed: int = strawberry.field(description="Different authors that an idea needs.")
    opportunities: int = strawberry.field(description="Ideas on the board that belong to it.")
    reason: str = strawberry.field(description="Why that many, for a person.")

    @classmethod
    def from_dto(cls, dto: PillarCoverageDTO, *, brand_key: UUID) -> Self:
        return cls(
            pillar=ContentPillar.from_ref(dto.pillar, brand_key=brand_key),
            items=dto.items,
            authors=dto.authors,
            needed=dto.needed_authors,
            opportunities=dto.opportunities,
            reason=dto.reason,
        )
