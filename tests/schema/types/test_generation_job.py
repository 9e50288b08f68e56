from __future__ import annotations

from dataclasses import replace

import pytest

from kairo.hero.dto import GenerationJobDTO
from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus
from schema.ids import global_id
from schema.types.generation_job import GenerationJob
from tests.hero.builders import AS_OF, an_id

DTO = GenerationJobDTO(
    id=an_id("job"),
    brand_id=an_id("brand"),
    status=JobStatus.PENDING,
    stage=JobStage.QUEUED,
    percent=0,
    attempts=0,
    max_attempts=3,
    queued_at=AS_OF,
    started_at=None,
    finished_at=None,
    deadline_at=AS_OF,
    cancel_requested_at=None,
    error_code=None,
)


@pytest.mark.parametrize("status", JobStatus)
def test_poll_after_is_null_once_the_job_has_ended(status: JobStatus) -> None:
    job = GenerationJob.from_dto(replace(DTO, status=status))
    assert (job.poll_after_ms is not None) == (status in JobStatus.active())
    assert job.id == global_id("GenerationJob", DTO.id)


@pytest.mark.parametrize("code", GenerationErrorCode)
def test_error_has_a_remediation_for_every_code(code: GenerationErrorCode) -> None:
    job = GenerationJob.from_dto(replace(DTO, status=JobStatus.FAILED, error_code=code))
    assert job.error is not None
    assert (job.error_code, job.error.code) == (code, code)
    assert job.error.remediation


def test_error_is_null_without_an_error_code() -> None:
    assert GenerationJob.from_dto(DTO).error is None
