"""A job costs the database less, and changes the same.

- Indexes that another one says already are gone, and the one of idempotency keys holds only jobs that have a key: each
  step of a job writes one entry into every index of its table.
- Revisions are made greater one brand after the other, in the order of the brands. So none is locked first and changed
  then, and each is found by its key, however the planner would count.
- A board that comes in the transaction of its job's end takes the revision that the end has made, where it is greater
  than any that the board had: nothing between the two was ever to be seen. For any other board all is as in 0008.
- A board without ideas names none that must exist.
"""

import django.db.models.deletion
from django.db import migrations, models

FORWARDS = r"""
CREATE OR REPLACE FUNCTION kairo_revise(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    one uuid;
    now_us CONSTANT bigint := kairo_microseconds();
BEGIN
    FOR one IN SELECT DISTINCT b.id FROM unnest(brands) AS b (id) ORDER BY b.id LOOP
        UPDATE hero_boardrevision r
          SET revision = greatest(r.revision + 1, now_us),
              board_revision = CASE WHEN of_board THEN greatest(r.revision + 1, now_us) ELSE r.board_revision END
          WHERE r.brand_id = one;
    END LOOP;
END $$;

-- Whatever this transaction has written bears its number, and is no older than its beginning. The number alone would
-- not do: after a round of all numbers an old row may bear it.
CREATE FUNCTION kairo_board_came() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    one record;
    others uuid[];
BEGIN
    FOR one IN
        SELECT n.brand_id, bool_and(coalesce((
            SELECT j.xmin = pg_current_xact_id()::xid AND j.finished_at >= transaction_timestamp()
            FROM hero_opportunitiesjob j WHERE j.id = n.job_id), FALSE)) AS of_ended_jobs
        FROM rows n GROUP BY n.brand_id ORDER BY n.brand_id
    LOOP
        UPDATE hero_boardrevision r SET board_revision = r.revision
          WHERE one.of_ended_jobs AND r.brand_id = one.brand_id AND r.board_revision < r.revision
            AND r.xmin = pg_current_xact_id()::xid
            AND r.revision >= extract(epoch FROM transaction_timestamp()) * 1000000;
        IF NOT FOUND THEN
            others := others || one.brand_id;
        END IF;
    END LOOP;
    PERFORM kairo_today_changed(others, TRUE);
    RETURN NULL;
END $$;
DROP TRIGGER board_came ON hero_opportunitiesboard;
CREATE TRIGGER board_came AFTER INSERT ON hero_opportunitiesboard
    REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_board_came();

DROP TRIGGER board_references_exist ON hero_opportunitiesboard;
CREATE CONSTRAINT TRIGGER board_references_exist
    AFTER INSERT OR UPDATE OF opportunity_ids, brand_id ON hero_opportunitiesboard
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.opportunity_ids <> '{}') EXECUTE FUNCTION kairo_board_references_exist();
"""

# By name: Django, asked to drop the index of a column, drops the partial unique one of that column with it.
WITHOUT_INDEXES = """
DROP INDEX hero_opportunitiesboard_brand_id_5855add7;
DROP INDEX hero_opportunitiesjob_brand_id_e3885529;
DROP INDEX hero_opportunitiesjobevent_job_id_845cc7fd;
"""
WITH_INDEXES = """
CREATE INDEX hero_opportunitiesboard_brand_id_5855add7 ON hero_opportunitiesboard (brand_id);
CREATE INDEX hero_opportunitiesjob_brand_id_e3885529 ON hero_opportunitiesjob (brand_id);
CREATE INDEX hero_opportunitiesjobevent_job_id_845cc7fd ON hero_opportunitiesjobevent (job_id);
"""

BACKWARDS = r"""
DROP TRIGGER board_references_exist ON hero_opportunitiesboard;
CREATE CONSTRAINT TRIGGER board_references_exist
    AFTER INSERT OR UPDATE OF opportunity_ids, brand_id ON hero_opportunitiesboard
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION kairo_board_references_exist();

DROP TRIGGER board_came ON hero_opportunitiesboard;
CREATE TRIGGER board_came AFTER INSERT ON hero_opportunitiesboard
    REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_came_or_went();
DROP FUNCTION kairo_board_came();

CREATE OR REPLACE FUNCTION kairo_revise(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(brands) > 1 THEN
        PERFORM 1 FROM hero_boardrevision r WHERE r.brand_id = ANY (brands) ORDER BY r.brand_id FOR NO KEY UPDATE;
    END IF;
    UPDATE hero_boardrevision r
      SET revision = greatest(r.revision + 1, now.at),
          board_revision = CASE WHEN of_board THEN greatest(r.revision + 1, now.at) ELSE r.board_revision END
      FROM (SELECT kairo_microseconds() AS at) now
      WHERE r.brand_id = ANY (brands);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hero", "0010_cheaper_revisions")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(WITHOUT_INDEXES, WITH_INDEXES)],
            state_operations=[
                migrations.AlterField(
                    "OpportunitiesBoard",
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boards",
                        to="core.brand",
                    ),
                ),
                migrations.AlterField(
                    "OpportunitiesJob",
                    "brand",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="jobs",
                        to="core.brand",
                    ),
                ),
                migrations.AlterField(
                    "OpportunitiesJobEvent",
                    "job",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="hero.opportunitiesjob",
                    ),
                ),
            ],
        ),
        migrations.RemoveConstraint("OpportunitiesJob", "job_idempotency_key_unique"),
        migrations.AddConstraint(
            "OpportunitiesJob",
            models.UniqueConstraint(
                condition=models.Q(idempotency_key__isnull=False),
                fields=["brand", "idempotency_key"],
                name="job_idempotency_key_unique",
            ),
        ),
    ]
