from __future__ import annotations

from django.db import models

from kairo.core.models.record import OwnerRecord


class Tenant(OwnerRecord):
    """A customer. Every other row belongs to exactly one tenant, and row-level security isolates tenants."""

    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.slug
