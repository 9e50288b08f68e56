from collections.abc import Iterable
from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from kairo.core.enums import Channel, CreatedVia, OpportunityType
from kairo.hero.dto import AnglePartDTO, ClaimDTO, OpportunityDTO, ScorePartDTO, TodayBoardDTO
from kairo.hero.enums import AnglePartKind, ScorePartName
from kairo.hero.services.opportunity_service import OpportunityWithBrand
from schema.field_metadata import IN_MEMORY
from schema.ids import global_id
from schema.types.connection import Connection
from schema.types.content_pillar import ContentPillar
from schema.types.evidence_item import EvidenceItem
from schema.types.named_evidence import NamedEvidence
from schema.types.node import Node
from schema.types.opportunity_change import OpportunityChange
from schema.types.opportunity_decision import OpportunityDecision
from schema.types.persona import Persona


@strawberry.type(description="One line of a score's receipt. The points of the four parts add up to the score.")
class ScorePart:
    part: ScorePartName = strawberry.field(description="Which part.")
    points: int = strawberry.field(description="The points given, 0 to `max`.")
    max: int = strawberry.field(description="The most points this part can give.")
    rule: str = strawberry.field(description="How the points came about, as a short formula.")
    sentence: str = strawberry.field(description="Why these points, for a person.")
    evidence_ids: strawberry.Private[tuple[UUID, ...]]
    posts: strawberry.Private[NamedEvidence]

    @strawberry.field(description="The posts the points were given for.", metadata=IN_MEMORY)
    def evidence(self) -> list[EvidenceItem]:
        return self.posts.items(self.evidence_ids)

    @classmethod
    def from_dto(cls, dto: ScorePartDTO, *, posts: NamedEvidence) -> Self:
        return cls(
            part=dto.part,
            points=dto.points,
            max=dto.max,
            rule=dto.rule,
            sentence=dto.sentence,
            evidence_ids=dto.evidence_ids,
            posts=posts,
        )


@strawberry.type(description="A number said about evidence, and how to count it again.")
class Claim:
    text: str = strawberry.field(description="What is said.")
    metric: str = strawberry.field(description="What is counted, by name.")
    value: str = strawberry.field(description="The number, as it is said.")
    window: str = strawberry.field(description="The time it covers: an ISO 8601 interval; empty for any time.")
    phrase: str | None = strawberry.field(
        description=(
            "The topic that each of its posts says, in one of its spellings or inflections; null for a claim about a "
            "competitor's posts, a campaign or the window as a whole, and on boards made before there was this field."
        )
    )
    evidence_ids: strawberry.Private[tuple[UUID, ...]]
    posts: strawberry.Private[NamedEvidence]

    @strawberry.field(description="The posts it is counted from.", metadata=IN_MEMORY)
    def evidence(self) -> list[EvidenceItem]:
        return self.posts.items(self.evidence_ids)

    @classmethod
    def from_dto(cls, dto: ClaimDTO, *, posts: NamedEvidence) -> Self:
        return cls(
            text=dto.text,
            metric=dto.metric,
            value=dto.value,
            window=dto.window,
            phrase=dto.phrase or None,
            evidence_ids=dto.evidence_ids,
            posts=posts,
        )


@strawberry.type(description="A part of an angle: a text made of a fact, and the posts that show the fact.")
class AnglePart:
    kind: AnglePartKind = strawberry.field(description="What kind of fact it tells.")
    text: str = strawberry.field(description="The text.")
    evidence_ids: strawberry.Private[tuple[UUID, ...]]
    posts: strawberry.Private[NamedEvidence]

    @strawberry.field(description="The posts that show the fact.", metadata=IN_MEMORY)
    def evidence(self) -> list[EvidenceItem]:
        return self.posts.items(self.evidence_ids)

    @classmethod
    def from_dto(cls, dto: AnglePartDTO, *, posts: NamedEvidence) -> Self:
        return cls(kind=dto.kind, text=dto.text, evidence_ids=dto.evidence_ids, posts=posts)


