"""Ingestion jobs on the queue of all jobs: a fair order, events, and joined idempotency keys.

The release before writes none of the new columns: each has a value of the database's own.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Now

from kairo.db.row_level_security import TenantPolicy
from kairo.jobs.run_order import RunOrder

_PENDING = models.Q(status="pending")
_KINDS = [
    "enqueued",
    "claimed",
    "taken_over",
    "released",
    "retried",
    "rescued",
    "succeeded",
    "insufficient_evidence",
    "failed",
    "cancel_requested",
    "cancelled",
    "fenced",
]

# See kairo_has_job in hero's 0009: a job and its first event are written by one statement.
_HAS_JOB = """
CREATE FUNCTION kairo_has_ingestion_job(job uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM evidence_ingestionjob j WHERE j.id = job);
END $$
"""


def _key_to(model: str, **options: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=model, **options)


class Migration(migrations.Migration):
    dependencies = [("core", "0007_opportunity_angle_parts"), ("evidence", "0009_evidence_window")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "IngestionJob", "awaited_by", models.UUIDField(blank=True, db_column="awaited_by", null=True)
                ),
                migrations.RenameField("IngestionJob", "awaited_by", "parent_job_id"),
            ],
        ),
        migrations.AddField("IngestionJob", "tenant_id", models.UUIDField(blank=True, editable=False, null=True)),
        migrations.AddField("IngestionJob", "priority", models.SmallIntegerField(db_default=0, default=0)),
        migrations.AddField(
            "IngestionJob", "run_order_at", models.DateTimeField(db_column="turn_at", db_default=Now())
        ),
        migrations.AddField("IngestionJob", "locked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "IngestionJob", "idempotency_key", models.CharField(blank=True, default=None, max_length=200, null=True)
        ),
        migrations.RemoveConstraint("IngestionJob", "ingestion_idempotency_key_unique"),
        migrations.AddConstraint(
            "IngestionJob",
            models.UniqueConstraint(
                condition=models.Q(idempotency_key__isnull=False),
                fields=["brand", "idempotency_key"],
                name="ingestion_idempotency_key_unique",
            ),
        ),
        migrations.AddConstraint(
            "IngestionJob",
            models.CheckConstraint(condition=models.Q(max_attempts__gte=1), name="ingestion_max_attempts_positive"),
        ),
        migrations.RemoveIndex("IngestionJob", "ingestion_pending_due"),
        migrations.AddIndex(
            "IngestionJob",
            models.Index(
                condition=_PENDING, fields=["run_order_at", "-priority", "id"], name="ingestion_pending_in_order"
            ),
        ),
        migrations.AddIndex(
            "IngestionJob",
            models.Index(
                condition=_PENDING,
                fields=["tenant_id", "-priority", "id"],
                name="ingestion_tenants_best",
            ),
        ),
        migrations.AddIndex(
            "IngestionJob", models.Index(fields=["tenant_id", "run_order_at"], name="ingestion_tenants_turns")
        ),
        migrations.AddIndex(
            "IngestionJob",
            models.Index(condition=~_PENDING, fields=["run_order_at"], name="ingestion_claimed_turns"),
        ),
        RunOrder("IngestionJob"),
        migrations.CreateModel(
            name="IngestionJobEvent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[(value, value.replace("_", " ").title()) for value in _KINDS], max_length=24
                    ),
                ),
                ("attempt", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("worker_id", models.CharField(blank=True, db_default="", default="", max_length=200)),
                ("detail", models.TextField(blank=True, db_default="", default="")),
                ("at", models.DateTimeField(db_default=Now())),
                ("job", _key_to("evidence.ingestionjob", db_index=False, related_name="events")),
            ],
            options={
                "indexes": [models.Index(fields=["job", "id"], name="ingestion_event_by_job")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(kind__in=_KINDS),
                        name="ingestion_event_kind_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(_HAS_JOB, "DROP FUNCTION kairo_has_ingestion_job(uuid)"),
        TenantPolicy("IngestionJobEvent", check="kairo_has_ingestion_job(job_id)"),
        migrations.CreateModel(
            name="IngestionJobKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200)),
                ("job", _key_to("evidence.ingestionjob", related_name="keys")),
                ("brand", _key_to("core.brand", db_index=False, related_name="+")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("brand", "key"), name="ingestion_key_unique")]},
        ),
        TenantPolicy("IngestionJobKey"),
    ]
