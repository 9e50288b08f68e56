from datetime import datetime
from typing import Self

import strawberry

from kairo.core.enums import TokenScope
from kairo.core.models import ApiToken as Row
from kairo.core.services.api_tokens import ordered_scopes
from schema.ids import global_id
from schema.types.connection import Connection
from schema.types.node import Node


@strawberry.type(description="A key to this API. Its secret was shown when it was made, and is not stored.")
class ApiToken(Node):
    name: str = strawberry.field(description="What it is for.")
    prefix: str = strawberry.field(description="The beginning of its secret, to tell it by.")
    scopes: list[TokenScope] = strawberry.field(description="What it may do.")
    created_at: datetime = strawberry.field(description="When it was made.")
    expires_at: datetime | None = strawberry.field(description="When it ends by itself; null if it does not.")
    revoked_at: datetime | None = strawberry.field(description="When it was revoked; null if it was not.")

    @classmethod
    def from_row(cls, row: Row) -> Self:
        return cls(
            id=global_id("ApiToken", row.id),
            name=row.name,
            prefix=row.prefix,
            scopes=ordered_scopes(row.scopes),
            created_at=row.created_at,
            expires_at=row.expires_at,
            revoked_at=row.revoked_at,
        )


@strawberry.type(description="A page of the tenant's tokens, newest first.")
class ApiTokenConnection(Connection[ApiToken]):
    noun = "token"
