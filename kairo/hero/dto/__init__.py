"""The values that other packages exchange with hero: frozen, keyword-only, free of the ORM.

Times are timezone-aware UTC; ids are UUIDs; enum fields contain the stored lower-case values. Import every name from
this package: the engine's process accepts only the classes that are listed here.
"""

from __future__ import annotations

from kairo.hero.dto.board import TodayBoardDTO, TodayBoardMetaDTO, invariant_violation
from kairo.hero.dto.brand import BrandSnapshotDTO, CampaignDTO, NamedRefDTO, PersonaDTO, PillarDTO, TabooTermDTO
from kairo.hero.dto.evidence import (
    DayCountDTO,
    EvidenceItemDTO,
    EvidencePreviewDTO,
    EvidenceSummaryDTO,
    MetricsDTO,
    PhraseCountDTO,
    WindowCountsDTO,
)
from kairo.hero.dto.gates import (
    EvidenceCoverageDTO,
    EvidenceShortfallDTO,
    GateCoverageDTO,
    GateFailureDTO,
)
from kairo.hero.dto.job import CancelJobResponseDTO, GenerationJobDTO, RegenerateResponseDTO
from kairo.hero.dto.mention import BrandMentionChangeDTO, BrandMentionDTO
from kairo.hero.dto.opportunity import (
    AnglePartDTO,
    ClaimDTO,
    DecisionStateDTO,
    OpportunityChangeDTO,
    OpportunityDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    ScorePartDTO,
)
from kairo.hero.enums import ReadyReason

__all__ = [
    "AnglePartDTO",
    "BrandMentionChangeDTO",
    "BrandMentionDTO",
    "BrandSnapshotDTO",
    "CampaignDTO",
    "CancelJobResponseDTO",
    "ClaimDTO",
    "DayCountDTO",
    "DecisionStateDTO",
    "EvidenceCoverageDTO",
    "EvidenceItemDTO",
    "EvidencePreviewDTO",
    "EvidenceShortfallDTO",
    "EvidenceSummaryDTO",
    "GateCoverageDTO",
    "GateFailureDTO",
    "GenerationJobDTO",
    "MetricsDTO",
    "NamedRefDTO",
    "OpportunityChangeDTO",
    "OpportunityDTO",
    "PersonaDTO",
    "PhraseCountDTO",
    "PillarCoverageDTO",
    "PillarDTO",
    "ReadyReason",
    "RegenerateResponseDTO",
    "RejectedCandidateDTO",
    "ScorePartDTO",
    "TabooTermDTO",
    "TodayBoardDTO",
    "TodayBoardMetaDTO",
    "WindowCountsDTO",
    "invariant_violation",
]
