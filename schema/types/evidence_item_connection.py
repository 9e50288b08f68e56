from typing import Self

import strawberry

from kairo.core.paging import Page
from kairo.hero.dto import EvidencePreviewDTO
from schema.types.evidence_item import EvidenceItem
from schema.types.page import PageInfo


@strawberry.type(description="One post of a page.")
class EvidenceItemEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: EvidenceItem = strawberry.field(description="The post.")


@strawberry.type(description="A page of a brand's posts, newest published first, those without a date last.")
class EvidenceItemConnection:
    edges: list[EvidenceItemEdge] = strawberry.field(description="The posts with their cursors.")
    nodes: list[EvidenceItem] = strawberry.field(description="The posts without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[EvidencePreviewDTO], *, after: str | None) -> Self:
        edges = [EvidenceItemEdge(cursor=cursor, node=EvidenceItem.from_dto(dto)) for cursor, dto in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))
