"""The day of the last refresh is in the schedule's row, in place of a row of hero_refreshslot per day.

The release before inserts a slot and enqueues if that inserted a row. A trigger takes the day in the schedule instead,
and lets the slot in only if it was free, so each day is enqueued once while both releases run.
"""

from django.db import migrations, models

from kairo.jobs.daily import DailyTrigger

TAKE_DAY = (
    """
CREATE FUNCTION kairo_take_refresh_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE hero_refreshschedule SET scheduled_on = NEW.day
      WHERE brand_id = NEW.brand_id AND (scheduled_on IS NULL OR scheduled_on < NEW.day);
    IF FOUND THEN
        RETURN NEW;
    END IF;
    RETURN NULL;
END $$
""",
    "CREATE TRIGGER take_day BEFORE INSERT ON hero_refreshslot FOR EACH ROW EXECUTE FUNCTION kairo_take_refresh_day()",
)

# What was due before is due now: a day that has no slot, and whose hour had not passed when the schedule was set.
COPY_DAYS = """
UPDATE hero_refreshschedule s SET scheduled_on = greatest(
    (SELECT max(day) FROM hero_refreshslot taken WHERE taken.brand_id = s.brand_id),
    (s.updated_at AT TIME ZONE s.time_zone - make_interval(hours => s.hour))::date)
"""


class Migration(migrations.Migration):
    dependencies = [("hero", "0015_one_queue")]

    operations = [
        migrations.AddField(
            "RefreshSchedule", "scheduled_on", models.DateField(blank=True, editable=False, null=True)
        ),
        migrations.AlterField(
            "RefreshSchedule", "time_zone", models.CharField(db_default="UTC", default="UTC", max_length=64)
        ),
        DailyTrigger("RefreshSchedule"),
        migrations.RunSQL(TAKE_DAY, "DROP FUNCTION kairo_take_refresh_day() CASCADE"),
        migrations.RunSQL(COPY_DAYS, migrations.RunSQL.noop),
    ]
