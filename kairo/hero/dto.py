"""The values that cross hero's borders: frozen, keyword-only, free of the ORM.

Times are timezone-aware UTC; ids are UUIDs; enum fields hold the stored lower-case values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kairo.core.enums import Channel, ContentType, CreatedVia, DecisionKind, OpportunityType, Platform
from kairo.hero.enums import (
    AnglePartKind,
    ChangeKind,
    GateCode,
    GateKind,
    GenerationErrorCode,
    JobStage,
    JobStatus,
    MentionChangeKind,
    ReadyReason,
    RejectionCode,
    ScorePartName,
    TodayBoardState,
)

__all__ = ["ReadyReason"]  # the seed's name for it lives here; the values are declared in hero.enums


@dataclass(frozen=True, kw_only=True, slots=True)
class PillarDTO:
    """A theme the brand publishes on."""

    id: UUID
    name: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonaDTO:
    """A target reader."""

    id: UUID
    name: str
    role: str = ""
    summary: str = ""
    priorities: tuple[str, ...] = ()
    pains: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CampaignDTO:
    """A campaign with its first and last day, both included."""

    name: str
    starts: date
    ends: date
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class TabooTermDTO:
    """One of the brand's taboos with other words for it, which are refused alike."""

    term: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandSnapshotDTO:
    """A brand as it stood at one moment: the whole context synthesis may use.

    `handles` are the brand's own accounts. `taboo_terms` has the taboos that have synonyms; `taboos` lists the terms
    of all. `pillars` holds active pillars by rank; both lists are empty where only the brand's name is shown.
    """

    id: UUID
    tenant_id: UUID
    slug: str
    name: str
    positioning: str = ""
    tone_tags: tuple[str, ...] = ()
    taboos: tuple[str, ...] = ()
    taboo_terms: tuple[TabooTermDTO, ...] = ()
    channels: tuple[Channel, ...] = ()
    languages: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    product_names: tuple[str, ...] = ()
    competitor_handles: tuple[str, ...] = ()
    campaigns: tuple[CampaignDTO, ...] = ()
    pillars: tuple[PillarDTO, ...] = ()
    personas: tuple[PersonaDTO, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricsDTO:
    """Counts of a post. None means unknown, never zero."""

    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceItemDTO:
    """One stored post, as gates and synthesis read it.

    `text_primary` is the caption, post text or title; `text_secondary` is a transcript where `has_transcript`
    is true, otherwise a description. `canonical_url` is "" where the platform gave none.
    """

    id: UUID
    platform: Platform
    content_type: ContentType
    external_id: str
    canonical_url: str
    published_at: datetime | None
    author_ref: str
    title: str
    text_primary: str
    text_secondary: str
    has_transcript: bool
    hashtags: tuple[str, ...] = ()
    metrics: MetricsDTO = field(default_factory=MetricsDTO)


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidencePreviewDTO:
    """What a board shows of one post; `snippet` is at most 200 characters."""

    id: UUID
    platform: Platform
    url: str
    author: str
    snippet: str
    has_transcript: bool
    published_at: datetime | None
    metrics: MetricsDTO


@dataclass(frozen=True, kw_only=True, slots=True)
class GateCheckDTO:
    """One gate asked. `missing` is how many items of the right kind would make it hold, 0 where it does; `sentence`
    says what is wrong where it does not. `exception` says why it holds although the usual rule does not, or "".
    """

    code: GateCode
    holds: bool
    found: str
    needed: str
    missing: int
    sentence: str
    exception: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GateFailureDTO:
    """One gate that did not hold: what was found, what was needed, and a sentence for a person."""

    code: GateCode
    found: str
    needed: str
    sentence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GateCoverageDTO:
    """How the evidence stands against one gate; `message` tells a person, and what to add where it does not hold."""

    code: GateCode
    kind: GateKind
    satisfied: bool
    found: str
    needed: str
    missing: int
    message: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceCoverageDTO:
    """How the evidence stands against every gate. `ready` is whether a job would pass them all.

    `baseline_from` is the moment from which bursts can be told; None while no post has a date.
    """

    as_of: datetime
    ready: bool
    items: int
    gates: tuple[GateCoverageDTO, ...]
    baseline_from: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceShortfallDTO:
    """How far a brand's evidence is from enough. `transcript_coverage` is a share, 0 to 1."""

    required_items: int
    found_items: int
    required_platforms: tuple[Platform, ...]
    found_platforms: tuple[Platform, ...]
    missing_platforms: tuple[Platform, ...]
    transcript_coverage: float
    min_transcript_coverage: float
    failures: tuple[GateFailureDTO, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EvidenceSummaryDTO:
    """The evidence a board was made from."""

    items: int
    authors: int
    platforms: tuple[tuple[Platform, int], ...]
    transcript_coverage: float
    newest_published_at: datetime | None
    oldest_published_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ScorePartDTO:
    """One line of the score's receipt: 0 <= points <= max; the parts' points add up to the score."""

    part: ScorePartName
    points: int
    max: int
    rule: str
    sentence: str
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimDTO:
    """A number said about evidence: `metric` names how it is counted, `window` the time it covers.

    `phrase` is the topic that each cited post says, in one of its spellings or inflections; "" for a claim about a
    competitor's posts, a campaign or the window as a whole.
    """

    text: str
    metric: str
    value: str
    window: str
    evidence_ids: tuple[UUID, ...]
    phrase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AnglePartDTO:
    """One part of an angle: a text made of a fact, and the posts that show the fact."""

    kind: AnglePartKind
    text: str
    evidence_ids: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandMentionDTO:
    """What people say about the brand itself: a topic half of whose posts name it. Never scored, never an idea.

    `window` is an interval as in claims. `posts` is filled when a board is read for a client: those of its posts that
    are still stored.
    """

    phrase: str
    authors: int
    window: str
    evidence_ids: tuple[UUID, ...]
    claims: tuple[ClaimDTO, ...] = ()
    newest_published_at: datetime | None = None
    posts: tuple[EvidencePreviewDTO, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCountDTO:
    """Stored posts of one platform and one day of the window. `age_days` is 0 for the 24 hours before `as_of`."""

    age_days: int
    platform: Platform
    posts: int
    authors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseCountDTO:
    """Stored posts of one day of the window that say a phrase, and their authors. `key` is as the engine's phrases."""

    key: str
    age_days: int
    posts: int
    authors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class WindowCountsDTO:
    """Counts over all stored posts of the window, also those beyond what is read.

    `phrases` is filled only where the window holds more posts than are read; with fewer, the posts at hand are all.
    `baseline_from` is the moment from which bursts can be told; None without dated posts.
    """

    posts: int
    authors: int
    days: tuple[DayCountDTO, ...] = ()
    phrases: tuple[PhraseCountDTO, ...] = ()
    oldest_published_at: datetime | None = None
    baseline_from: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedRefDTO:
    """The id and name of a persona or pillar."""

    id: UUID
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityChangeDTO:
    """How one idea moved between two boards, matched by `concept_key`, and why, as a sentence.

    `previous_score` is None for a new idea, `score` is None for one that is gone.
    """

    concept_key: str
    title: str
    kind: ChangeKind
    cause: str
    previous_score: int | None = None
    score: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandMentionChangeDTO:
    """How one brand mention moved between two boards, matched by its phrase, and what changed, as a sentence.

    `previous_authors` is None for a new mention, `authors` is None for one that is gone.
    """

    phrase: str
    kind: MentionChangeKind
    cause: str
    previous_authors: int | None = None
    authors: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionStateDTO:
    """What a person last decided about an idea: `until` is set for a snoozed one, `reason` for an ignored one."""

    kind: DecisionKind
    at: datetime
    until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpportunityDTO:
    """One idea on a board. `evidence` and `decision` are filled when a board is read for a client.

    `change` compares with the brand's previous ready board; None where there was none.
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
        """The posts that its score and its claims are counted from, and that show the facts of its angle."""
        named = [part.evidence_ids for part in self.score_parts]
        named += [claim.evidence_ids for claim in self.claims]
        return set().union(*named, *(part.evidence_ids for part in self.angle_parts))


@dataclass(frozen=True, kw_only=True, slots=True)
class RejectedCandidateDTO:
    """An idea that was dropped, by which rule, and the fact that broke it."""

    title: str
    code: RejectionCode
    detail: str
    evidence_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PillarCoverageDTO:
    """What the evidence gave for one pillar; `reason` is a sentence such as "3 items match, 1 author, need 2"."""

    pillar: NamedRefDTO
    items: int
    authors: int
    needed_authors: int
    opportunities: int
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GenerationJobDTO:
    """A generation job as a client follows it. `percent` is 0 to 100 and never goes back."""

    id: UUID
    brand_id: UUID
    status: JobStatus
    stage: JobStage
    percent: int
    attempts: int
    max_attempts: int
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    deadline_at: datetime
    cancel_requested_at: datetime | None
    error_code: GenerationErrorCode | None


@dataclass(frozen=True, kw_only=True, slots=True)
class TodayBoardMetaDTO:
    """Facts about a board. `channel_mix` counts ideas by primary channel; `timings_ms` is by stage."""

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
    """What Today shows for one brand, in exactly one state.

    `as_of` is the moment the answer describes: a stored board's own moment, otherwise the time of reading.
    `counted` has posts that only scores and claims name, where they were read along.

    Raises:
        ValueError: the parts contradict the state (see `invariant_violation`).
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


@dataclass(frozen=True, kw_only=True, slots=True)
class RegenerateResponseDTO:
    """The answer to "make a new board": the brand's one active job, and whether this request created it."""

    job: GenerationJobDTO
    created: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelJobResponseDTO:
    """The answer to "end this job": the job as it is now, and whether there was anything left to end."""

    job: GenerationJobDTO
    accepted: bool


def invariant_violation(meta: TodayBoardMetaDTO, *, opportunities: int) -> str | None:
    """Which rule a board in this shape breaks, as a sentence, or None.

    A ready board without opportunities has a known reason; only ready boards have one; only a ready board, or
    the previous one shown while generating, has opportunities.
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
