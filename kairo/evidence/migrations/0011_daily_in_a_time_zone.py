"""A connection's hour is one of a time zone, and the database sets its first day.

The release before writes no time zone: its connections are read at an hour UTC, as by default. It reads every hour as
one of UTC, so while it still runs, a connection in another zone may be read at that hour, but once a day all the same.
"""

from django.db import migrations, models

from kairo.jobs.daily import DailyTrigger


class Migration(migrations.Migration):
    dependencies = [("evidence", "0010_one_queue")]

    operations = [
        migrations.AddField(
            "SourceConnection", "time_zone", models.CharField(db_default="UTC", default="UTC", max_length=64)
        ),
        migrations.AlterField(
            "SourceConnection", "scheduled_on", models.DateField(blank=True, editable=False, null=True)
        ),
        DailyTrigger("SourceConnection"),
    ]
