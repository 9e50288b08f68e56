from datetime import datetime
from typing import Self

import strawberry

from kairo.core.enums import Channel
from kairo.hero.dto import TodayBoardDTO
from kairo.hero.notes import NoteCode
from schema.types.content_pillar import ContentPillar
from schema.types.persona import Persona


@strawberry.type(description="How many of a board's ideas go to one channel first.")
class ChannelCount:
    channel: Channel = strawberry.field(description="The channel.")
    count: int = strawberry.field(description="Ideas whose primary channel it is.")


@strawberry.type(description="How long one stage of making a board took.")
class StageTiming:
    stage: str = strawberry.field(description="The stage, by name.")
    milliseconds: int = strawberry.field(description="Its duration.")


@strawberry.type(description="Facts about a board.")
class TodayBoardMeta:
    generated_at: datetime | None = strawberry.field(
        description="When the board shown was made; null if there is none."
    )
    opportunity_count: int = strawberry.field(description="How many ideas are shown.")
    channel_mix: list[ChannelCount] = strawberry.field(description="Ideas by primary channel, most first.")
    dominant_pillar: ContentPillar | None = strawberry.field(description="The pillar of most ideas.")
    dominant_persona: Persona | None = strawberry.field(description="The persona of most ideas.")
    cache_hit: bool = strawberry.field(description="Whether the stored snapshot of the board answered.")
    notes: list[str] = strawberry.field(
        description=(
            "Remarks on how the board was made: a code, a colon, and a sentence for a person. The codes are "
            f"{', '.join(NoteCode)}; more may come, and another engine's remarks may have none."
        )
    )
    timings: list[StageTiming] = strawberry.field(description="How long making the board took, by stage.")

    @classmethod
    def from_dto(cls, board: TodayBoardDTO) -> Self:
        meta, brand_key = board.meta, board.brand.id
        return cls(
            generated_at=meta.generated_at,
            opportunity_count=meta.opportunity_count,
            channel_mix=[ChannelCount(channel=channel, count=count) for channel, count in meta.channel_mix],
            dominant_pillar=(
                ContentPillar.from_ref(meta.dominant_pillar, brand_key=brand_key) if meta.dominant_pillar else None
            ),
            dominant_persona=(
                Persona.from_ref(meta.dominant_persona, brand_key=brand_key) if meta.dominant_persona else None
            ),
            cache_hit=meta.cache_hit,
            notes=list(meta.notes),
            timings=[StageTiming(stage=stage, milliseconds=ms) for stage, ms in meta.timings_ms],
        )
