from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class SpendEntry(models.Model):
    """The cost of one external run, in the ledger of the whole deployment, which pays with one account.

    While `actual_usd` is unknown, `reserved_usd` counts as spent. `day` is in UTC. No foreign key: entries stay when
    their run is deleted, as deleting a brand does not return its money.
    """

    id = models.BigAutoField(primary_key=True)
    run_id = models.UUIDField()
    job_id = models.UUIDField()
    source = models.CharField(max_length=40)
    day = models.DateField()
    reserved_usd = models.DecimalField(max_digits=12, decimal_places=6)
    actual_usd = models.DecimalField(max_digits=12, decimal_places=6, null=True, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run_id"], name="spend_one_entry_a_run"),
            models.CheckConstraint(
                condition=models.Q(reserved_usd__gte=0)
                & (models.Q(actual_usd__isnull=True) | models.Q(actual_usd__gte=0)),
                name="spend_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["day"], name="spend_by_day"),
            models.Index(fields=["job_id"], name="spend_by_job"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.source} {self.reserved_usd}"
