from __future__ import annotations

import strawberry

from schema.queries.boards import BoardsQuery
from schema.queries.brands import BrandsQuery
from schema.queries.generation_job import GenerationJobQuery
from schema.queries.today_board import TodayBoardQuery


@strawberry.type(description="Everything that can be read.")
class Query(TodayBoardQuery, BoardsQuery, BrandsQuery, GenerationJobQuery):
    pass
