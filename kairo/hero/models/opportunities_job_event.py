from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kairo.hero.models.opportunities_job import OpportunitiesJob


class OpportunitiesJobEvent(models.Model):
    """One step in a job's life. Append-only; written in the transaction of the change that it records."""

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
    # job_event_by_job starts with this column, so it needs no index of its own.
    job = models.ForeignKey(OpportunitiesJob, on_delete=models.CASCADE, related_name="events", db_index=False)
    kind = models.CharField(max_length=24, choices=Kind.choices)
    attempt = models.PositiveSmallIntegerField(default=0, db_default=0)
    worker_id = models.CharField(max_length=200, blank=True, default="", db_default="")
    detail = models.TextField(blank=True, default="", db_default="")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    kind__in=[
                        "enqueued",
                        "claimed",
                        "taken_over",
                        "released",
                        "retried",
                        "rescued",
                        "succeeded",
                        "insufficient_evidence",
                        "failed",
                        "cancel_requested",
                        "cancelled",
                        "fenced",
                    ]
                ),
                name="job_event_kind_known",
            ),
        ]
        indexes = [models.Index(fields=["job", "id"], name="job_event_by_job")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.attempt}"
