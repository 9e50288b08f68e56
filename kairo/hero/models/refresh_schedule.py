from __future__ import annotations

from django.db import models

from kairo.core.models import Brand
from kairo.jobs.daily import DailySchedule


class RefreshSchedule(DailySchedule):
    """The hour of the day, in a time zone, at which a brand's board is generated again from stored evidence."""

    brand = models.OneToOneField(Brand, on_delete=models.CASCADE, related_name="refresh_schedule")
    hour = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(hour__lte=23), name="refresh_hour_of_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.hour:02}:00 {self.time_zone}"
