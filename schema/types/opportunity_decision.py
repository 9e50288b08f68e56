from datetime import datetime
from typing import Self

import strawberry

from kairo.core.enums import DecisionKind
from kairo.hero.dto import DecisionStateDTO


@strawberry.type(description="What stands of people's decisions about an idea.")
class OpportunityDecision:
    kind: DecisionKind = strawberry.field(description="What was decided.")
    at: datetime = strawberry.field(description="When.")
    until: datetime | None = strawberry.field(description="When a snoozed idea shows again; null for other kinds.")
    reason: str = strawberry.field(description="Why it is ignored, in that person's words; may be empty.")

    @classmethod
    def from_dto(cls, dto: DecisionStateDTO) -> Self:
        return cls(kind=dto.kind, at=dto.at, until=dto.until, reason=dto.reason)
