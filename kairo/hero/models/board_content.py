"""A board's content as versioned JSON.

Increase the version when a reader of the old format could not read the new one; `from_json` then needs a branch for
each version that is still stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Self
from uuid import UUID

import msgspec

from kairo.hero.dto import (
    BrandMentionDTO,
    BrandSnapshotDTO,
    EvidenceShortfallDTO,
    EvidenceSummaryDTO,
    NamedRefDTO,
    OpportunityDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    TodayBoardDTO,
    TodayBoardMetaDTO,
)
from kairo.hero.enums import GenerationErrorCode, ReadyReason, TodayBoardState
from kairo.hero.gates import remediation as remediation_of
from kairo.hero.models.evidence_references import restored, shortened

VERSION = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardContent:
    """Opportunities as they were generated, best first, with the evidence summary and the rejected candidates.

    `brand_mentions` are newest first.
    """

    opportunities: tuple[OpportunityDTO, ...] = ()
    evidence_summary: EvidenceSummaryDTO | None = None
    evidence_shortfall: EvidenceShortfallDTO | None = None
    rejected_candidates: tuple[RejectedCandidateDTO, ...] = ()
    coverage: tuple[PillarCoverageDTO, ...] = ()
    brand_mentions: tuple[BrandMentionDTO, ...] = ()
    notes: tuple[str, ...] = ()
    timings_ms: tuple[tuple[str, int], ...] = ()
    engine: str = ""
    engine_version: str = ""

    def to_json(self) -> dict[str, Any]:
        """JSON-ready, without previews and decisions, which are read from their own tables."""
        builtins: dict[str, Any] = msgspec.to_builtins(self.bare().to_encode())
        return builtins

    def to_store(self) -> dict[str, Any]:
        """As `to_json`, in the compact form of stored boards. Call on bare content."""
        return shortened(msgspec.to_builtins(self.to_encode()))

    def to_encode(self) -> dict[str, object]:
        """As `to_json`, for msgspec to encode. Call on bare content."""
        return {"version": VERSION, **{field.name: getattr(self, field.name) for field in fields(self)}}

    def bare(self) -> Self:
        """Without previews and decisions."""
        full = any(opportunity.evidence or opportunity.decision for opportunity in self.opportunities)
        if not full and not any(mention.posts for mention in self.brand_mentions):
            return self
        return replace(
            self,
            opportunities=tuple(replace(opportunity, evidence=(), decision=None) for opportunity in self.opportunities),
            brand_mentions=tuple(replace(mention, posts=()) for mention in self.brand_mentions),
        )

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """
        Raises:
            ValueError: the version is unknown, or the content does not have the shape of its version.
        """
        if not data:
            return cls()
        if data.get("version") != VERSION:
            raise ValueError(f"Board content has version {data.get('version')!r}; this code reads {VERSION}.")
        return msgspec.convert({k: v for k, v in restored(data).items() if k != "version"}, cls)

    def to_dto(
        self,
        *,
        board_id: UUID,
        brand: BrandSnapshotDTO,
        as_of: datetime,
        generated_at: datetime,
        state: TodayBoardState,
        ready_reason: ReadyReason | None,
        remediation: str | None,
        error_code: GenerationErrorCode | None,
    ) -> TodayBoardDTO:
        return TodayBoardDTO(
            board_id=board_id,
            brand=brand,
            as_of=as_of,
            meta=board_meta(
                state=state,
                ready_reason=ready_reason,
                generated_at=generated_at,
                opportunities=self.opportunities,
                notes=self.notes,
                timings_ms=self.timings_ms,
            ),
            opportunities=self.opportunities,
            remediation=remediation,
            evidence_summary=self.evidence_summary,
            evidence_shortfall=self.evidence_shortfall,
            rejected_candidates=self.rejected_candidates,
            coverage=self.coverage,
            brand_mentions=self.brand_mentions,
            error_code=error_code,
            retryable=error_code is not None and remediation_of.retry_helps(error_code),
        )


def board_meta(
    *,
    state: TodayBoardState,
    ready_reason: ReadyReason | None,
    generated_at: datetime | None,
    opportunities: tuple[OpportunityDTO, ...],
    notes: tuple[str, ...] = (),
    timings_ms: tuple[tuple[str, int], ...] = (),
) -> TodayBoardMetaDTO:
    """The metadata of a board, derived from its opportunities."""
    channels = Counter(opportunity.primary_channel for opportunity in opportunities)
    return TodayBoardMetaDTO(
        state=state,
        ready_reason=ready_reason,
        generated_at=generated_at,
        opportunity_count=len(opportunities),
        channel_mix=tuple(sorted(channels.items(), key=lambda item: (-item[1], item[0]))),
        dominant_pillar=_dominant(tuple(opportunity.pillar for opportunity in opportunities)),
        dominant_persona=_dominant(tuple(opportunity.persona for opportunity in opportunities)),
        notes=notes,
        timings_ms=timings_ms,
    )


def _dominant(refs: tuple[NamedRefDTO | None, ...]) -> NamedRefDTO | None:
    """The most frequent one; among equals the one of the best opportunity."""
    counts = Counter(ref for ref in refs if ref is not None)
    return counts.most_common(1)[0][0] if counts else None
