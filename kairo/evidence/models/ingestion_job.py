from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.core.models.record import Record
from kairo.evidence.enums import IngestionErrorCode, IngestionStage, IngestionStatus

_RUNNING = models.Q(status=IngestionStatus.RUNNING)
_ACTIVE = models.Q(status__in=IngestionStatus.active())


class IngestionJob(Record):
    """One durable request to read a brand's sources. Postgres is the queue: this row is the truth.

    Only `kairo.evidence.jobs` changes a job's state, and every time in it is the database's clock. It is pending, too,
    while a run elsewhere is waited for: then `available_at` is when to ask how that stands.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="ingestion_jobs")
    status = models.CharField(
        max_length=16,
        choices=IngestionStatus.choices,
        default=IngestionStatus.PENDING,
        db_default=IngestionStatus.PENDING,
    )
    trigger = models.CharField(max_length=16, choices=JobTrigger.choices)
    # What is read, in this order.
    connection_ids = ArrayField(models.UUIDField())
    stop_when_enough = models.BooleanField(default=True, db_default=True)
    stopped_early = models.BooleanField(default=False, db_default=False)
    # A job of an upper floor that waits for this one's end.
    awaited_by = models.UUIDField(null=True, blank=True)
    stage = models.CharField(
        max_length=16, choices=IngestionStage.choices, default=IngestionStage.QUEUED, db_default=IngestionStage.QUEUED
    )
    percent = models.PositiveSmallIntegerField(default=0, db_default=0)
    available_at = models.DateTimeField(db_default=Now())
    deadline_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3, db_default=3)
    # Attempts that ended with the worker gone rather than with an answer.
    death_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    # When the wake-up message was last handed to the broker; null means it still has to be.
    dispatched_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=32, choices=IngestionErrorCode.choices, null=True, blank=True)
    error_detail = models.TextField(blank=True, default="", db_default="")
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    idempotency_key = models.CharField(max_length=200, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand"], condition=_ACTIVE, name="ingestion_one_active_per_brand"),
            models.UniqueConstraint(fields=["brand", "idempotency_key"], name="ingestion_idempotency_key_unique"),
            models.CheckConstraint(
                condition=models.Q(status__in=IngestionStatus.values), name="ingestion_status_known"
            ),
            models.CheckConstraint(condition=models.Q(trigger__in=JobTrigger.values), name="ingestion_trigger_known"),
            models.CheckConstraint(condition=models.Q(stage__in=IngestionStage.values), name="ingestion_stage_known"),
            models.CheckConstraint(
                condition=models.Q(error_code__isnull=True) | models.Q(error_code__in=IngestionErrorCode.values),
                name="ingestion_error_code_known",
            ),
            models.CheckConstraint(
                condition=(
                    _RUNNING
                    & models.Q(lease_token__isnull=False, lease_expires_at__isnull=False, started_at__isnull=False)
                )
                | (~_RUNNING & models.Q(lease_token__isnull=True, lease_expires_at__isnull=True)),
                name="ingestion_running_iff_leased",
            ),
            models.CheckConstraint(
                condition=(_ACTIVE & models.Q(finished_at__isnull=True))
                | (~_ACTIVE & models.Q(finished_at__isnull=False)),
                name="ingestion_finished_iff_finished_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=IngestionStatus.FAILED) | models.Q(error_code__isnull=False),
                name="ingestion_failed_has_error_code",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="ingestion_percent_in_range"),
        ]
        indexes = [
            models.Index(
                fields=["available_at", "id"],
                condition=models.Q(status=IngestionStatus.PENDING),
                name="ingestion_pending_due",
            ),
            models.Index(fields=["lease_expires_at"], condition=_RUNNING, name="ingestion_running_lease"),
            models.Index(fields=["brand", "-created_at", "-id"], name="ingestion_brand_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.id} ({self.status})"
