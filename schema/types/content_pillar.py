from typing import Self
from uuid import UUID

import strawberry

from kairo.core.errors import NotFound
from kairo.core.models import ContentPillar as Row
from kairo.hero.dto import NamedRefDTO
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A theme a brand publishes on.")
class ContentPillar(Node):
    key: strawberry.Private[UUID]
    brand_key: strawberry.Private[UUID]
    known: strawberry.Private[Row | None] = None
    name: str = strawberry.field(description="Its name.")

    @strawberry.field(description="What belongs to it; may be empty.")
    def description(self, info: Info) -> str:
        return self._row(info).description

    @strawberry.field(description="Words by which evidence is matched to it.")
    def keywords(self, info: Info) -> list[str]:
        return self._row(info).keywords

    @strawberry.field(description="Its place among the brand's pillars; the lowest is the most important.")
    def rank(self, info: Info) -> int:
        return self._row(info).rank

    @strawberry.field(description="Whether new boards use it.")
    def is_active(self, info: Info) -> bool:
        return self._row(info).is_active

    @classmethod
    def from_row(cls, row: Row) -> Self:
        id_ = global_id("ContentPillar", row.id)
        return cls(id=id_, key=row.id, brand_key=row.brand_id, known=row, name=row.name)

    @classmethod
    def from_ref(cls, ref: NamedRefDTO, *, brand_key: UUID) -> Self:
        return cls(id=global_id("ContentPillar", ref.id), key=ref.id, brand_key=brand_key, name=ref.name)

    def _row(self, info: Info) -> Row:
        """The pillar's current row, for the fields that a stored board does not contain.

        Raises:
            NotFound: the pillar was deleted after the board was made.
        """
        if self.known is None:
            rows = info.context.brands.with_part(self.brand_key, "pillars").pillars.all()
            self.known = next((row for row in rows if row.id == self.key), None)
        if self.known is None:
            raise NotFound(noun="ContentPillar")
        return self.known
