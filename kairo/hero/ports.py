"""The socket a synthesis engine plugs into.

The setting KAIRO_SYNTHESIZER names the class to plug in by its dotted path; empty means that synthesis is
switched off. Hero checks every result by its own rules, whatever the engine: a candidate that breaks one is
rejected with a code and never reaches a board.
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
    """What a person did with an idea: `kind` is pinned, snoozed, ignored or undone."""

    concept_key: str
    kind: str
    at: datetime
    opportunity_type: OpportunityType
    pillar_id: UUID | None = None
    persona_id: UUID | None = None
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SynthesisRequest:
    """Everything an engine may know. Evidence has passed the gates; nothing else may be looked up.

    `as_of` is the only clock. `counts` is over all stored posts of the window, of which `evidence` may be a sample;
    None where `evidence` is all there is. `previous` is the brand's last ready board, best first. An engine that
    cannot answer within `time_limit_s` seconds is ended.
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
    """One idea as an engine proposes it.

    `concept_key` names the idea itself, not its wording: the same concept tomorrow must give the same key.
    The score is the sum of the parts' points, 0 to 100; there is no other score. Hero works the parts out again: an
    engine may leave them out, and parts that differ from hero's reject the candidate. `angle_parts` are optional; where
    given, `angle` is their texts in order.
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
    """An engine's answer: candidates best first, and an account of everything it dropped.

    `run_key` names everything the answer depends on: the same key must mean the same candidates, byte for byte.
    It is empty for an engine that cannot promise that. `diagnostics` is JSON-ready and kept with the board.
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
    """Turns evidence that passed the gates into candidate opportunities.

    Built without arguments. `synthesize` is a function of its request alone: it keeps nothing between calls, and
    raises only when it cannot answer at all (the job then fails, and is tried again; its last attempt stores the
    built-in engine's board). Any engine but the built-in one runs in a process of its own, which answers one request
    at a time and is killed with its process group when it fails, or does not answer within the request's limit. A
    candidate holds at most 1 MB, an answer 16 MB, of the types declared here.
    """

    def synthesize(self, request: SynthesisRequest) -> SynthesisResult: ...
