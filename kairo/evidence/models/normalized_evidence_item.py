from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce, Now

from kairo.core.enums import ContentType, Platform
from kairo.core.models import Brand
from kairo.core.models.record import Record

# Items without a date come last.
NEWEST_FIRST = models.F("published_at").desc(nulls_last=True)
COUNTED_AT = Coalesce("published_at", "stored_at")
"""The date by which an item counts: its publication, or where that is unknown, when it was stored."""


def _unknown_or_positive(field: str) -> models.Q:
    return models.Q(**{f"{field}__isnull": True}) | models.Q(**{f"{field}__gte": 0})


_READ_ON_DEMAND = ("raw",)


class _ManagerWithoutRaw(models.Manager["NormalizedEvidenceItem"]):
    """Defers `raw`, which is large and needed only to debug a scraper."""

    def get_queryset(self) -> models.QuerySet[NormalizedEvidenceItem]:
        return super().get_queryset().defer(*_READ_ON_DEMAND)


class NormalizedEvidenceItem(Record):
    """One stored post of any platform, normalized: the only evidence that the engine reads.

    `stored_at` is when its content last changed. The engine considers the items of the last 30 days by `COUNTED_AT`.
    A null metric is unknown, never zero. `raw` is the scraper's item, limited by `raw_payload`.
    """

    # Both indexes below begin with it.
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="evidence_items", db_index=False)
    platform = models.CharField(max_length=16, choices=Platform.choices)
    content_type = models.CharField(max_length=16, choices=ContentType.choices)
    external_id = models.CharField(max_length=300, blank=True, default="", db_default="")
    canonical_url = models.CharField(max_length=2000, blank=True, default="", db_default="")
    published_at = models.DateTimeField(null=True, blank=True)
    author_ref = models.CharField(max_length=300, blank=True, default="", db_default="")
    title = models.TextField(blank=True, default="", db_default="")
    text_primary = models.TextField(blank=True, default="", db_default="")
    text_secondary = models.TextField(blank=True, default="", db_default="")
    has_transcript = models.BooleanField(default=False, db_default=False)
    hashtags = ArrayField(models.CharField(max_length=300), default=list, db_default=[], blank=True)
    views = models.BigIntegerField(null=True, blank=True)
    likes = models.BigIntegerField(null=True, blank=True)
    comments = models.BigIntegerField(null=True, blank=True)
    shares = models.BigIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True, default="", db_default="")
    synthetic = models.BooleanField(default=False, db_default=False)
    raw = models.JSONField(null=True, blank=True)
    stored_at = models.DateTimeField(db_default=Now())

    objects = _ManagerWithoutRaw()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(platform__in=Platform.values), name="evidence_platform_known"),
            models.CheckConstraint(
                condition=models.Q(content_type__in=ContentType.values), name="evidence_content_type_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(external_id="") | ~models.Q(canonical_url=""),
                name="evidence_is_identified",
            ),
            models.CheckConstraint(condition=_unknown_or_positive("views"), name="evidence_views_not_negative"),
            models.CheckConstraint(condition=_unknown_or_positive("likes"), name="evidence_likes_not_negative"),
            models.CheckConstraint(condition=_unknown_or_positive("comments"), name="evidence_comments_not_negative"),
            models.CheckConstraint(condition=_unknown_or_positive("shares"), name="evidence_shares_not_negative"),
            models.UniqueConstraint(
                fields=["brand", "platform", "external_id"],
                condition=~models.Q(external_id=""),
                name="evidence_external_id_unique",
            ),
            models.UniqueConstraint(
                fields=["brand", "canonical_url"],
                condition=models.Q(external_id=""),
                name="evidence_url_unique_without_external_id",
            ),
        ]
        indexes = [
            # Lists of a brand's items.
            models.Index("brand", NEWEST_FIRST, "id", "stored_at", name="evidence_brand_newest_stored"),
            # The window of boards. An index-only scan needs every column of the query: the expression COUNTED_AT does
            # not count as its two columns.
            models.Index(
                "brand",
                COUNTED_AT.desc(),
                "id",
                name="evidence_brand_window",
                include=["published_at", "stored_at", "platform", "content_type", "has_transcript", "author_ref"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform}:{self.external_id or self.canonical_url}"
