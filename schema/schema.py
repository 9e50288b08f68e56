from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from schema import errors
from schema.documents import ValidatedDocuments
from schema.mutations.ingest_evidence import EvidenceRejectedHandler
from schema.mutations.mutation import Mutation
from schema.queries.query import Query
from schema.types.connection import describe_connections
from schema.types.problem import ConflictHandler, InvalidHandler, NotFoundHandler
from schema.types.scalars import SCALARS
from schema.types.today_board import STATES


class Schema(strawberry.Schema):
    """Kairo's schema. Errors are logged here, once a request, before anything is masked."""

    def process_errors(self, errors_: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        errors.log_errors(errors_)


schema = Schema(
    query=Query,
    mutation=Mutation,
    types=STATES,
    extensions=[ValidatedDocuments],
    exception_handlers=[NotFoundHandler(), InvalidHandler(), ConflictHandler(), EvidenceRejectedHandler()],
    # Not sort_schema: it executes on a sorted copy whose unions and enum inputs no longer know their Python types.
    # The printed schema has its types in alphabetical order all the same, and fields as they are declared.
    config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
)
# Strawberry has no place for it.
schema._schema.description = "Kairo: what a brand's content team could publish next, grounded in posts that exist."
describe_connections(schema._schema)
