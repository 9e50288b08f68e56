from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.models.brand import Brand
from kairo.core.models.record import Record


class Persona(Record):
    """A target reader of a brand."""

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="personas")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=300, blank=True, default="", db_default="")
    summary = models.TextField(blank=True, default="", db_default="")
    priorities = ArrayField(models.CharField(max_length=300), default=list, db_default=[], blank=True)
    pains = ArrayField(models.CharField(max_length=300), default=list, db_default=[], blank=True)
    keywords = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "name"], name="persona_name_unique_in_brand"),
            models.CheckConstraint(condition=~models.Q(name=""), name="persona_name_not_blank"),
        ]

    def __str__(self) -> str:
        return self.name
