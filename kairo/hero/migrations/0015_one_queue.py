"""Jobs in a fair order, and the idempotency keys that joined another request's job.

The release before sorts pending jobs by their priority until it is gone; it writes everything that is written here.
"""

import django.db.models.deletion
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models.functions import Now

from kairo.db.row_level_security import TenantPolicy
from kairo.jobs.run_order import RunOrder

_PENDING = models.Q(status="pending")


class Migration(migrations.Migration):
    # Indexes are built while jobs are written, which no transaction can do.
    atomic = False

    dependencies = [("core", "0007_opportunity_angle_parts"), ("hero", "0014_truncate_and_part_names")]

    operations = [
        RemoveIndexConcurrently("OpportunitiesJob", "job_tenants_last_turn"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "OpportunitiesJob", "turn_at", models.DateTimeField(db_column="turn_at", db_default=Now())
                ),
                migrations.RenameField("OpportunitiesJob", "turn_at", "run_order_at"),
            ],
        ),
        AddIndexConcurrently(
            "OpportunitiesJob",
            models.Index(condition=_PENDING, fields=["tenant_id", "-priority", "id"], name="job_tenants_best"),
        ),
        AddIndexConcurrently(
            "OpportunitiesJob",
            models.Index(condition=_PENDING, fields=["run_order_at", "-priority", "id"], name="job_pending_in_order"),
        ),
        AddIndexConcurrently(
            "OpportunitiesJob", models.Index(fields=["tenant_id", "run_order_at"], name="job_tenants_turns")
        ),
        AddIndexConcurrently(
            "OpportunitiesJob",
            models.Index(condition=~_PENDING, fields=["run_order_at"], name="job_claimed_turns"),
        ),
        RemoveIndexConcurrently("OpportunitiesJob", "job_pending_due"),
        RunOrder("OpportunitiesJob"),
        migrations.CreateModel(
            name="OpportunitiesJobKey",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=200)),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="keys", to="hero.opportunitiesjob"
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.brand",
                    ),
                ),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("brand", "key"), name="job_key_unique")]},
        ),
        TenantPolicy("OpportunitiesJobKey"),
    ]
