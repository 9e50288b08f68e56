"""Every change of what a brand's Today shows makes a greater revision, in the transaction that changes it.

Triggers do it, one bump a statement and brand, so that nobody who writes can forget it, not even with psql.

A revision is the clock's microseconds, or one more than the last where that is greater. So it never comes back: not
after a failover that lost the newest commits, and not for a brand that is deleted and made again under its id.

Locks. Whoever bumps holds the brand's revision until it commits; changes of one brand are one after the other from
there on. A job that ends holds its own row, then bumps, then writes ideas and board. So whoever bumps takes the
brand's active job first, and waits there rather than in a ring.

A snapshot is written by a transaction that has bumped, hence holds the revision, and reads what it shows after that:
no other change can be committed in between.
"""

import django.db.models.deletion
from django.db import migrations, models

from kairo.db.row_level_security import ColumnGrant, TenantPolicy

FORWARDS = r"""
CREATE TABLE hero_boardrevision (
    brand_id uuid PRIMARY KEY REFERENCES core_brand (id) ON DELETE CASCADE,
    revision bigint NOT NULL,
    board_revision bigint NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE hero_boardsnapshot (
    brand_id uuid PRIMARY KEY REFERENCES core_brand (id) ON DELETE CASCADE,
    board_revision bigint NOT NULL,
    valid_until timestamptz,
    version smallint NOT NULL CHECK (version >= 0),
    content bytea NOT NULL
);
ALTER TABLE hero_boardsnapshot ALTER COLUMN content SET STORAGE EXTERNAL;

CREATE FUNCTION kairo_microseconds() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

CREATE FUNCTION kairo_today_changed(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF brands IS NULL THEN
        RETURN;
    END IF;
    PERFORM 1 FROM hero_opportunitiesjob j
      WHERE j.brand_id = ANY (brands) AND j.status IN ('pending', 'running') ORDER BY j.id FOR NO KEY UPDATE;
    PERFORM 1 FROM hero_boardrevision r WHERE r.brand_id = ANY (brands) ORDER BY r.brand_id FOR NO KEY UPDATE;
    UPDATE hero_boardrevision r
      SET revision = greatest(r.revision + 1, now.at),
          board_revision = CASE WHEN of_board THEN greatest(r.revision + 1, now.at) ELSE r.board_revision END
      FROM (SELECT kairo_microseconds() AS at) now
      WHERE r.brand_id = ANY (brands);
END $$;

-- The brand itself.
CREATE FUNCTION kairo_brand_has_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hero_boardrevision (brand_id, revision, board_revision)
      SELECT n.id, now.at, now.at FROM new_rows n, (SELECT kairo_microseconds() AS at) now;
    RETURN NULL;
END $$;
CREATE TRIGGER brand_has_revision AFTER INSERT ON core_brand
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_brand_has_revision();

CREATE FUNCTION kairo_brand_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(n.id) FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE to_jsonb(n) - 'updated_at' <> to_jsonb(o) - 'updated_at'), FALSE);
    RETURN NULL;
END $$;
CREATE TRIGGER brand_changed AFTER UPDATE ON core_brand
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kairo_brand_changed();

-- Jobs show while they are active. What is listed here is for workers alone; any other column counts as shown.
CREATE FUNCTION kairo_job_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unseen CONSTANT text[] := ARRAY['updated_at', 'lease_token', 'lease_expires_at', 'locked_by', 'locked_at',
        'dispatched_at', 'cache_dropped_at', 'turn_at', 'priority', 'death_count', 'request_id', 'tenant_id'];
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT b.brand_id) FROM old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES (n.brand_id), (o.brand_id)) b (brand_id)
        WHERE (o.status IN ('pending', 'running') OR n.status IN ('pending', 'running'))
          AND to_jsonb(n) - unseen <> to_jsonb(o) - unseen), FALSE);
    RETURN NULL;
END $$;
CREATE TRIGGER job_changed AFTER UPDATE ON hero_opportunitiesjob
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kairo_job_changed();

CREATE FUNCTION kairo_job_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT brand_id) FROM rows WHERE status IN ('pending', 'running')), FALSE);
    RETURN NULL;
END $$;
CREATE TRIGGER job_came AFTER INSERT ON hero_opportunitiesjob
    REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_job_came_or_went();
CREATE TRIGGER job_went AFTER DELETE ON hero_opportunitiesjob
    REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_job_came_or_went();

-- Boards and posts. A post that is new cannot be named by a board that is there.
CREATE FUNCTION kairo_shown_rows_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((SELECT array_agg(DISTINCT brand_id) FROM rows), TRUE);
    RETURN NULL;
END $$;
CREATE FUNCTION kairo_shown_rows_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT brand_id)
        FROM (SELECT brand_id FROM new_rows UNION ALL SELECT brand_id FROM old_rows) r), TRUE);
    RETURN NULL;
END $$;
CREATE TRIGGER board_came AFTER INSERT ON hero_opportunitiesboard
    REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_came_or_went();
CREATE TRIGGER board_went AFTER DELETE ON hero_opportunitiesboard
    REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_came_or_went();
CREATE TRIGGER board_changed AFTER UPDATE ON hero_opportunitiesboard
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_changed();
CREATE TRIGGER post_went AFTER DELETE ON evidence_normalizedevidenceitem
    REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_came_or_went();
CREATE TRIGGER post_changed AFTER UPDATE ON evidence_normalizedevidenceitem
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_changed();

-- Ideas: a board shows them as they were when it was made, so only that one is gone, or another brand's, shows.
CREATE TRIGGER idea_went AFTER DELETE ON core_opportunity
    REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_shown_rows_came_or_went();
CREATE FUNCTION kairo_idea_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed(ARRAY[OLD.brand_id, NEW.brand_id], TRUE);
    RETURN NULL;
END $$;
CREATE TRIGGER idea_moved AFTER UPDATE OF id, brand_id ON core_opportunity
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.brand_id IS DISTINCT FROM NEW.brand_id)
    EXECUTE FUNCTION kairo_idea_moved();

-- Decisions about them.
CREATE FUNCTION kairo_decision_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT i.brand_id) FROM rows d JOIN core_opportunity i ON i.id = d.opportunity_id), TRUE);
    RETURN NULL;
END $$;
CREATE FUNCTION kairo_decision_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT i.brand_id)
        FROM (SELECT opportunity_id FROM new_rows UNION ALL SELECT opportunity_id FROM old_rows) d
        JOIN core_opportunity i ON i.id = d.opportunity_id), TRUE);
    RETURN NULL;
END $$;
CREATE TRIGGER decision_came AFTER INSERT ON core_opportunitydecision
    REFERENCING NEW TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_decision_came_or_went();
CREATE TRIGGER decision_went AFTER DELETE ON core_opportunitydecision
    REFERENCING OLD TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION kairo_decision_came_or_went();
CREATE TRIGGER decision_changed AFTER UPDATE ON core_opportunitydecision
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION kairo_decision_changed();

-- Brands that are there. The triggers above have stopped all writing to their table.
INSERT INTO hero_boardrevision (brand_id, revision, board_revision)
  SELECT b.id, now.at, now.at FROM core_brand b, (SELECT kairo_microseconds() AS at) now;
"""

