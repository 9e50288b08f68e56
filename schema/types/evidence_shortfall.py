from typing import Self

import strawberry

from kairo.core.enums import Platform
from kairo.hero.dto import EvidenceShortfallDTO, GateFailureDTO
from kairo.hero.enums import GateCode


@strawberry.type(description="One evidence gate that did not hold.")
class GateFailure:
    code: GateCode = strawberry.field(description="Which gate.")
    found: str = strawberry.field(description="What was found.")
    needed: str = strawberry.field(description="What is needed.")
    sentence: str = strawberry.field(description="The same for a person.")

    @classmethod
    def from_dto(cls, dto: GateFailureDTO) -> Self:
        return cls(code=dto.code, found=dto.found, needed=dto.needed, sentence=dto.sentence)


@strawberry.type(description="How far a brand's evidence is from enough.")
class EvidenceShortfall:
    required_items: int = strawberry.field(description="Items needed.")
    found_items: int = strawberry.field(description="Items found, without those by the brand itself.")
    required_platforms: list[Platform] = strawberry.field(
        description="At least one item must be from one of these, where the brand publishes; empty where any will do."
    )
    found_platforms: list[Platform] = strawberry.field(description="The platforms the items found are from.")
    missing_platforms: list[Platform] = strawberry.field(description="Platforms that would help; empty when satisfied.")
    transcript_coverage: float = strawberry.field(
        description="The share with a transcript of the items that can have one: videos, 0 to 1."
    )
    min_transcript_coverage: float = strawberry.field(description="The share needed, 0 to 1.")
    failures: list[GateFailure] = strawberry.field(description="Every gate that did not hold.")

    @classmethod
    def from_dto(cls, dto: EvidenceShortfallDTO) -> Self:
        return cls(
            required_items=dto.required_items,
            found_items=dto.found_items,
            required_platforms=list(dto.required_platforms),
            found_platforms=list(dto.found_platforms),
            missing_platforms=list(dto.missing_platforms),
            transcript_coverage=dto.transcript_coverage,
            min_transcript_coverage=dto.min_transcript_coverage,
            failures=[GateFailure.from_dto(failure) for failure in dto.failures],
        )
