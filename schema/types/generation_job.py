from datetime import datetime
from typing import Self
from uuid import UUID

import strawberry

from kairo.hero.dto import GenerationJobDTO
from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus
from kairo.hero.services import job_service
from schema.context import Info
from schema.ids import global_id
from schema.types.brand import Brand
from schema.types.connection import Connection
from schema.types.node import Node


@strawberry.type(description="Why a job failed for good, and what can be done about it.")
class GenerationJobError:
    code: GenerationErrorCode = strawberry.field(description="The reason for a program.")
    remediation: str = strawberry.field(description="What a person can do about it.")
    retry_helps: bool = strawberry.field(description="Whether asking for another board may go better.")


@strawberry.type(description="One request to make a board, as a client follows it.")
class GenerationJob(Node):
    brand_key: strawberry.Private[UUID]
    status: JobStatus = strawberry.field(description="Where it is in its life.")
    stage: JobStage = strawberry.field(description="What it is doing, or did last.")
    percent: int = strawberry.field(description="How far it is, 0 to 100; it never goes back.")
    attempts: int = strawberry.field(description="Attempts begun so far.")
    max_attempts: int = strawberry.field(description="Attempts it has in all.")
    queued_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When its first attempt began.")
    finished_at: datetime | None = strawberry.field(description="When it ended, one way or the other.")
    deadline_at: datetime = strawberry.field(description="The board is never shown as generating after this moment.")
    cancel_requested_at: datetime | None = strawberry.field(description="When its cancellation was requested.")
    poll_after_ms: int | None = strawberry.field(
        description="How long to wait before asking again, in milliseconds; null once it has ended."
    )
    error_code: GenerationErrorCode | None = strawberry.field(description="Why it failed for good.")
    error: GenerationJobError | None = strawberry.field(
        description="Why it failed for good, and what can be done about it."
    )

    @strawberry.field(description="The brand it makes a board for.")
    def brand(self, info: Info) -> Brand:
        return Brand.from_row(info.context.brands.get(self.brand_key))

    @classmethod
    def from_dto(cls, dto: GenerationJobDTO) -> Self:
        return cls(
            id=global_id("GenerationJob", dto.id),
            brand_key=dto.brand_id,
            status=dto.status,
            stage=dto.stage,
            percent=dto.percent,
            attempts=dto.attempts,
            max_attempts=dto.max_attempts,
            queued_at=dto.queued_at,
            started_at=dto.started_at,
            finished_at=dto.finished_at,
            deadline_at=dto.deadline_at,
            cancel_requested_at=dto.cancel_requested_at,
            poll_after_ms=_POLL_AFTER_MS.get(dto.status),
            error_code=dto.error_code,
            error=_error(dto.error_code) if dto.error_code else None,
        )


@strawberry.type(description="A page of a brand's generation jobs, newest first.")
class GenerationJobConnection(Connection[GenerationJob]):
    noun = "job"


_POLL_AFTER_MS = {JobStatus.PENDING: 1000, JobStatus.RUNNING: 500}


def _error(code: GenerationErrorCode) -> GenerationJobError:
    return GenerationJobError(
        code=code, remediation=job_service.remediation_of(code), retry_helps=job_service.retry_helps(code)
    )
