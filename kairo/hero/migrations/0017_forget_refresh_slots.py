"""The model RefreshSlot goes. Its table stays for one release more, without foreign keys, for the release before.

This release deletes brands and jobs without knowing of the table. The next one drops it with
`DROP TABLE IF EXISTS hero_refreshslot; DROP FUNCTION IF EXISTS kairo_take_refresh_day()`.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # each foreign key in a transaction of its own, so that writers wait for one table at a time

    dependencies = [("hero", "0016_day_of_refresh_schedule")]

    operations = [
        migrations.AlterField(
            "RefreshSlot",
            "brand",
            models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="refresh_slots",
                to="core.brand",
            ),
        ),
        migrations.AlterField(
            "RefreshSlot",
            "job",
            models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="hero.opportunitiesjob",
            ),
        ),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("RefreshSlot")]),
    ]
