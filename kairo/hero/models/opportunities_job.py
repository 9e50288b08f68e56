from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.core.models import Brand
from kairo.core.models.record import Record
from kairo.hero.dto import GenerationJobDTO
from kairo.hero.enums import GenerationErrorCode, JobStage, JobStatus

_RUNNING = models.Q(status=JobStatus.RUNNING)
_ACTIVE = models.Q(status__in=JobStatus.active())


class OpportunitiesJob(Record):
    """One durable request to generate a board. Postgres is the queue: this row is the truth.

    Only `kairo.hero.jobs` changes a job's state, and every time in it is the database's clock.
    """

    # Found by job_brand_newest: an index of its own would say the same again.
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="jobs", db_index=False)
    # The brand's, for taking turns and nothing else: what a caller may see is always asked through the brand.
    tenant_id = models.UUIDField(null=True, blank=True, editable=False)
    status = models.CharField(
        max_length=24, choices=JobStatus.choices, default=JobStatus.PENDING, db_default=JobStatus.PENDING
    )
    trigger = models.CharField(
        max_length=16, choices=JobTrigger.choices, default=JobTrigger.USER, db_default=JobTrigger.USER
    )
    # Higher goes first: a person is waiting for 10, nobody for 0.
    priority = models.SmallIntegerField(default=0, db_default=0)
    stage = models.CharField(
        max_length=16, choices=JobStage.choices, default=JobStage.QUEUED, db_default=JobStage.QUEUED
    )
    percent = models.PositiveSmallIntegerField(default=0, db_default=0)
    available_at = models.DateTimeField(db_default=Now())
    # Among equal priorities the earliest turn goes first. Each pending job of a tenant puts that tenant's next one
    # a little later, so that a thousand jobs of one tenant do not stand before another's single one.
    turn_at = models.DateTimeField(db_default=Now())
    deadline_at = models.DateTimeField(db_default=Now() + timedelta(minutes=10))
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3, db_default=3)
    # Attempts that ended with the worker gone rather than with an answer.
    death_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    locked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    # When a wake-up was last known to be with the broker, its own or enough of others'; null means it still has to be.
    dispatched_at = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(
        max_length=32, choices=GenerationErrorCode.choices, null=True, blank=True, default=None
    )
    error_detail = models.TextField(blank=True, default="", db_default="")
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    idempotency_key = models.CharField(max_length=200, null=True, blank=True, default=None)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand"], condition=_ACTIVE, name="job_one_active_per_brand"),
            models.UniqueConstraint(
                fields=["brand", "idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="job_idempotency_key_unique",
            ),
            models.CheckConstraint(condition=models.Q(status__in=JobStatus.values), name="job_status_known"),
            models.CheckConstraint(condition=models.Q(trigger__in=JobTrigger.values), name="job_trigger_known"),
            models.CheckConstraint(condition=models.Q(stage__in=JobStage.values), name="job_stage_known"),
            models.CheckConstraint(
                condition=models.Q(error_code__isnull=True) | models.Q(error_code__in=GenerationErrorCode.values),
                name="job_error_code_known",
            ),
            models.CheckConstraint(
                condition=(
                    _RUNNING
                    & models.Q(
                        lease_token__isnull=False,
                        lease_expires_at__isnull=False,
                        locked_at__isnull=False,
                        started_at__isnull=False,
                    )
                )
                | (~_RUNNING & models.Q(lease_token__isnull=True, lease_expires_at__isnull=True)),
                name="job_running_iff_leased",
            ),
            models.CheckConstraint(
                condition=(_ACTIVE & models.Q(finished_at__isnull=True))
                | (~_ACTIVE & models.Q(finished_at__isnull=False)),
                name="job_finished_iff_finished_at",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=JobStatus.FAILED) | models.Q(error_code__isnull=False),
                name="job_failed_has_error_code",
            ),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="job_percent_in_range"),
            models.CheckConstraint(condition=models.Q(max_attempts__gte=1), name="job_max_attempts_positive"),
        ]
        indexes = [
            models.Index(
                fields=["-priority", "turn_at", "id"],
                condition=models.Q(status=JobStatus.PENDING),
                name="job_pending_due",
            ),
            models.Index(
                fields=["tenant_id", "priority", "-turn_at"],
                condition=models.Q(status=JobStatus.PENDING),
                name="job_tenants_last_turn",
            ),
            models.Index(fields=["lease_expires_at"], condition=_RUNNING, name="job_running_lease"),
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
