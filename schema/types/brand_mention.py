from datetime import datetime
from typing import Self

import strawberry

from kairo.hero.dto import BrandMentionChangeDTO, BrandMentionDTO
from kairo.hero.enums import MentionChangeKind
from schema.types.evidence_item import EvidenceItem
from schema.types.named_evidence import NamedEvidence
from schema.types.opportunity import Claim


@strawberry.type(
    description=(
        "What people say about the brand itself: a topic half of whose posts name the brand and are not by it. Never "
        "scored, and never an idea."
    )
)
class BrandMention:
    phrase: str = strawberry.field(description="What they say; the brand's name where they share nothing else.")
    authors: int = strawberry.field(description="Different authors, as counted when the board was made.")
    window: str = strawberry.field(description="The time it covers: an ISO 8601 interval; empty for any time.")
    posts: list[EvidenceItem] = strawberry.field(
        description=(
            "Its posts, newest first, at least one and at most 200. Unlike an idea's, they may be deleted; those that "
            "remain are shown."
        )
    )
    claims: list[Claim] = strawberry.field(
        description="Numbers said about its posts, as counted when the board was made."
    )
    newest_published_at: datetime | None = strawberry.field(
        description="When the newest of its posts was published; null if unknown."
    )

    @classmethod
    def from_dto(cls, dto: BrandMentionDTO, *, posts: NamedEvidence) -> Self:
        return cls(
            phrase=dto.phrase,
            authors=dto.authors,
            window=dto.window,
            posts=posts.items(dto.evidence_ids),
            claims=[Claim.from_dto(claim, posts=posts) for claim in dto.claims],
            newest_published_at=dto.newest_published_at,
        )


@strawberry.type(description="How one brand mention moved between two boards.")
class BrandMentionChange:
    phrase: str = strawberry.field(description="What is said, as on the later board where it is there.")
    kind: MentionChangeKind = strawberry.field(description="How it moved.")
    cause: str = strawberry.field(description="What changed, for a person.")
    previous_authors: int | None = strawberry.field(
        description="Its authors on the earlier board; null for a new mention."
    )
    authors: int | None = strawberry.field(description="Its authors on the later board; null for one that is gone.")

    @classmethod
    def from_dto(cls, dto: BrandMentionChangeDTO) -> Self:
        return cls(
            phrase=dto.phrase,
            kind=dto.kind,
            cause=dto.cause,
            previous_authors=dto.previous_authors,
            authors=dto.authors,
        )
