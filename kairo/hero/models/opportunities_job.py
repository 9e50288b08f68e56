from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.hero.dto import GenerationJobDTO
from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus
from kairo.jobs.job import Job, job_constraints, job_indexes


class OpportunitiesJob(Job):
    """One request to generate a board."""

    # Found by job_brand_newest: an index of its own would say the same again.
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="jobs", db_index=False)
    status = models.CharField(
        max_length=24, choices=JobStatus.choices, default=JobStatus.PENDING, db_default=JobStatus.PENDING
    )
    trigger = models.CharField(
        max_length=16, choices=JobTrigger.choices, default=JobTrigger.USER, db_default=JobTrigger.USER
    )
    stage = models.CharField(
        max_length=16, choices=JobStage.choices, default=JobStage.QUEUED, db_default=JobStage.QUEUED
    )
    deadline_at = models.DateTimeField(db_default=Now() + timedelta(minutes=10))
    error_code = models.CharField(
        max_length=32, choices=GenerationErrorCode.choices, null=True, blank=True, default=None
    )

    class Meta:
        constraints = job_constraints(
            "job", statuses=JobStatus.values, stages=JobStage.values, error_codes=GenerationErrorCode.values
        )
        indexes = [
            *job_indexes("job"),
            models.Index(fields=["brand", "-created_at"], name="job_brand_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"

    def to_dto(self) -> GenerationJobDTO:
        return GenerationJobDTO(
            id=self.id,
            brand_id=self.brand_id,
            status=JobStatus(self.status),
            stage=JobStage(self.stage),
            percent=self.percent,
            attempts=self.attempts,
            max_attempts=self.max_attempts,
            queued_at=self.created_at,
            started_at=self.started_at,
            finished_at=self.finished_at,
            deadline_at=self.deadline_at,
            cancel_requested_at=self.cancel_requested_at,
            error_code=GenerationErrorCode(self.error_code) if self.error_code else None,
        )
