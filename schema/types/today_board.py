from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import strawberry

from kairo.hero.dto import TodayBoardDTO
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from schema.field_metadata import TIME_OF_READING
from schema.ids import global_id
from schema.types.board_receipt import EvidenceSummary, PillarCoverage, RejectedCandidate
from schema.types.brand import Brand
from schema.types.brand_mention import BrandMention
from schema.types.connection import Connection
from schema.types.evidence_shortfall import EvidenceShortfall, GateFailure
from schema.types.generation_job import GenerationJob
from schema.types.named_evidence import NamedEvidence
from schema.types.node import Node
from schema.types.opportunity import Opportunity, opportunities_of
from schema.types.today_board_meta import TodayBoardMeta

S = TypeVar("S")
T = TypeVar("T")


@strawberry.interface(
    description=(
        "What Today shows for one brand, in exactly one state. Each state has a type of its own, on which the fields "
        "that make no sense in it are absent and those that are always there are non-null; a flat query over this "
        "interface works as well. A field that is nullable here and non-null there is selected in one of the two "
        "places, or under an alias: GraphQL does not merge them. Stored boards are immutable and keep their id; a "
        "state that is only derived (nothing generated yet, generating, overdue) has an id made from the brand's."
    )
)
class TodayBoard(Node):
    brand: Brand = strawberry.field(description="Whose board it is.")
    state: TodayBoardState = strawberry.field(description="The state it is in.")
    as_of: datetime = strawberry.field(
        description="The moment it describes: a stored board's own, otherwise the time of reading.",
        metadata=TIME_OF_READING,
    )
    ready_reason: ReadyReason | None = strawberry.field(
        description="Why a ready board looks the way it does; null in every other state."
    )
    opportunities: list[Opportunity] = strawberry.field(
        description="The ideas, best first. Empty unless ready, or the previous board's while a new one is being made."
    )
    brand_mentions: list[BrandMention] = strawberry.field(
        description=(
            "What people say about the brand itself, newest first: beside the ideas, and never scored. Empty unless "
            "ready, or the previous board's while a new one is being made."
        )
    )
    job: GenerationJob | None = strawberry.field(description="The job that is making a board, if one is.")
    remediation: str | None = strawberry.field(description="What a person can do about the state, where they can.")
    meta: TodayBoardMeta = strawberry.field(description="Facts about the board shown.")


@strawberry.type(description="A page of a brand's stored boards, newest first.")
class TodayBoardConnection(Connection[TodayBoard]):
    noun = "board"


@strawberry.type(description="The last generation ended well: ideas, or the reason why there are none.")
class TodayBoardReady(TodayBoard):
    ready_reason: ReadyReason = strawberry.field(description="Why the board looks the way it does.")
    evidence_summary: EvidenceSummary = strawberry.field(description="The evidence it was made from.")
    rejected_candidates: list[RejectedCandidate] = strawberry.field(description="The candidates that were dropped.")
    coverage: list[PillarCoverage] = strawberry.field(description="What each pillar got, and why.")


@strawberry.type(description="A board is being made. It turns into another state by `job.deadlineAt` at the latest.")
class TodayBoardGenerating(TodayBoard):
    job: GenerationJob = strawberry.field(description="The job that is making it.")
    stale: bool = strawberry.field(
        description="Whether `opportunities` and `brandMentions` show the previous board's meanwhile."
    )


@strawberry.type(description="There was never a board, and there is too little evidence to start one.")
class TodayBoardNotGeneratedYet(TodayBoard):
    remediation: str = strawberry.field(description="What a person can do about it.")
    evidence_shortfall: EvidenceShortfall = strawberry.field(description="How far the evidence is from enough.")


@strawberry.type(description="The last generation found too little or unusable evidence.")
class TodayBoardInsufficientEvidence(TodayBoard):
    remediation: str = strawberry.field(description="What a person can do about it.")
    evidence_shortfall: EvidenceShortfall = strawberry.field(description="How far the evidence is from enough.")
    failed_gates: list[GateFailure] = strawberry.field(description="Every gate that did not hold.")


