"""Generation jobs, and the results of the requests that create and cancel them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class GenerationJobDTO:
    """A generation job as clients see it. `percent` is 0 to 100 and never decreases."""

    id: UUID
    brand_id: UUID
    status: JobStatus
    stage: JobStage
    percent: int
    attempts: int
    max_attempts: int
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    deadline_at: datetime
    cancel_requested_at: datetime | None
    error_code: GenerationErrorCode | None


@dataclass(frozen=True, kw_only=True, slots=True)
class RegenerateResponseDTO:
    """The result of a regenerate request: the brand's one active job, and whether this request created it."""

    job: GenerationJobDTO
    created: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelJobResponseDTO:
    """The result of a cancel request: the job after it, and whether the job was still active."""

    job: GenerationJobDTO
    accepted: bool
