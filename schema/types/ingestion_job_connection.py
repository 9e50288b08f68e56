from typing import Self

import strawberry

from kairo.core.paging import Page
from kairo.evidence.models import IngestionJob as Row
from schema.types.ingestion_job import IngestionJob
from schema.types.page import PageInfo


@strawberry.type(description="One job of a page.")
class IngestionJobEdge:
    cursor: str = strawberry.field(description="Where it stands in the list.")
    node: IngestionJob = strawberry.field(description="The job.")


@strawberry.type(description="A page of a brand's ingestion jobs, newest first.")
class IngestionJobConnection:
    edges: list[IngestionJobEdge] = strawberry.field(description="The jobs with their cursors.")
    nodes: list[IngestionJob] = strawberry.field(description="The jobs without their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page stands.")

    @classmethod
    def of(cls, page: Page[Row], *, after: str | None) -> Self:
        edges = [IngestionJobEdge(cursor=cursor, node=IngestionJob.from_row(row)) for cursor, row in page.items]
        return cls(edges=edges, nodes=[edge.node for edge in edges], page_info=PageInfo.of(page, after=after))
