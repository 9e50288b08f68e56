from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.enums import Platform
from kairo.core.models import Brand
from kairo.core.models.record import Record
from kairo.evidence.enums import IngestionErrorCode, SourceKind, SourceRunStatus
from kairo.evidence.models.ingestion_job import IngestionJob

_OPEN = models.Q(status__in=SourceRunStatus.open())


class SourceRun(Record):
    """One stage of a connection in a job. The row is unique, so a job pays for at most one external run per stage.

    The row exists before the run is started, and stores `run_id` before the job waits. It copies what it reads from the
    connection, which may change or be deleted.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="source_runs")
    job = models.ForeignKey(IngestionJob, on_delete=models.CASCADE, related_name="runs")
    # No foreign key: a connection may be deleted while it is read.
    connection_id = models.UUIDField()
    source = models.CharField(max_length=40)
    platform = models.CharField(max_length=16, choices=Platform.choices)
    kind = models.CharField(max_length=16, choices=SourceKind.choices)
    identifier = models.CharField(max_length=500)
    stage = models.CharField(max_length=40)
    status = models.CharField(max_length=16, choices=SourceRunStatus.choices, default=SourceRunStatus.STARTING)
    run_id = models.CharField(max_length=100, blank=True, default="", db_default="")
    dataset_id = models.CharField(max_length=100, blank=True, default="", db_default="")
    # US dollars; null while unknown.
    estimated_usd = models.DecimalField(max_digits=12, decimal_places=6, default=0, db_default=0)
    actual_usd = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    items = models.PositiveIntegerField(default=0, db_default=0)
    created = models.PositiveIntegerField(default=0, db_default=0)
    updated = models.PositiveIntegerField(default=0, db_default=0)
    unchanged = models.PositiveIntegerField(default=0, db_default=0)
    duplicates = models.PositiveIntegerField(default=0, db_default=0)
    rejected = models.PositiveIntegerField(default=0, db_default=0)
    # Number of rejected items by error code.
    rejections = models.JSONField(default=dict, db_default={})
    # The followups of the next stage.
    leads = ArrayField(models.TextField(), default=list, db_default=[])
    # When the orphaned run was last polled.
    checked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=32, choices=IngestionErrorCode.choices, null=True, blank=True)
    error_detail = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "connection_id", "stage"], name="source_run_once_a_job"),
            models.UniqueConstraint(
                fields=["source", "run_id"], condition=~models.Q(run_id=""), name="source_run_run_id_unique"
            ),
            models.CheckConstraint(condition=models.Q(platform__in=Platform.values), name="source_run_platform_known"),
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_run_kind_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=SourceRunStatus.values), name="source_run_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(error_code__isnull=True) | models.Q(error_code__in=IngestionErrorCode.values),
                name="source_run_error_code_known",
            ),
            models.CheckConstraint(
                condition=(_OPEN & models.Q(finished_at__isnull=True)) | (~_OPEN & models.Q(finished_at__isnull=False)),
                name="source_run_finished_iff_finished_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SourceRunStatus.FAILED) | models.Q(error_code__isnull=False),
                name="source_run_failed_has_error_code",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SourceRunStatus.RUNNING) | ~models.Q(run_id=""),
                name="source_run_running_has_run_id",
            ),
            models.CheckConstraint(
                condition=models.Q(estimated_usd__gte=0)
                & (models.Q(actual_usd__isnull=True) | models.Q(actual_usd__gte=0)),
                name="source_run_cost_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["brand", "-created_at", "-id"], name="source_run_brand_newest"),
            models.Index(fields=["checked_at"], condition=_OPEN, name="source_run_open"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.stage} {self.identifier} ({self.status})"
