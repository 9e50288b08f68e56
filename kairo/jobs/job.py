"""The abstract models of a kind of job: the job, its events, and the idempotency keys that joined it.

A subclass of `Job` adds `brand`, and `status`, `trigger`, `stage` and `error_code` with its own choices. The database's
names of its constraints and indexes begin with the prefix that `job_constraints` and `job_indexes` get.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models.functions import Now

from kairo.core.enums import JobTrigger
from kairo.core.models.record import Record

ACTIVE = ["pending", "running"]
_RUNNING = models.Q(status="running")
_PENDING = models.Q(status="pending")
_IS_ACTIVE = models.Q(status__in=ACTIVE)


class Job(Record):
    """One durable request for work. Postgres is the queue: the row is the truth.

    Only the verbs of `kairo.jobs` change a job's state. Every time in it is the database's clock.
    """

    # Copied from the brand, for the fair order alone: access is always decided through the brand.
    tenant_id = models.UUIDField(null=True, blank=True, editable=False)
    # Within its tenant a job of higher priority goes first: 10 for a person who waits, 0 for a schedule.
    priority = models.SmallIntegerField(default=0, db_default=0)
    percent = models.PositiveSmallIntegerField(default=0, db_default=0)
    available_at = models.DateTimeField(db_default=Now())
    # The tenant's turn that this job takes: see kairo/jobs/run_order.py.
    run_order_at = models.DateTimeField(db_default=Now(), db_column="turn_at")
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3, db_default=3)
    # Attempts that ended with the worker's death.
    death_count = models.PositiveSmallIntegerField(default=0, db_default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.CharField(max_length=200, blank=True, default="", db_default="")
    locked_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancel_requested_at = models.DateTimeField(null=True, blank=True)
    # When a wake-up was last sent, or enough of other jobs' were queued; null means that one has to be sent.
    dispatched_at = models.DateTimeField(null=True, blank=True)
    error_detail = models.TextField(blank=True, default="", db_default="")
    request_id = models.CharField(max_length=64, blank=True, default="", db_default="")
    idempotency_key = models.CharField(max_length=200, null=True, blank=True, default=None)

    class Meta:
        abstract = True


class JobEvent(models.Model):
    """One step in a job's life. Append-only; written by the statement that makes the step.

    A subclass adds `job`, with the related name "events" and without an index of its own.
    """

    class Kind(models.TextChoices):
        ENQUEUED = "enqueued"
        CLAIMED = "claimed"
        TAKEN_OVER = "taken_over"
        RELEASED = "released"
        RETRIED = "retried"
        RESCUED = "rescued"
        SUCCEEDED = "succeeded"
        INSUFFICIENT_EVIDENCE = "insufficient_evidence"
        FAILED = "failed"
        CANCEL_REQUESTED = "cancel_requested"
        CANCELLED = "cancelled"
        FENCED = "fenced"

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    attempt = models.PositiveSmallIntegerField(default=0, db_default=0)
    worker_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    detail = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} #{self.attempt}"


class JobKey(models.Model):
    """An idempotency key that was answered with a job made by another request. Deleted with its job.

    A subclass adds `job` and `brand`.
    """

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.key


def job_constraints(
    prefix: str,
    *,
    statuses: Sequence[str],
    stages: Sequence[str],
    error_codes: Sequence[str],
    unique_by: Sequence[str] = ("brand",),
    leased_fields: Sequence[str] = ("lease_token", "lease_expires_at", "locked_at", "started_at"),
) -> list[models.BaseConstraint]:
    """The rules of a job's row. `leased_fields` are those that a running job must have."""
    leased = models.Q(**{f"{name}__isnull": False for name in leased_fields})
    rules: list[models.BaseConstraint] = [
        models.UniqueConstraint(
            fields=["brand", "idempotency_key"],
            condition=models.Q(idempotency_key__isnull=False),
            name=f"{prefix}_idempotency_key_unique",
        ),
        models.CheckConstraint(condition=models.Q(status__in=list(statuses)), name=f"{prefix}_status_known"),
        models.CheckConstraint(condition=models.Q(trigger__in=JobTrigger.values), name=f"{prefix}_trigger_known"),
        models.CheckConstraint(condition=models.Q(stage__in=list(stages)), name=f"{prefix}_stage_known"),
        models.CheckConstraint(
            condition=models.Q(error_code__isnull=True) | models.Q(error_code__in=list(error_codes)),
            name=f"{prefix}_error_code_known",
        ),
        models.CheckConstraint(
            condition=(_RUNNING & leased)
            | (~_RUNNING & models.Q(lease_token__isnull=True, lease_expires_at__isnull=True)),
            name=f"{prefix}_running_iff_leased",
        ),
        models.CheckConstraint(
            condition=(_IS_ACTIVE & models.Q(finished_at__isnull=True))
            | (~_IS_ACTIVE & models.Q(finished_at__isnull=False)),
            name=f"{prefix}_finished_iff_finished_at",
        ),
        models.CheckConstraint(
            condition=~models.Q(status="failed") | models.Q(error_code__isnull=False),
            name=f"{prefix}_failed_has_error_code",
        ),
        models.CheckConstraint(condition=models.Q(percent__lte=100), name=f"{prefix}_percent_in_range"),
        models.CheckConstraint(condition=models.Q(max_attempts__gte=1), name=f"{prefix}_max_attempts_positive"),
    ]
    if unique_by:
        one_active = models.UniqueConstraint(
            fields=list(unique_by), condition=_IS_ACTIVE, name=f"{prefix}_one_active_per_{'_'.join(unique_by)}"
        )
        rules.insert(0, one_active)
    return rules


def job_indexes(prefix: str) -> list[models.Index]:
    """The indexes that the queue's statements use."""
    return [
        models.Index(fields=["run_order_at", "-priority", "id"], condition=_PENDING, name=f"{prefix}_pending_in_order"),
        models.Index(fields=["tenant_id", "-priority", "id"], condition=_PENDING, name=f"{prefix}_tenants_best"),
        models.Index(fields=["tenant_id", "run_order_at"], name=f"{prefix}_tenants_turns"),
        models.Index(fields=["run_order_at"], condition=~_PENDING, name=f"{prefix}_claimed_turns"),
        models.Index(fields=["lease_expires_at"], condition=_RUNNING, name=f"{prefix}_running_lease"),
    ]


def job_event_constraint(prefix: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=models.Q(kind__in=JobEvent.Kind.values), name=f"{prefix}_event_kind_known")


def job_event_index(prefix: str) -> models.Index:
    return models.Index(fields=["job", "id"], name=f"{prefix}_event_by_job")


def job_key_constraint(prefix: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["brand", "key"], name=f"{prefix}_key_unique")
