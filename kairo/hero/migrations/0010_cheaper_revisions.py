"""The same revisions for less: a job's own change takes no lock that it has, and one brand needs no order.

A job that comes, changes or goes is the brand's active one, or was: its transaction holds that row, and no other can
become active before it commits. Everything else still takes the active job first (see 0008).
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION kairo_revise(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION kairo_today_changed(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF brands IS NULL THEN
        RETURN;
    END IF;
    PERFORM 1 FROM hero_opportunitiesjob j
      WHERE j.brand_id = ANY (brands) AND j.status IN ('pending', 'running') ORDER BY j.id FOR NO KEY UPDATE;
    PERFORM kairo_revise(brands, of_board);
END $$;

CREATE OR REPLACE FUNCTION kairo_job_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    unseen CONSTANT text[] := ARRAY['updated_at', 'lease_token', 'lease_expires_at', 'locked_by', 'locked_at',
        'dispatched_at', 'cache_dropped_at', 'turn_at', 'priority', 'death_count', 'request_id', 'tenant_id'];
    brands CONSTANT uuid[] := (
        SELECT array_agg(DISTINCT b.brand_id) FROM old_rows o JOIN new_rows n ON n.id = o.id
        CROSS JOIN LATERAL (VALUES (n.brand_id), (o.brand_id)) b (brand_id)
        WHERE (o.status IN ('pending', 'running') OR n.status IN ('pending', 'running'))
          AND (n.status <> o.status OR to_jsonb(n) - unseen <> to_jsonb(o) - unseen));
BEGIN
    IF brands IS NOT NULL THEN
        PERFORM kairo_revise(brands, FALSE);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION kairo_job_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    brands CONSTANT uuid[] := (
        SELECT array_agg(DISTINCT brand_id) FROM rows WHERE status IN ('pending', 'running'));
BEGIN
    IF brands IS NOT NULL THEN
        PERFORM kairo_revise(brands, FALSE);
    END IF;
    RETURN NULL;
END $$;
"""

BACKWARDS = r"""
CREATE OR REPLACE FUNCTION kairo_today_changed(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION kairo_job_changed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION kairo_job_came_or_went() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM kairo_today_changed((
        SELECT array_agg(DISTINCT brand_id) FROM rows WHERE status IN ('pending', 'running')), FALSE);
    RETURN NULL;
END $$;

DROP FUNCTION kairo_revise(uuid[], boolean);
"""


class Migration(migrations.Migration):
    dependencies = [("hero", "0009_job_event_rows")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
