"""The port of synthesis engines.

The setting KAIRO_SYNTHESIZER contains the dotted path of the engine's class; empty means that synthesis is switched
off. Hero reviews the result of every engine: a candidate that breaks a rule is rejected with a code and never reaches a
board.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from kairo.core.enums import Channel, OpportunityType
from kairo.hero.dto import (
    AnglePartDTO,
    BrandMentionDTO,
    BrandSnapshotDTO,
    ClaimDTO,
    EvidenceItemDTO,
    OpportunityDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    ScorePartDTO,
    WindowCountsDTO,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionDTO:
    """A decision on an opportunity: `kind` is pinned, snoozed, ignored or undone."""

    concept_key: str
    kind: str
    at: datetime
    opportunity_type: OpportunityType
    pillar_id: UUID | None = None
    persona_id: UUID | None = None
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SynthesisRequest:
    """Everything that an engine may use. The evidence has passed the gates.

    `as_of` is the only clock. `counts` cover all stored posts of the window, of which `evidence` may be a sample; None
    if `evidence` is complete. `previous` are the opportunities of the brand's last ready board, best first. An engine
    that does not answer within `time_limit_s` seconds is killed.
    """

    as_of: datetime
    brand: BrandSnapshotDTO
    evidence: tuple[EvidenceItemDTO, ...]
    counts: WindowCountsDTO | None = None
    decisions: tuple[DecisionDTO, ...] = ()
    previous: tuple[OpportunityDTO, ...] = ()
    max_opportunities: int = 24
    time_limit_s: float = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class CandidateDTO:
    """An opportunity that an engine proposes.

    `concept_key` identifies the concept, not its wording: the same concept has the same key tomorrow. The score is the
    sum of the parts' points, 0 to 100. Hero recomputes the parts: an engine may omit them, and a candidate whose parts
    differ from hero's is rejected. `angle_parts` are optional; if present, `angle` is their texts in order.
    """

    concept_key: str
    title: str
    angle: str
    why_now: str
    type: OpportunityType
    primary_channel: Channel
    suggested_channels: tuple[Channel, ...]
    score_parts: tuple[ScorePartDTO, ...]
    evidence_ids: tuple[UUID, ...]
    claims: tuple[ClaimDTO, ...] = ()
    angle_parts: tuple[AnglePartDTO, ...] = ()
    persona_id: UUID | None = None
    pillar_id: UUID | None = None

    @property
    def score(self) -> int:
        return sum(part.points for part in self.score_parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class SynthesisResult:
    """The result of an engine: candidates, best first, and an account of everything that it dropped.

    `run_key` identifies everything that the result depends on: equal keys mean equal candidates, byte for byte. It is
    empty for an engine without that guarantee. `diagnostics` is JSON-ready and stored with the board.
    """

    candidates: tuple[CandidateDTO, ...]
    rejected: tuple[RejectedCandidateDTO, ...] = ()
    coverage: tuple[PillarCoverageDTO, ...] = ()
    mentions: tuple[BrandMentionDTO, ...] = ()
    notes: tuple[str, ...] = ()
    engine: str = ""
    engine_version: str = ""
    run_key: str = ""
    diagnostics: Mapping[str, object] = field(default_factory=dict)


class Synthesizer(Protocol):
    """Turns evidence that passed the gates into candidates.

    The class is instantiated without arguments. `synthesize` depends on its request alone and keeps no state between
    calls. It raises only if it has no result; the job is then retried, and its last attempt stores a board of the
    built-in engine. Any other engine runs in its own process, which handles one request at a time and is killed with
    its process group when it fails or exceeds the request's limit. A candidate has at most 1 MB and a result 16 MB, of
    the types declared here.
    """

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult: ...
