from typing import Annotated
from uuid import UUID

import strawberry

from kairo.core.services.access import Caller
from kairo.evidence.services import ingestion_jobs
from kairo.hero.services import regeneration, today_service
from schema.context import Info
from schema.ids import key_of
from schema.mutations.idempotency_key import KEY_DESCRIPTION, checked_key
from schema.types.generation_job import GenerationJob
from schema.types.ingestion_job import IngestionJob
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem, conflict_problem
from schema.types.today_board import TodayBoard, today_board


@strawberry.input(description="The brand whose board is generated again.")
class RegenerateTodayBoardInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)
    refresh_evidence: bool = strawberry.field(
        default=False,
        description=(
            "Whether to read the brand's source connections first, which may cost money within the deployment's caps. "
            "The board is made however that ends. While a board is being made already, nothing is read for it."
        ),
    )


@strawberry.interface(description="A board is being made, by this job.")
class GenerationAccepted:
    job: GenerationJob = strawberry.field(description="The job to follow.")
    ingestion_job: IngestionJob | None = strawberry.field(
        default=None,
        description=(
            "The job that reads the sources before, where that was asked for. If it fails, the board is made of the "
            "evidence that is stored."
        ),
    )
    evidence_problem: ConflictProblem | None = strawberry.field(
        default=None,
        description="Why nothing is read before, though that was asked for. The board is made all the same.",
    )

    @strawberry.field(description="The brand's board from now on.")
    def board(self, info: Info) -> TodayBoard | None:
        key = self.job.brand_key
        return today_board(today_service.get_today_board(caller=info.context.caller, brand_id=key))


@strawberry.type(description="A new job was started.")
class RegenerateTodayBoardSuccess(GenerationAccepted):
    pass


@strawberry.type(
    description=(
        "The job was there before: the brand's one active job, or the one that this idempotency key had started. "
        "Nothing new was started."
    )
)
class GenerationAlreadyRequested(GenerationAccepted):
    pass


RegenerateTodayBoardResult = Annotated[
    RegenerateTodayBoardSuccess | GenerationAlreadyRequested | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union(
        "RegenerateTodayBoardResult", description="A job (`... on GenerationAccepted`) or a problem (`... on Problem`)."
    ),
]


@strawberry.type
class RegenerateTodayBoardMutation:
    @strawberry.mutation(
        description="Asks for a new board. A brand has one active job at most: while there is one, it is the answer."
    )
    def regenerate_today_board(
        self,
        info: Info,
        data: Annotated[RegenerateTodayBoardInput, strawberry.argument(name="input", description="Which board.")],
    ) -> RegenerateTodayBoardResult:
        ask = regeneration.regenerate_with_fresh_evidence if data.refresh_evidence else _of_stored_evidence
        fresh = ask(
            caller=info.context.caller,
            brand_id=key_of(data.brand_id, "Brand"),
            idempotency_key=checked_key(data.idempotency_key),
            request_id=info.context.request_id,
        )
        answer = RegenerateTodayBoardSuccess if fresh.generation.created else GenerationAlreadyRequested
        return answer(
            job=GenerationJob.from_dto(fresh.generation.job),
            ingestion_job=_ingestion(info, fresh),
            evidence_problem=conflict_problem(fresh.refresh_conflict) if fresh.refresh_conflict else None,
        )


def _of_stored_evidence(
    *, caller: Caller, brand_id: UUID, idempotency_key: str | None, request_id: str
) -> regeneration.Regeneration:
    response = today_service.regenerate_today_board(
        caller=caller, brand_id=brand_id, idempotency_key=idempotency_key, request_id=request_id
    )
    return regeneration.Regeneration(generation=response)


def _ingestion(info: Info, fresh: regeneration.Regeneration) -> IngestionJob | None:
    if fresh.ingestion_id is None:
        return None
    row = ingestion_jobs.get_ingestion_job(caller=info.context.caller, job_id=fresh.ingestion_id)
    return IngestionJob.from_row(row)