@strawberry.type(description="One concrete content idea, grounded in at least one post that anyone can open.")
class Opportunity(Node):
    title: str = strawberry.field(description="The idea in one line.")
    angle: str = strawberry.field(description="How to tell it.")
    angle_parts: list[AnglePart] = strawberry.field(
        description=(
            "The parts that the angle is made of, in order; empty where the engine gave none, and on boards made "
            "before there was this field."
        )
    )
    why_now: str = strawberry.field(description="Why now, with a number, a date or a post to hold on to.")
    type: OpportunityType = strawberry.field(description="Why it is worth publishing.")
    primary_channel: Channel = strawberry.field(description="Where to publish it first.")
    suggested_channels: list[Channel] = strawberry.field(description="Where else it fits.")
    score: int = strawberry.field(description="0 to 100. Below 65 is weak, from 65 strong.")
    score_parts: list[ScorePart] = strawberry.field(description="The score's receipt.")
    claims: list[Claim] = strawberry.field(description="The numbers said in its texts.")
    persona: Persona | None = strawberry.field(description="Whom it is for.")
    pillar: ContentPillar | None = strawberry.field(description="The theme it belongs to.")
    created_at: datetime | None = strawberry.field(description="When the idea first came up.")
    created_via: CreatedVia = strawberry.field(description="How it came to be.")
    evidence: list[EvidenceItem] = strawberry.field(description="The posts it is grounded in.")
    change: OpportunityChange | None = strawberry.field(
        description="How it stands against the brand's previous ready board; null without one, and off boards."
    )
    decision: OpportunityDecision | None = strawberry.field(
        description="What a person decided about it; null while nothing stands, and on boards of the past."
    )

    @classmethod
    def from_dto(cls, dto: OpportunityDTO, *, brand_key: UUID, posts: NamedEvidence) -> Self:
        return cls(
            id=global_id("Opportunity", dto.id),
            title=dto.title,
            angle=dto.angle,
            angle_parts=[AnglePart.from_dto(part, posts=posts) for part in dto.angle_parts],
            why_now=dto.why_now,
            type=dto.type,
            primary_channel=dto.primary_channel,
            suggested_channels=list(dto.suggested_channels),
            score=dto.score,
            score_parts=[ScorePart.from_dto(part, posts=posts) for part in dto.score_parts],
            claims=[Claim.from_dto(claim, posts=posts) for claim in dto.claims],
            persona=Persona.from_ref(dto.persona, brand_key=brand_key) if dto.persona else None,
            pillar=ContentPillar.from_ref(dto.pillar, brand_key=brand_key) if dto.pillar else None,
            created_at=dto.created_at,
            created_via=dto.created_via,
            evidence=posts.items(dto.evidence_ids),
            change=OpportunityChange.from_dto(dto.change, brand_key=brand_key) if dto.change else None,
            decision=OpportunityDecision.from_dto(dto.decision) if dto.decision else None,
        )


@strawberry.type(description="A page of a brand's ideas, as they are now.")
class OpportunityConnection(Connection[Opportunity]):
    noun = "idea"


def opportunities_of(board: TodayBoardDTO, *, posts: NamedEvidence) -> list[Opportunity]:
    """The board's opportunities, best first."""
    return [Opportunity.from_dto(dto, brand_key=board.brand.id, posts=posts) for dto in board.opportunities]


def current_opportunities(rows: Iterable[OpportunityWithBrand]) -> list[Opportunity]:
    """The opportunities as they are stored now. They share one NamedEvidence, so that their posts are read together."""
    rows = list(rows)
    posts = NamedEvidence(
        (row.opportunity for row in rows), brand_keys={row.brand_id for row in rows}, holder="An opportunity"
    )
    return [Opportunity.from_dto(row.opportunity, brand_key=row.brand_id, posts=posts) for row in rows]
