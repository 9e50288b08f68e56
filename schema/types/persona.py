from typing import Self
from uuid import UUID

import strawberry

from kairo.core.errors import NotFound
from kairo.core.models import Persona as Row
from kairo.hero.dto import NamedRefDTO
from schema.context import Info
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A target reader of a brand.")
class Persona(Node):
    key: strawberry.Private[UUID]
    brand_key: strawberry.Private[UUID]
    known: strawberry.Private[Row | None] = None
    name: str = strawberry.field(description="Its name.")

    @strawberry.field(description="What the reader does; may be empty.")
    def role(self, info: Info) -> str:
        return self._row(info).role

    @strawberry.field(description="The reader in a few sentences; may be empty.")
    def summary(self, info: Info) -> str:
        return self._row(info).summary

    @strawberry.field(description="What matters to the reader.")
    def priorities(self, info: Info) -> list[str]:
        return self._row(info).priorities

    @strawberry.field(description="What bothers the reader.")
    def pains(self, info: Info) -> list[str]:
        return self._row(info).pains

    @strawberry.field(description="Words by which evidence is matched to the reader.")
    def keywords(self, info: Info) -> list[str]:
        return self._row(info).keywords

    @classmethod
    def from_row(cls, row: Row) -> Self:
        id_ = global_id("Persona", row.id)
        return cls(id=id_, key=row.id, brand_key=row.brand_id, known=row, name=row.name)

    @classmethod
    def from_ref(cls, ref: NamedRefDTO, *, brand_key: UUID) -> Self:
        return cls(id=global_id("Persona", ref.id), key=ref.id, brand_key=brand_key, name=ref.name)

    def _row(self, info: Info) -> Row:
        """The persona's current row, for the fields that a stored board does not contain.

        Raises:
            NotFound: the persona was deleted after the board was made.
        """
        if self.known is None:
            rows = info.context.brands.with_part(self.brand_key, "personas").personas.all()
            self.known = next((row for row in rows if row.id == self.key), None)
        if self.known is None:
            raise NotFound(noun="Persona")
        return self.known
