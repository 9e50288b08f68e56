from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.models.brand import Brand
from kairo.core.models.record import Record


class ContentPillar(Record):
    """A theme a brand publishes on. `rank` orders a brand's pillars, most important first."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="pillars")
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, default="", db_default="")
    keywords = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    rank = models.PositiveSmallIntegerField(default=0, db_default=0)
    is_active = models.BooleanField(default=True, db_default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="pillar_name_unique_in_brand"),
            models.CheckConstraint(condition=~models.Q(name=""), name="pillar_name_not_blank"),
        ]

    def __str__(self) -> str:
        return self.name
