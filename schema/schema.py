from __future__ import annotations

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.mutations.ingest_evidence import EvidenceRejectedHandler
from schema.mutations.mutation import Mutation
from schema.queries.query import Query
from schema.types.connection import describe_connections
from schema.types.problem import ConflictHandler, InvalidHandler, NotFoundHandler
from schema.types.scalars import SCALARS
from schema.types.today_board import STATES

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    types=STATES,
    exception_handlers=[NotFoundHandler(), InvalidHandler(), ConflictHandler(), EvidenceRejectedHandler()],
    # Not sort_schema: it executes on a sorted copy whose unions and enum inputs no longer know their Python types.
    # The printed schema has its types in alphabetical order all the same, and fields as they are declared.
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)
# Strawberry has no place for it.
schema._schema.description = "Kairo: what a brand's content team could publish next, grounded in posts that exist."
describe_connections(schema._schema)
