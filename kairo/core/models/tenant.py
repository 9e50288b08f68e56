from __future__ import annotations

from django.db import models

from kairo.core.models.record import OwnerRecord


class Tenant(OwnerRecord):
    """A customer. Everything belongs to exactly one tenant, and nothing crosses."""

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.slug
