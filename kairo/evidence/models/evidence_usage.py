from __future__ import annotations

from django.db import models

from kairo.core.models import Tenant


class EvidenceUsage(models.Model):
    """How many posts a tenant has stored, and how many bytes were ingested on `day` (UTC).

    Counting the posts of a large tenant for each call would take longer than storing them. `posts` is null until it is
    first counted.
    """

    tenant = models.OneToOneField(Tenant, on_delete=models.CASCADE, primary_key=True, related_name="+")
    posts = models.BigIntegerField(null=True)
    day = models.DateField()
    day_bytes = models.BigIntegerField(db_default=0)

    def __str__(self) -> str:
        return f"{self.posts} posts"