BACKWARDS = r"""
DROP FUNCTION kairo_decision_changed() CASCADE;
DROP FUNCTION kairo_decision_came_or_went() CASCADE;
DROP FUNCTION kairo_idea_moved() CASCADE;
DROP FUNCTION kairo_shown_rows_changed() CASCADE;
DROP FUNCTION kairo_shown_rows_came_or_went() CASCADE;
DROP FUNCTION kairo_job_came_or_went() CASCADE;
DROP FUNCTION kairo_job_changed() CASCADE;
DROP FUNCTION kairo_brand_changed() CASCADE;
DROP FUNCTION kairo_brand_has_revision() CASCADE;
DROP FUNCTION kairo_today_changed(uuid[], boolean);
DROP FUNCTION kairo_microseconds();
DROP TABLE hero_boardsnapshot;
DROP TABLE hero_boardrevision;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_row_security"),
        ("evidence", "0006_row_security"),
        ("hero", "0007_row_security"),
    ]
    operations = [
        # By hand, because the rows go with their brand in the database itself.
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARDS, BACKWARDS)],
            state_operations=[
                migrations.CreateModel(
                    name="BoardRevision",
                    fields=[
                        (
                            "brand",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="core.brand",
                            ),
                        ),
                        ("revision", models.BigIntegerField()),
                        ("board_revision", models.BigIntegerField()),
                    ],
                ),
                migrations.CreateModel(
                    name="BoardSnapshot",
                    fields=[
                        (
                            "brand",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="core.brand",
                            ),
                        ),
                        ("board_revision", models.BigIntegerField()),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("content", models.BinaryField()),
                    ],
                ),
            ],
        ),
        TenantPolicy("BoardRevision"),
        TenantPolicy("BoardSnapshot"),
        ColumnGrant("BoardRevision", "brand_id", "revision"),
    ]
