"""The Today board in one of its states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.core.enums import Channel
from kairo.hero.dto.brand import BrandSnapshotDTO, NamedRefDTO
from kairo.hero.dto.evidence import EvidencePreviewDTO, EvidenceSummaryDTO
from kairo.hero.dto.gates import EvidenceShortfallDTO
from kairo.hero.dto.job import GenerationJobDTO
from kairo.hero.dto.mention import BrandMentionDTO
from kairo.hero.dto.opportunity import OpportunityDTO, PillarCoverageDTO, RejectedCandidateDTO
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayBoardMetaDTO:
    """Properties of a board. `channel_mix` counts opportunities by primary channel; `timings_ms` is by job stage."""

    state: TodayBoardState
    ready_reason: ReadyReason | None = None
    generated_at: datetime | None = None
    opportunity_count: int = 0
    channel_mix: tuple[tuple[Channel, int], ...] = ()
    dominant_pillar: NamedRefDTO | None = None
    dominant_persona: NamedRefDTO | None = None
    cache_hit: bool = False
    notes: tuple[str, ...] = ()
    timings_ms: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayBoardDTO:
    """The board that Today shows for one brand, in exactly one state.

    `as_of` is the time that the board describes: of a stored board its own, otherwise the time of reading. `counted`
    contains the posts that only scores and claims cite; it is empty if the caller did not request them.

    Raises:
        ValueError: the fields contradict the state (see `invariant_violation`).
    """

    board_id: UUID | None
    brand: BrandSnapshotDTO
    as_of: datetime
    meta: TodayBoardMetaDTO
    opportunities: tuple[OpportunityDTO, ...] = ()
    counted: tuple[EvidencePreviewDTO, ...] = ()
    job: GenerationJobDTO | None = None
    stale: bool = False
    remediation: str | None = None
    evidence_summary: EvidenceSummaryDTO | None = None
    evidence_shortfall: EvidenceShortfallDTO | None = None
    rejected_candidates: tuple[RejectedCandidateDTO, ...] = ()
    coverage: tuple[PillarCoverageDTO, ...] = ()
    brand_mentions: tuple[BrandMentionDTO, ...] = ()
    error_code: GenerationErrorCode | None = None
    retryable: bool = False

    def __post_init__(self) -> None:
        if violation := invariant_violation(self.meta, opportunities=len(self.opportunities)):
            raise ValueError(violation)

    @property
    def state(self) -> TodayBoardState:
        return self.meta.state


def invariant_violation(meta: TodayBoardMetaDTO, *, opportunities: int) -> str | None:
    """Returns the rule that such a board breaks, as a sentence, or None.

    A ready board without opportunities has a known reason; only ready boards have one; only a ready board, or the
    previous one shown while generating, has opportunities.
    """
    if meta.state == TodayBoardState.READY:
        if meta.ready_reason is None and not opportunities:
            return "A ready board without opportunities needs a ready_reason."
        if meta.ready_reason is not None and meta.ready_reason not in ReadyReason.values:
            return f"{meta.ready_reason!r} is not a known ready_reason."
        return None
    if meta.ready_reason is not None:
        return f"Only a ready board has a ready_reason; this one is {meta.state}."
    if opportunities and meta.state != TodayBoardState.GENERATING:
        return f"A board in state {meta.state} has no opportunities; this one has {opportunities}."
    return None
