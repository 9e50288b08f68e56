from typing import Annotated

import strawberry

from kairo.core.errors import Invalid
from kairo.evidence.services import evidence_refresh, ingestion_jobs
from kairo.evidence.services.source_connections import MAX_CONNECTIONS
from schema.context import Info
from schema.ids import key_of
from schema.mutations.idempotency_key import KEY_DESCRIPTION, checked_key
from schema.types.ingestion_job import IngestionJob
from schema.types.problem import ConflictProblem, InvalidInputProblem, NotFoundProblem


@strawberry.input(description="What to read for a brand now.")
class RefreshEvidenceInput:
    brand_id: strawberry.ID = strawberry.field(description="The brand's id.")
    connection_ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description=f"At most {MAX_CONNECTIONS} of its connections; null for all that are enabled."
    )
    stop_when_enough: bool = strawberry.field(
        default=True,
        description=(
            "Whether to leave further connections unread as soon as the evidence passes the gates of a board. Those "
            "that were not read for longest come first."
        ),
    )
    idempotency_key: str | None = strawberry.field(default=None, description=KEY_DESCRIPTION)


@strawberry.input(description="Which ingestion job to end.")
class CancelIngestionJobInput:
    job_id: strawberry.ID = strawberry.field(description="The job's id.")


@strawberry.interface(description="The brand's sources are read, by this job.")
class RefreshAccepted:
    job: IngestionJob = strawberry.field(description="The job to follow.")


@strawberry.type(description="A new job was started.")
class RefreshEvidenceSuccess(RefreshAccepted):
    pass


@strawberry.type(
    description=(
        "The job was there before: the brand's one active job, or the one that this idempotency key had started. "
        "Nothing new was started."
    )
)
class RefreshAlreadyRequested(RefreshAccepted):
    pass


@strawberry.type(description="The job ends. A run at a source is ended soon after; what was read by then stays.")
class IngestionJobCancelled:
    job: IngestionJob = strawberry.field(description="The job as it is now.")


@strawberry.type(description="The job had ended before; it stays as it is.")
class IngestionJobAlreadyFinished:
    job: IngestionJob = strawberry.field(description="The job as it is.")


RefreshEvidenceResult = Annotated[
    RefreshEvidenceSuccess | RefreshAlreadyRequested | NotFoundProblem | InvalidInputProblem | ConflictProblem,
    strawberry.union(
        "RefreshEvidenceResult", description="A job (`... on RefreshAccepted`) or a problem (`... on Problem`)."
    ),
]
CancelIngestionJobResult = Annotated[
    IngestionJobCancelled | IngestionJobAlreadyFinished | NotFoundProblem | InvalidInputProblem,
    strawberry.union("CancelIngestionJobResult", description="The job, or a problem (`... on Problem`)."),
]


@strawberry.type
class RefreshEvidenceMutation:
    @strawberry.mutation(
        description=(
            "Reads a brand's sources, which may cost money within the deployment's caps. A brand has one active job at "
            "most: while there is one, it is the answer."
        )
    )
    def refresh_evidence(
        self,
        info: Info,
        data: Annotated[RefreshEvidenceInput, strawberry.argument(name="input", description="What to read.")],
    ) -> RefreshEvidenceResult:
        if data.connection_ids is not None and len(data.connection_ids) > MAX_CONNECTIONS:
            raise Invalid(f"At most {MAX_CONNECTIONS} connections can be named.", field="connectionIds")
        job, created = evidence_refresh.refresh_evidence(
            caller=info.context.caller,
            brand_id=key_of(data.brand_id, "Brand"),
            connection_ids=None
            if data.connection_ids is None
            else [key_of(each, "EvidenceSource") for each in data.connection_ids],
            stop_when_enough=data.stop_when_enough,
            idempotency_key=checked_key(data.idempotency_key),
            request_id=info.context.request_id,
        )
        answer = RefreshEvidenceSuccess if created else RefreshAlreadyRequested
        return answer(job=IngestionJob.from_row(job))

    @strawberry.mutation(description="Asks an ingestion job to end. What came first counts: an ended job stays.")
    def cancel_ingestion_job(
        self,
        info: Info,
        data: Annotated[CancelIngestionJobInput, strawberry.argument(name="input", description="Which job.")],
    ) -> CancelIngestionJobResult:
        key = key_of(data.job_id, "IngestionJob")
        row, accepted = ingestion_jobs.cancel_ingestion_job(caller=info.context.caller, job_id=key)
        answer = IngestionJobCancelled if accepted else IngestionJobAlreadyFinished
        return answer(job=IngestionJob.from_row(row))
