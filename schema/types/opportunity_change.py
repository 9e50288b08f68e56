from typing import Self
from uuid import UUID

import strawberry

from kairo.core.ids import opportunity_id
from kairo.hero.dto import OpportunityChangeDTO
from kairo.hero.enums import ChangeKind
from schema.ids import global_id


@strawberry.type(description="How one idea moved between two boards, and why.")
class OpportunityChange:
    opportunity_id: strawberry.ID = strawberry.field(description="The idea's id, the same on both boards.")
    title: str = strawberry.field(description="Its title, on the later board where it is there.")
    kind: ChangeKind = strawberry.field(description="How it moved.")
    cause: str = strawberry.field(description="What moved it, for a person.")
    previous_score: int | None = strawberry.field(description="Its score on the earlier board; null for a new idea.")
    score: int | None = strawberry.field(description="Its score on the later board; null for one that is gone.")

    @classmethod
    def from_dto(cls, dto: OpportunityChangeDTO, *, brand_key: UUID) -> Self:
        return cls(
            opportunity_id=global_id("Opportunity", opportunity_id(brand_id=brand_key, concept_key=dto.concept_key)),
            title=dto.title,
            kind=dto.kind,
            cause=dto.cause,
            previous_score=dto.previous_score,
            score=dto.score,
        )
