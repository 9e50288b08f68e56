from datetime import date
from typing import Self

import strawberry

from kairo.core.models import Campaign as Row
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A campaign of a brand.")
class Campaign(Node):
    name: str = strawberry.field(description="Its name, unique in the brand.")
    starts: date = strawberry.field(description="Its first day.")
    ends: date = strawberry.field(description="Its last day, included.")
    keywords: list[str] = strawberry.field(description="Words by which evidence is matched to it.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(
            id=global_id("Campaign", row.id), name=row.name, starts=row.starts, ends=row.ends, keywords=row.keywords
        )
