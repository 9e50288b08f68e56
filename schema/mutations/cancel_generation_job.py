from typing import Annotated

import strawberry

from kairo.hero.services import job_service
from schema.context import Info
from schema.ids import key_of
from schema.types.generation_job import GenerationJob
from schema.types.problem import InvalidInputProblem, NotFoundProblem


@strawberry.input(description="Which job to end.")
class CancelGenerationJobInput:
    job_id: strawberry.ID = strawberry.field(description="The job's id.")


@strawberry.type(
    description=(
        "The job ends without a board, and the brand's last one shows again. A pending job has ended by now; a running "
        "one stops before it stores anything."
    )
)
class GenerationJobCancelled:
    job: GenerationJob = strawberry.field(description="The job as it is now.")


@strawberry.type(description="The job had ended before; it stays as it is.")
class GenerationJobAlreadyFinished:
    job: GenerationJob = strawberry.field(description="The job as it is.")


CancelGenerationJobResult = Annotated[
    GenerationJobCancelled | GenerationJobAlreadyFinished | NotFoundProblem | InvalidInputProblem,
    strawberry.union("CancelGenerationJobResult", description="The job, or a problem (`... on Problem`)."),
]


@strawberry.type
class CancelGenerationJobMutation:
    @strawberry.mutation(description="Asks a job to end without a board. What came first counts: an ended job stays.")
    def cancel_generation_job(
        self,
        info: Info,
        data: Annotated[CancelGenerationJobInput, strawberry.argument(name="input", description="Which job.")],
    ) -> CancelGenerationJobResult:
        key = key_of(data.job_id, "GenerationJob")
        response = job_service.cancel_generation_job(caller=info.context.caller, job_id=key)
        answer = GenerationJobCancelled if response.accepted else GenerationJobAlreadyFinished
        return answer(job=GenerationJob.from_dto(response.job))
