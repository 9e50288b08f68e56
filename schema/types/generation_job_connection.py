from typing import Self

import strawberry

from kairo.core.paging import Page
from kairo.hero.dto import GenerationJobDTO
from schema.types.generation_job import GenerationJob
from schema.types.page import PageInfo


@strawberry.type(description="One job of a page.")
class GenerationJobEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: GenerationJob = strawberry.field(description="The job.")


@strawberry.type(description="A page of a brand's generation jobs, newest first.")
class GenerationJobConnection:
    edges: list[GenerationJobEdge] = strawberry.field(description="The jobs with their cursors.")
    nodes: list[GenerationJob] = strawberry.field(description="The jobs without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[GenerationJobDTO], *, after: str | None) -> Self:
        edges = [GenerationJobEdge(cursor=cursor, node=GenerationJob.from_dto(dto)) for cursor, dto in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))
