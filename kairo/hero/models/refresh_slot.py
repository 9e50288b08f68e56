from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from kairo.core.models import Brand
from kairo.hero.models.opportunities_job import OpportunitiesJob


class RefreshSlot(models.Model):
    """One brand's refresh on one local day. The unique constraint makes it run once."""

    id = models.BigAutoField(primary_key=True)
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="refresh_slots")
    day = models.DateField()
    job = models.ForeignKey(OpportunitiesJob, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "day"], name="refresh_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day}"
