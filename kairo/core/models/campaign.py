from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.models.brand import Brand
from kairo.core.models.record import Record


class Campaign(Record):
    """A campaign the brand runs from its first to its last day, both included."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="campaigns")
    name = models.CharField(max_length=200)
    starts = models.DateField()
    ends = models.DateField()
    keywords = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="campaign_name_unique_in_brand"),
            models.CheckConstraint(
                condition=models.Q(ends__gte=models.F("starts")), name="campaign_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.name
