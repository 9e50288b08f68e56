from typing import Annotated

import strawberry

from kairo.evidence.services import ingestion_jobs
from schema.context import Info
from schema.ids import key_of
from schema.types.ingestion_job import IngestionJob, IngestionJobConnection

_PAGE = 20


@strawberry.type
class IngestionJobsQuery:
    @strawberry.field(description="One ingestion job with its readings, to follow it until it ends.")
    def ingestion_job(
        self,
        info: Info,
        job_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The job's id.")],
    ) -> IngestionJob | None:
        key = key_of(job_id, "IngestionJob")
        return IngestionJob.from_row(ingestion_jobs.get_ingestion_job(caller=info.context.caller, job_id=key))

    @strawberry.field(description="A brand's ingestion jobs with their readings, newest first.")
    def ingestion_jobs(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the newest.")
        ] = None,
    ) -> IngestionJobConnection:
        page = ingestion_jobs.list_ingestion_jobs(
            caller=info.context.caller, brand_id=key_of(brand_id, "Brand"), first=first, after=after
        )
        return IngestionJobConnection.of(page.map(lambda rows: map(IngestionJob.from_row, rows)), after=after)
