"""Opportunities with their scores, claims and changes, and the candidates that were rejected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.core.enums import Channel, CreatedVia, DecisionKind, OpportunityType
from kairo.hero.dto.brand import NamedRefDTO
from kairo.hero.dto.evidence import EvidencePreviewDTO
from kairo.hero.enums import AnglePartKind, ChangeKind, RejectionCode, ScorePartName


@dataclass(frozen=True, kw_only=True, slots=True)
class ScorePartDTO:
    """One part of a score: 0 <= points <= max; the points of all parts add up to the score."""

    part: ScorePartName
    points: int
    max: int
    rule: str
    sentence: str
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimDTO:
    """A number about evidence: `metric` names how it is counted, `window` the interval it covers.

    Each cited post contains `phrase` in one of its spellings or inflections; `phrase` is "" for a claim about a
    competitor's posts, a campaign or the whole window.
    """

    text: str
    metric: str
    value: str
    window: str
    evidence_ids: tuple[UUID, ...]
    phrase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnglePartDTO:
    """One part of an angle: a text that states a fact, and the posts that show it."""

    kind: AnglePartKind
    text: str
    evidence_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityChangeDTO:
    """The change of one opportunity between two boards, matched by `concept_key`; `cause` is a sentence.

    `previous_score` is None for a new opportunity, `score` for one that is gone.
    """

    concept_key: str
    title: str
    kind: ChangeKind
    cause: str
    previous_score: int | None = None
    score: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionStateDTO:
    """The last decision on an opportunity: `until` is set if it is snoozed, `reason` if it is ignored."""

    kind: DecisionKind
    at: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityDTO:
    """One opportunity on a board. `evidence` and `decision` are set only on boards that are read for a client.

    `change` compares with the brand's previous ready board; None without one.
    """

    id: UUID
    concept_key: str
    title: str
    angle: str
    why_now: str
    type: OpportunityType
    primary_channel: Channel
    suggested_channels: tuple[Channel, ...]
    score: int
    score_parts: tuple[ScorePartDTO, ...]
    claims: tuple[ClaimDTO, ...]
    evidence_ids: tuple[UUID, ...]
    persona: NamedRefDTO | None
    pillar: NamedRefDTO | None
    created_via: CreatedVia
    created_at: datetime | None = None
    angle_parts: tuple[AnglePartDTO, ...] = ()
    evidence: tuple[EvidencePreviewDTO, ...] = ()
    change: OpportunityChangeDTO | None = None
    decision: DecisionStateDTO | None = None

    def counted_ids(self) -> set[UUID]:
        """The evidence items that its score parts, claims and angle parts cite."""
        cited = [part.evidence_ids for part in self.score_parts]
        cited += [claim.evidence_ids for claim in self.claims]
        return set().union(*cited, *(part.evidence_ids for part in self.angle_parts))


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedCandidateDTO:
    """A rejected candidate: the rule that it broke, and the fact that broke it."""

    title: str
    code: RejectionCode
    detail: str
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PillarCoverageDTO:
    """The evidence for one pillar; `reason` is a sentence such as "3 items match, 1 author, need 2"."""

    pillar: NamedRefDTO
    items: int
    authors: int
    needed_authors: int
    opportunities: int
    reason: str
