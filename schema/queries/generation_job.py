from typing import Annotated

import strawberry

from kairo.hero.services import job_service
from schema.context import Info
from schema.ids import key_of
from schema.types.generation_job import GenerationJob, GenerationJobConnection

_PAGE = 20


@strawberry.type
class GenerationJobQuery:
    @strawberry.field(description="One generation job, to follow it until it ends.")
    def generation_job(
        self,
        info: Info,
        job_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The job's id.")],
    ) -> GenerationJob | None:
        key = key_of(job_id, "GenerationJob")
        return GenerationJob.from_dto(job_service.get_generation_job(caller=info.context.caller, job_id=key))

    @strawberry.field(description="A brand's generation jobs, newest first.")
    def generation_jobs(
        self,
        info: Info,
        brand_id: Annotated[strawberry.ID, strawberry.argument(description="The brand's id.")],
        first: Annotated[int, strawberry.argument(description="How many at most, 1 to 100.")] = _PAGE,
        after: Annotated[
            str | None, strawberry.argument(description="The cursor after which to go on; null for the newest.")
        ] = None,
    ) -> GenerationJobConnection:
        page = job_service.list_generation_jobs(
            caller=info.context.caller, brand_id=key_of(brand_id, "Brand"), first=first, after=after
        )
        return GenerationJobConnection.of(page.map(lambda jobs: map(GenerationJob.from_dto, jobs)), after=after)
