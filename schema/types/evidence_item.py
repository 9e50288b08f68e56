from datetime import datetime
from typing import Self

import strawberry

from kairo.core.enums import Platform
from kairo.hero.dto import EvidencePreviewDTO, MetricsDTO
from schema.ids import global_id
from schema.types.connection import Connection
from schema.types.node import Node
from schema.types.scalars import Long


@strawberry.type(description="How a post did when it was stored. Null means unknown, never zero.")
class EvidenceMetrics:
    views: Long | None = strawberry.field(description="Views or plays.")
    likes: Long | None = strawberry.field(description="Likes or reactions.")
    comments: Long | None = strawberry.field(description="Comments or replies.")
    shares: Long | None = strawberry.field(description="Shares or reposts.")

    @classmethod
    def from_dto(cls, dto: MetricsDTO) -> Self:
        return cls(
            views=_long(dto.views), likes=_long(dto.likes), comments=_long(dto.comments), shares=_long(dto.shares)
        )


@strawberry.type(description="One stored post: what an idea is grounded in.")
class EvidenceItem(Node):
    platform: Platform = strawberry.field(description="Where it was published.")
    url: str = strawberry.field(description="Its address, to open and check; empty where the platform gave none.")
    author: str = strawberry.field(description="Who published it, as the platform names them; may be empty.")
    snippet: str = strawberry.field(description="The beginning of its text on one line, at most 200 characters.")
    has_transcript: bool = strawberry.field(description="Whether what is said in it is stored as text.")
    published_at: datetime | None = strawberry.field(description="When it was published; null if unknown.")
    metrics: EvidenceMetrics = strawberry.field(description="How it did when it was stored.")

    @classmethod
    def from_dto(cls, dto: EvidencePreviewDTO) -> Self:
        return cls(
            id=global_id("EvidenceItem", dto.id),
            platform=dto.platform,
            url=dto.url,
            author=dto.author,
            snippet=dto.snippet,
            has_transcript=dto.has_transcript,
            published_at=dto.published_at,
            metrics=EvidenceMetrics.from_dto(dto.metrics),
        )


@strawberry.type(description="A page of a brand's posts, newest published first, those without a date last.")
class EvidenceItemConnection(Connection[EvidenceItem]):
    noun = "post"


def _long(value: int | None) -> Long | None:
    return None if value is None else Long(value)
