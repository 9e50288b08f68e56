from typing import Self

import strawberry

from kairo.core.paging import Page
from kairo.hero.dto import TodayBoardDTO
from schema.types.page import PageInfo
from schema.types.today_board import TodayBoard, today_board


@strawberry.type(description="One board of a page.")
class TodayBoardEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: TodayBoard = strawberry.field(description="The board.")


@strawberry.type(description="A page of a brand's stored boards, newest first.")
class TodayBoardConnection:
    edges: list[TodayBoardEdge] = strawberry.field(description="The boards with their cursors.")
    nodes: list[TodayBoard] = strawberry.field(description="The boards without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[TodayBoardDTO], *, after: str | None) -> Self:
        edges = [TodayBoardEdge(cursor=cursor, node=today_board(dto)) for cursor, dto in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))
