from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from kairo.core.enums import Channel
from kairo.core.models.record import OwnerRecord
from kairo.core.models.tenant import Tenant


class Brand(OwnerRecord):
    """A tenant's brand, with the context that opportunities are matched against.

    An archived brand is readable; no new board is generated for it.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="brands")
    slug = models.SlugField(max_length=64)
    name = models.CharField(max_length=200)
    positioning = models.TextField(blank=True, default="", db_default="")
    tone_tags = ArrayField(models.CharField(max_length=100), default=list, db_default=[], blank=True)
    taboos = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    # Synonyms by taboo. Terms that are not in `taboos` are ignored: SQL that updates `taboos` alone may leave them.
    taboo_synonyms = models.JSONField(default=dict, db_default={}, blank=True)
    channels = ArrayField(
        models.CharField(max_length=16, choices=Channel.choices), default=list, db_default=[], blank=True
    )
    languages = ArrayField(models.CharField(max_length=16), default=list, db_default=[], blank=True)
    handles = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    product_names = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    competitor_handles = ArrayField(models.CharField(max_length=200), default=list, db_default=[], blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "slug"], name="brand_slug_unique_in_tenant"),
            models.CheckConstraint(condition=~models.Q(name=""), name="brand_name_not_blank"),
            models.CheckConstraint(
                condition=models.Q(channels__contained_by=Channel.values), name="brand_channels_known"
            ),
        ]

    def __str__(self) -> str:
        return self.slug
