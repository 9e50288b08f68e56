"""Two changes of what Today shows that raised no revision: TRUNCATE, and a persona or pillar with another name.

TRUNCATE fires no trigger for rows, so it raises the revision of every brand. It also makes the revisions themselves
anew, in case their own table was truncated.

Answers show the current names of personas and pillars (kairo.hero.boards.part_names), not those in the board.
"""

import django.db.models.deletion
from django.db import migrations, models

SHOWN_TABLES = (
    "core_brand",
    "core_persona",
    "core_contentpillar",
    "core_opportunity",
    "core_opportunitydecision",
    "evidence_normalizedevidenceitem",
    "hero_opportunitiesboard",
    "hero_opportunitiesjob",
    "hero_boardrevision",
)

FUNCTIONS = (
    r"""
CREATE OR REPLACE FUNCTION kairo_table_truncated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO hero_boardrevision (brand_id, revision, board_revision)
      SELECT b.id, now.at, now.at FROM core_brand b, (SELECT kairo_microseconds() AS at) now
      ORDER BY b.id
      ON CONFLICT (brand_id) DO UPDATE SET
        revision = greatest(hero_boardrevision.revision + 1, EXCLUDED.revision),
        board_revision = greatest(hero_boardrevision.revision + 1, EXCLUDED.revision);
    RETURN NULL;
END $$
""",
    r"""
CREATE OR REPLACE FUNCTION kairo_part_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT b.brand_id) FROM old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES (n.brand_id), (o.brand_id)) b (brand_id)
        WHERE n.name <> o.name OR n.brand_id <> o.brand_id), FALSE);
    RETURN NULL;
END $$
""",
    r"""
CREATE OR REPLACE FUNCTION kairo_part_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((SELECT array_agg(DISTINCT brand_id) FROM rows), FALSE);
    RETURN NULL;
END $$
""",
)

TRIGGERS = (
    *(
        f"CREATE OR REPLACE TRIGGER table_truncated AFTER TRUNCATE ON {table}"
        " FOR EACH STATEMENT EXECUTE FUNCTION kairo_table_truncated()"
        for table in SHOWN_TABLES
    ),
    *(
        f"CREATE OR REPLACE TRIGGER {trigger} ON {table} REFERENCING {rows}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        for table in ("core_persona", "core_contentpillar")
        for trigger, rows, function in (
            ("part_renamed AFTER UPDATE", "OLD TABLE AS old_rows NEW TABLE AS new_rows", "kairo_part_renamed"),
            ("part_went AFTER DELETE", "OLD TABLE AS rows", "kairo_part_went"),
        )
    ),
)

BACKWARDS = (
    "DROP FUNCTION IF EXISTS kairo_part_went() CASCADE",
    "DROP FUNCTION IF EXISTS kairo_part_renamed() CASCADE",
    "DROP FUNCTION IF EXISTS kairo_table_truncated() CASCADE",
)


def _of_brand(name: str) -> models.OneToOneField:
    return models.OneToOneField(
        on_delete=django.db.models.deletion.DO_NOTHING,
        primary_key=True,
        related_name=name,
        serialize=False,
        to="core.brand",
    )


class Migration(migrations.Migration):
    atomic = False  # each trigger in a transaction of its own, so that writers wait for one table at a time

    dependencies = [
        ("core", "0007_opportunity_angle_parts"),
        ("evidence", "0009_evidence_window"),
        ("hero", "0013_forget_cache_dropped_at"),
    ]

    operations = [
        migrations.RunSQL([*FUNCTIONS, *TRIGGERS], [*BACKWARDS]),
        migrations.AlterField("BoardRevision", "brand", _of_brand("board_revision")),
        migrations.AlterField("BoardSnapshot", "brand", _of_brand("board_snapshot")),
    ]
