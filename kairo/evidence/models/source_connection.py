from __future__ import annotations

from django.db import models

from kairo.core.enums import Platform
from kairo.core.models import Brand
from kairo.evidence.enums import SourceKind
from kairo.jobs.daily import DailySchedule


class SourceConnection(DailySchedule):
    """A profile, hashtag, search, site or feed that is read for a brand.

    `source` is the adapter's name, and `identifier` is as it normalizes it. With an `hour` it is read daily, and
    runs that cost money need `spend_on_schedule`.
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="source_connections")
    source = models.CharField(max_length=40)
    platform = models.CharField(max_length=16, choices=Platform.choices)
    kind = models.CharField(max_length=16, choices=SourceKind.choices)
    identifier = models.CharField(max_length=500)
    enabled = models.BooleanField(default=True, db_default=True)
    hour = models.PositiveSmallIntegerField(null=True, blank=True)
    spend_on_schedule = models.BooleanField(default=False, db_default=False)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "platform", "kind", "identifier"], name="source_connection_unique_in_brand"
            ),
            models.CheckConstraint(
                condition=models.Q(platform__in=Platform.values), name="source_connection_platform_known"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=SourceKind.values), name="source_connection_kind_known"),
            models.CheckConstraint(
                condition=~models.Q(source="") & ~models.Q(identifier=""), name="source_connection_is_identified"
            ),
            models.CheckConstraint(
                condition=models.Q(hour__isnull=True) | models.Q(hour__lte=23), name="source_connection_hour_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.kind} {self.identifier}"
