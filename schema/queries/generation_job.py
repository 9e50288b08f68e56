from __future__ import annotations

from typing import Annotated

import strawberry

from kairo.hero.services import today_service
from schema.context import Info
from schema.ids import key_of
from schema.types.generation_job import GenerationJob


@strawberry.type
class GenerationJobQuery:
    @strawberry.field(description="One generation job, to follow it until it ends.")
    def generation_job(
        self,
        info: Info,
        job_id: Annotated[strawberry.ID, strawberry.argument(name="id", description="The job's id.")],
    ) -> GenerationJob | None:
        key = key_of(job_id, "GenerationJob")
        return GenerationJob.from_dto(today_service.get_generation_job(caller=info.context.caller, job_id=key))
