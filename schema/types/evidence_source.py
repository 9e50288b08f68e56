from datetime import datetime
from typing import Self

import strawberry

from kairo.core.enums import Platform
from kairo.evidence.enums import SourceKind
from kairo.evidence.models import SourceConnection as Row
from schema.ids import global_id
from schema.types.node import Node


# A source connection, but a type whose name ends so is a page of a list to Relay.
@strawberry.type(description="Something on a platform that is read for a brand: on request, or daily.")
class EvidenceSource(Node):
    platform: Platform = strawberry.field(description="Where it is.")
    kind: SourceKind = strawberry.field(description="What of the platform it is.")
    identifier: str = strawberry.field(
        description="Its name or address in one spelling, whatever was typed: of `@Nike`, `nike`."
    )
    enabled: bool = strawberry.field(description="Whether it is read; false while it is paused.")
    hour: int | None = strawberry.field(description="The hour at which it is read every day; null: on request.")
    time_zone: str = strawberry.field(description="The time zone of that hour, such as Europe/Lisbon.")
    spend_on_schedule: bool = strawberry.field(
        description="Whether reading it at its hour may cost money. Without, only what is free is read then."
    )
    last_read_at: datetime | None = strawberry.field(description="When it was last read.")
    created_at: datetime = strawberry.field(description="When it was made.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(
            id=global_id("EvidenceSource", row.id),
            platform=Platform(row.platform),
            kind=SourceKind(row.kind),
            identifier=row.identifier,
            enabled=row.enabled,
            hour=row.hour,
            time_zone=row.time_zone,
            spend_on_schedule=row.spend_on_schedule,
            last_read_at=row.last_read_at,
            created_at=row.created_at,
        )
