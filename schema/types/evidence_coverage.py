from datetime import datetime
from typing import Self

import strawberry

from kairo.hero.dto import EvidenceCoverageDTO, GateCoverageDTO
from kairo.hero.enums import GateCode, GateKind


@strawberry.type(description="How a brand's evidence stands against one gate.")
class GateCoverage:
    code: GateCode = strawberry.field(description="Which gate, by the code of its failure.")
    kind: GateKind = strawberry.field(description="When a job asks it.")
    satisfied: bool = strawberry.field(description="Whether it holds.")
    found: str = strawberry.field(description="What was found.")
    needed: str = strawberry.field(description="What is needed.")
    missing: int = strawberry.field(
        description="How many items of the right kind would make it hold, if nothing else changes; 0 when it does."
    )
    message: str = strawberry.field(
        description="The same for a person, such as `You have 6 of 8 items; add 2.`; safe to show."
    )

    @classmethod
    def from_dto(cls, dto: GateCoverageDTO) -> Self:
        return cls(
            code=dto.code,
            kind=dto.kind,
            satisfied=dto.satisfied,
            found=dto.found,
            needed=dto.needed,
            missing=dto.missing,
            message=dto.message,
        )


@strawberry.type(
    description=(
        "How a brand's evidence measures against every gate, before any job runs. A job reports the failed gates of "
        "`QUALITY`, and those of `USABILITY` only when all of quality hold; this lists all of them at once."
    )
)
class EvidenceCoverage:
    as_of: datetime = strawberry.field(description="The moment of the answer.")
    ready: bool = strawberry.field(description="Whether every gate holds, so that a job would pass them now.")
    items: int = strawberry.field(
        description=(
            "How many items count: published in the last 30 days, or stored then where they have no date, by others "
            "than the brand. Of more than 2,000 a sample is read."
        )
    )
    baseline_from: datetime | None = strawberry.field(
        description=(
            "The moment from which bursts can be told, because the stored posts then reach back far enough to compare "
            "with: in the past where they do already; the earliest possible moment where there are too few posts; null "
            "while no post has a date. Until then a board has the note `NO_BASELINE`."
        )
    )
    gates: list[GateCoverage] = strawberry.field(description="The ten gates, in the order a job asks them.")

    @classmethod
    def from_dto(cls, dto: EvidenceCoverageDTO) -> Self:
        return cls(
            as_of=dto.as_of,
            ready=dto.ready,
            items=dto.items,
            baseline_from=dto.baseline_from,
            gates=[GateCoverage.from_dto(gate) for gate in dto.gates],
        )
