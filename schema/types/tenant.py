from typing import Self

import strawberry

from kairo.core.models import Tenant as Row
from schema.ids import global_id
from schema.types.node import Node


@strawberry.type(description="A customer. Everything belongs to exactly one tenant, and nothing crosses.")
class Tenant(Node):
    slug: str = strawberry.field(description="Its short name, unique in this installation.")
    name: str = strawberry.field(description="Its name.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(id=global_id("Tenant", row.id), slug=row.slug, name=row.name)
