"""A transaction that has revised a brand locks none of its jobs afterwards.

The order of locks is job, then revision (docs/decisions/0010-lock-order.md). A transaction that found no active job
and waited for the revision could find, once it had it, the job that the other transaction had made; the next trigger
locked that job's row, against the order, and a worker that held the row waited for the revision: a deadlock. Who has
the revision needs no job's row: no job of the brand can begin, change or end without the revision.
"""

from django.db import migrations

# Whatever a transaction has written bears its number, and is no older than its beginning: see 0011.
_ORDERED = r"""
CREATE OR REPLACE FUNCTION kairo_today_changed(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF brands IS NULL THEN
        RETURN;
    END IF;
    PERFORM 1 FROM hero_opportunitiesjob j
      WHERE j.brand_id = ANY (brands) AND j.status IN ('pending', 'running')
        AND NOT EXISTS (
          SELECT FROM hero_boardrevision r
          WHERE r.brand_id = j.brand_id AND r.xmin = pg_current_xact_id()::xid
            AND r.revision >= extract(epoch FROM transaction_timestamp()) * 1000000)
      ORDER BY j.id FOR NO KEY UPDATE;
    PERFORM kairo_revise(brands, of_board);
END $$;
"""

_BEFORE = r"""
CREATE OR REPLACE FUNCTION kairo_today_changed(brands uuid[], of_board boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF brands IS NULL THEN
        RETURN;
    END IF;
    PERFORM 1 FROM hero_opportunitiesjob j
      WHERE j.brand_id = ANY (brands) AND j.status IN ('pending', 'running') ORDER BY j.id FOR NO KEY UPDATE;
    PERFORM kairo_revise(brands, of_board);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("hero", "0011_cheaper_jobs")]

    operations = [migrations.RunSQL(_ORDERED, _BEFORE)]