@strawberry.type(description="The last generation failed for good.")
class TodayBoardError(TodayBoard):
    remediation: str = strawberry.field(description="What a person can do about it.")
    error_code: GenerationErrorCode = strawberry.field(description="Why it failed.")
    retryable: bool = strawberry.field(description="Whether `regenerateTodayBoard` may help.")


STATES = [
    TodayBoardReady,
    TodayBoardGenerating,
    TodayBoardNotGeneratedYet,
    TodayBoardInsufficientEvidence,
    TodayBoardError,
]


def today_board(dto: TodayBoardDTO) -> TodayBoard:
    """Converts a board to the type of its state."""
    return _BUILDERS[dto.state](dto)


def _shared(dto: TodayBoardDTO, type_name: str) -> dict[str, Any]:
    posts = NamedEvidence.of_board(dto)
    return {
        "id": global_id(type_name, dto.board_id or dto.brand.id),
        "brand": Brand.from_dto(dto.brand),
        "state": dto.state,
        "as_of": dto.as_of,
        "ready_reason": dto.meta.ready_reason,
        "opportunities": opportunities_of(dto, posts=posts),
        "brand_mentions": [BrandMention.from_dto(mention, posts=posts) for mention in dto.brand_mentions],
        "job": GenerationJob.from_dto(dto.job) if dto.job else None,
        "remediation": dto.remediation,
        "meta": TodayBoardMeta.from_dto(dto),
    }


def _ready(dto: TodayBoardDTO) -> TodayBoardReady:
    return TodayBoardReady(
        **{
            **_shared(dto, "TodayBoardReady"),
            # Only synthesis makes ideas: a board that has some and names no reason was generated.
            "ready_reason": dto.meta.ready_reason or ReadyReason.GENERATED,
        },
        evidence_summary=_convert(dto.evidence_summary, EvidenceSummary.from_dto),
        rejected_candidates=[RejectedCandidate.from_dto(dropped) for dropped in dto.rejected_candidates],
        coverage=[PillarCoverage.from_dto(pillar, brand_key=dto.brand.id) for pillar in dto.coverage],
    )


def _generating(dto: TodayBoardDTO) -> TodayBoardGenerating:
    return TodayBoardGenerating(**_shared(dto, "TodayBoardGenerating"), stale=dto.stale)


def _not_generated_yet(dto: TodayBoardDTO) -> TodayBoardNotGeneratedYet:
    return TodayBoardNotGeneratedYet(
        **_shared(dto, "TodayBoardNotGeneratedYet"),
        evidence_shortfall=_convert(dto.evidence_shortfall, EvidenceShortfall.from_dto),
    )


def _insufficient_evidence(dto: TodayBoardDTO) -> TodayBoardInsufficientEvidence:
    failures = dto.evidence_shortfall.failures if dto.evidence_shortfall else ()
    return TodayBoardInsufficientEvidence(
        **_shared(dto, "TodayBoardInsufficientEvidence"),
        evidence_shortfall=_convert(dto.evidence_shortfall, EvidenceShortfall.from_dto),
        failed_gates=[GateFailure.from_dto(failure) for failure in failures],
    )


def _error(dto: TodayBoardDTO) -> TodayBoardError:
    return TodayBoardError(
        **_shared(dto, "TodayBoardError"),
        error_code=dto.error_code or GenerationErrorCode.INTERNAL,
        retryable=dto.retryable,
    )


_BUILDERS: dict[TodayBoardState, Callable[[TodayBoardDTO], TodayBoard]] = {
    TodayBoardState.READY: _ready,
    TodayBoardState.GENERATING: _generating,
    TodayBoardState.NOT_GENERATED_YET: _not_generated_yet,
    TodayBoardState.INSUFFICIENT_EVIDENCE: _insufficient_evidence,
    TodayBoardState.ERROR: _error,
}


def _convert(source: S | None, build: Callable[[S], T]) -> T:
    """Converts the value. A missing one stays None: its non-null field fails if a query selects it."""
    return None if source is None else build(source)  # type: ignore[return-value]  # see above
