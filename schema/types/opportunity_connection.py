from typing import Self

import strawberry

from kairo.core.paging import Page
from kairo.hero.services.opportunity_service import OpportunityWithBrand
from schema.types.opportunity import Opportunity, living_opportunities
from schema.types.page import PageInfo


@strawberry.type(description="One idea of a page.")
class OpportunityEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: Opportunity = strawberry.field(description="The idea.")


@strawberry.type(description="A page of a brand's ideas, as they are now.")
class OpportunityConnection:
    edges: list[OpportunityEdge] = strawberry.field(description="The ideas with their cursors.")
    nodes: list[Opportunity] = strawberry.field(description="The ideas without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[OpportunityWithBrand], *, after: str | None) -> Self:
        nodes = living_opportunities(idea for _, idea in page.items)
        cursors = (cursor for cursor, _ in page.items)
        edges = [OpportunityEdge(cursor=cursor, node=node) for cursor, node in zip(cursors, nodes, strict=True)]
        return cls(edges=edges, nodes=nodes, page_info=PageInfo.of(page, after=after))
