import strawberry

from schema.queries.boards import BoardsQuery
from schema.queries.brands import BrandsQuery
from schema.queries.evidence import EvidenceQuery
from schema.queries.generation_job import GenerationJobQuery
from schema.queries.ingestion_jobs import IngestionJobsQuery
from schema.queries.nodes import NodesQuery
from schema.queries.opportunities import OpportunitiesQuery
from schema.queries.today_board import TodayBoardQuery
from schema.queries.viewer import ViewerQuery


@strawberry.type(description="Everything that can be read.")
class Query(
    TodayBoardQuery,
    BoardsQuery,
    BrandsQuery,
    OpportunitiesQuery,
    EvidenceQuery,
    GenerationJobQuery,
    IngestionJobsQuery,
    NodesQuery,
    ViewerQuery,
):
    pass
