from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from kairo.core.enums import Channel
from kairo.core.models import Brand as Row
from kairo.hero.boards import brand_snapshot
from kairo.hero.dto import BrandSnapshotDTO
from schema.context import Info
from schema.ids import global_id
from schema.types.campaign import Campaign
from schema.types.connection import Connection
from schema.types.content_pillar import ContentPillar
from schema.types.evidence_source import EvidenceSource
from schema.types.node import Node
from schema.types.persona import Persona
from schema.types.refresh_schedule import RefreshSchedule


@strawberry.type(description="A taboo with other words for it, which are refused alike.")
class TabooTerm:
    term: str = strawberry.field(description="The taboo.")
    synonyms: list[str] = strawberry.field(description="Other words for it; may be empty.")


@strawberry.type(description="A brand, and the context its ideas are matched against.")
class Brand(Node):
    key: strawberry.Private[UUID]
    slug: str = strawberry.field(description="Its short name for urls and commands, unique in the tenant.")
    name: str = strawberry.field(description="Its name.")
    positioning: str = strawberry.field(description="What the brand stands for, in its own words; may be empty.")
    tone_tags: list[str] = strawberry.field(description="How it sounds.")
    taboos: list[str] = strawberry.field(description="Words and subjects that no idea may touch.")
    taboo_terms: list[TabooTerm] = strawberry.field(
        description="The same taboos, in the same order, each with the other words for it that are refused alike."
    )
    channels: list[Channel] = strawberry.field(description="Where it publishes.")
    languages: list[str] = strawberry.field(description="The languages it publishes in, as BCP 47 tags.")
    handles: list[str] = strawberry.field(
        description="Its own accounts, without @. Posts by them are no evidence of demand."
    )
    product_names: list[str] = strawberry.field(
        description="Its products, by name. A post that names one speaks about the brand."
    )
    competitor_handles: list[str] = strawberry.field(description="Accounts of its competitors.")

    @strawberry.field(description="The themes it publishes on, most important first, inactive ones included.")
    def pillars(self, info: Info) -> list[ContentPillar]:
        rows = info.context.brands.with_part(self.key, "pillars").pillars.all()
        return [ContentPillar.from_row(row) for row in sorted(rows, key=lambda row: (row.rank, row.name))]

    @strawberry.field(description="Its target readers, by name.")
    def personas(self, info: Info) -> list[Persona]:
        rows = info.context.brands.with_part(self.key, "personas").personas.all()
        return [Persona.from_row(row) for row in sorted(rows, key=lambda row: row.name)]

    @strawberry.field(description="Its campaigns, past ones included, by first day.")
    def campaigns(self, info: Info) -> list[Campaign]:
        rows = info.context.brands.with_part(self.key, "campaigns").campaigns.all()
        return [Campaign.from_row(row) for row in sorted(rows, key=lambda row: (row.starts, row.name))]

    @strawberry.field(
        description="Since when it is archived; null while it is in use. Archived, it gets no new boards."
    )
    def archived_at(self, info: Info) -> datetime | None:
        return info.context.brands.get(self.key).archived_at

    @strawberry.field(description="When its board is made again by itself; null when only on request.")
    def refresh_schedule(self, info: Info) -> RefreshSchedule | None:
        brand = info.context.brands.with_part(self.key, "refresh_schedule")
        # Django raises RelatedObjectDoesNotExist, an AttributeError, for a brand without a schedule.
        row = getattr(brand, "refresh_schedule", None)
        return RefreshSchedule.from_row(row) if row else None

    @strawberry.field(description="What is read for it, by platform, kind and identifier; paused ones included.")
    def source_connections(self, info: Info) -> list[EvidenceSource]:
        rows = info.context.brands.with_part(self.key, "source_connections").source_connections.all()
        return [EvidenceSource.from_row(row) for row in sorted(rows, key=str)]

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls.from_dto(brand_snapshot.to_summary(row))

    @classmethod
    def from_dto(cls, dto: BrandSnapshotDTO) -> Self:
        synonyms = {taboo.term: taboo.synonyms for taboo in dto.taboo_terms}
        return cls(
            id=global_id("Brand", dto.id),
            key=dto.id,
            slug=dto.slug,
            name=dto.name,
            positioning=dto.positioning,
            tone_tags=list(dto.tone_tags),
            taboos=list(dto.taboos),
            taboo_terms=[TabooTerm(term=term, synonyms=list(synonyms.get(term, ()))) for term in dto.taboos],
            channels=list(dto.channels),
            languages=list(dto.languages),
            handles=list(dto.handles),
            product_names=list(dto.product_names),
            competitor_handles=list(dto.competitor_handles),
        )


@strawberry.type(description="A page of the tenant's brands.")
class BrandConnection(Connection[Brand]):
    noun = "brand"
