from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, IngestionStatus
from kairo.jobs.job import (
    Job,
    JobEvent,
    JobKey,
    job_constraints,
    job_event_constraint,
    job_event_index,
    job_indexes,
    job_key_constraint,
)


class IngestionJob(Job):
    """One request to read a brand's sources.

    It is pending, too, while a run elsewhere is waited for: `available_at` is then when its state is polled next.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="ingestion_jobs")
    status = models.CharField(
        max_length=16,
        choices=IngestionStatus.choices,
        default=IngestionStatus.PENDING,
        db_default=IngestionStatus.PENDING,
    )
    trigger = models.CharField(max_length=16, choices=JobTrigger.choices)
    # Read in this order.
    connection_ids = ArrayField(models.UUIDField())
    stop_when_enough = models.BooleanField(default=True, db_default=True)
    stopped_early = models.BooleanField(default=False, db_default=False)
    # A job of an upper layer that waits for this one's end.
    parent_job_id = models.UUIDField(null=True, blank=True, db_column="awaited_by")
    stage = models.CharField(
        max_length=16, choices=IngestionStage.choices, default=IngestionStage.QUEUED, db_default=IngestionStage.QUEUED
    )
    deadline_at = models.DateTimeField()
    error_code = models.CharField(max_length=32, choices=IngestionErrorCode.choices, null=True, blank=True)

    class Meta:
        constraints = job_constraints(
            "ingestion",
            statuses=IngestionStatus.values,
            stages=IngestionStage.values,
            error_codes=IngestionErrorCode.values,
            leased_fields=("lease_token", "lease_expires_at", "started_at"),  # older releases write no locked_at
        )
        indexes = [
            *job_indexes("ingestion"),
            models.Index(fields=["brand", "-created_at", "-id"], name="ingestion_brand_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"


class IngestionJobEvent(JobEvent):
    """One step in an ingestion job's life."""

    job = models.ForeignKey(IngestionJob, on_delete=models.CASCADE, related_name="events", db_index=False)

    class Meta:
        constraints = [job_event_constraint("ingestion")]
        indexes = [job_event_index("ingestion")]


class IngestionJobKey(JobKey):
    """An idempotency key that was answered with another request's ingestion job."""

    job = models.ForeignKey(IngestionJob, on_delete=models.CASCADE, related_name="keys")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="+", db_index=False)

    class Meta:
        constraints = [job_key_constraint("ingestion")]
