from django.db import migrations

from kairo.db.row_level_security import TenantPolicy

# A job and its first event are written by one statement, whose snapshot does not have the job. A volatile function
# looks with a new one. It runs as its caller, so it finds only jobs that the caller may see.
FORWARDS = """
CREATE FUNCTION kairo_has_job(job uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM hero_opportunitiesjob j WHERE j.id = job);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("hero", "0008_board_revisions")]
    operations = [
        migrations.RunSQL(FORWARDS, "DROP FUNCTION kairo_has_job(uuid)"),
        TenantPolicy("OpportunitiesJobEvent", check="kairo_has_job(job_id)"),
    ]
