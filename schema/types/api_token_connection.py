from typing import Self

import strawberry

from kairo.core.models import ApiToken as Row
from kairo.core.paging import Page
from schema.types.api_token import ApiToken
from schema.types.page import PageInfo


@strawberry.type(description="One token of a page.")
class ApiTokenEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: ApiToken = strawberry.field(description="The token.")


@strawberry.type(description="A page of the tenant's tokens, newest first.")
class ApiTokenConnection:
    edges: list[ApiTokenEdge] = strawberry.field(description="The tokens with their cursors.")
    nodes: list[ApiToken] = strawberry.field(description="The tokens without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[Row], *, after: str | None) -> Self:
        edges = [ApiTokenEdge(cursor=cursor, node=ApiToken.from_row(row)) for cursor, row in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))
