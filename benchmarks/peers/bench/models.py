"""The rows that the other servers read, as Django models."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Persona(models.Model):
    key = models.UUIDField(primary_key=True)
    id = models.TextField()
    name = models.TextField()

    class Meta:
        managed, db_table = False, 'bench"."persona'


class Pillar(models.Model):
    key = models.UUIDField(primary_key=True)
    id = models.TextField()
    name = models.TextField()

    class Meta:
        managed, db_table = False, 'bench"."pillar'


class Board(models.Model):
    brand_id = models.UUIDField(primary_key=True)
    state = models.TextField()
    ready_reason = models.TextField(null=True)
    as_of = models.DateTimeField()
    remediation = models.TextField(null=True)

    class Meta:
        managed, db_table = False, 'bench"."board'


class Opportunity(models.Model):
    key = models.UUIDField(primary_key=True)
    id = models.TextField()
    board = models.ForeignKey(Board, models.DO_NOTHING, related_name="opportunities", db_column="brand_id")
    position = models.IntegerField()
    title = models.TextField()
    angle = models.TextField()
    why_now = models.TextField()
    type = models.TextField()
    primary_channel = models.TextField()
    suggested_channels = ArrayField(models.TextField())
    score = models.IntegerField()
    created_via = models.TextField()
    created_at = models.DateTimeField()
    persona = models.ForeignKey(Persona, models.DO_NOTHING, null=True, db_column="persona_key")
    pillar = models.ForeignKey(Pillar, models.DO_NOTHING, null=True, db_column="pillar_key")

    class Meta:
        managed, db_table = False, 'bench"."opportunity'
        ordering = ["position"]


class Evidence(models.Model):
    id = models.TextField(primary_key=True)
    opportunity = models.ForeignKey(
        Opportunity, models.DO_NOTHING, related_name="evidence", db_column="opportunity_key"
    )
    position = models.IntegerField()
    platform = models.TextField()
    url = models.TextField()
    author = models.TextField()
    snippet = models.TextField()
    has_transcript = models.BooleanField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        managed, db_table = False, 'bench"."evidence'
        ordering = ["position"]
