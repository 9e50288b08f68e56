from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Length, Trim
from django.db.models.lookups import GreaterThanOrEqual

from kairo.core.enums import Channel, CreatedVia, OpportunityType
from kairo.core.models.brand import Brand
from kairo.core.models.content_pillar import ContentPillar
from kairo.core.models.persona import Persona
from kairo.core.models.record import Record


class Opportunity(Record):
    """A content opportunity of a brand, grounded in at least one evidence item.

    Its id is derived from brand and `concept_key`, so it keeps its id from board to board. Triggers check that every
    evidence id exists in the same brand (see the migrations of evidence and hero).
    """

    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="opportunities")
    concept_key = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    angle = models.TextField()
    angle_parts = models.JSONField(default=list, db_default=[], blank=True)
    why_now = models.TextField()
    type = models.CharField(max_length=16, choices=OpportunityType.choices)
    primary_channel = models.CharField(max_length=16, choices=Channel.choices)
    suggested_channels = ArrayField(
        models.CharField(max_length=16, choices=Channel.choices), default=list, db_default=[], blank=True
    )
    score = models.PositiveSmallIntegerField()
    score_parts = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    evidence_ids = ArrayField(models.UUIDField())
    persona = models.ForeignKey(Persona, on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities")
    pillar = models.ForeignKey(
        ContentPillar, on_delete=models.SET_NULL, null=True, blank=True, related_name="opportunities"
    )
    created_via = models.CharField(
        max_length=16,
        choices=CreatedVia.choices,
        default=CreatedVia.AI_SUGGESTED,
        db_default=CreatedVia.AI_SUGGESTED,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brand", "concept_key"], name="opportunity_concept_unique_in_brand"),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("title")), 5),
                name="opportunity_title_says_something",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("angle")), 10),
                name="opportunity_angle_says_something",
            ),
            models.CheckConstraint(
                condition=GreaterThanOrEqual(Length(Trim("why_now")), 10),
                name="opportunity_why_now_says_something",
            ),
            models.CheckConstraint(condition=models.Q(type__in=OpportunityType.values), name="opportunity_type_known"),
            models.CheckConstraint(
                condition=models.Q(primary_channel__in=Channel.values), name="opportunity_channel_known"
            ),
            models.CheckConstraint(
                condition=models.Q(suggested_channels__contained_by=Channel.values),
                name="opportunity_suggested_channels_known",
            ),
            models.CheckConstraint(
                condition=models.Q(created_via__in=CreatedVia.values), name="opportunity_created_via_known"
            ),
            models.CheckConstraint(condition=models.Q(score__gte=1, score__lte=100), name="opportunity_score_in_range"),
            models.CheckConstraint(condition=models.Q(evidence_ids__len__gte=1), name="opportunity_names_evidence"),
        ]
        indexes = [
            # For the check that a deleted or moved evidence item is not referenced.
            GinIndex(fields=["evidence_ids"], name="opportunity_evidence_gin"),
            models.Index(fields=["brand", "-score"], name="opportunity_brand_score"),
            models.Index(fields=["brand", "-created_at", "-id"], name="opportunity_brand_newest"),
        ]

    def __str__(self) -> str:
        return self.title
