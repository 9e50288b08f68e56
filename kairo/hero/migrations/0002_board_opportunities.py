"""A board's opportunities exist, in its own brand, for as long as the board does.

The board's check is deferred to commit, so that board and opportunities may be written in any order in one
transaction. The opportunity's is immediate, and deferrable for the deletion of a whole brand. Locks and
isolation as in evidence 0002.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION kairo_board_references_exist() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing uuid;
BEGIN
    -- Deferred to commit: the row may have been changed or deleted since.
    IF NOT EXISTS (SELECT 1 FROM hero_opportunitiesboard b
                   WHERE b.id = NEW.id AND b.brand_id = NEW.brand_id
                     AND b.opportunity_ids = NEW.opportunity_ids) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM core_opportunity o
      WHERE o.id = ANY (NEW.opportunity_ids) AND o.brand_id = NEW.brand_id
      ORDER BY o.id FOR KEY SHARE;
    SELECT named.id INTO missing FROM unnest(NEW.opportunity_ids) AS named(id)
      WHERE NOT EXISTS (
        SELECT 1 FROM core_opportunity o WHERE o.id = named.id AND o.brand_id = NEW.brand_id)
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'board % names opportunity % that its brand does not have', NEW.id, missing
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'board_opportunities_exist',
                TABLE = 'hero_opportunitiesboard', COLUMN = 'opportunity_ids';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER board_references_exist
    AFTER INSERT OR UPDATE OF opportunity_ids, brand_id ON hero_opportunitiesboard
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION kairo_board_references_exist();

CREATE FUNCTION kairo_opportunity_is_not_named() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    namer uuid;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'opportunities can be deleted or moved only in a read committed transaction'
          USING ERRCODE = 'invalid_transaction_state',
                HINT = 'An older snapshot would not see a board that has just named it.';
    END IF;
    SELECT b.id INTO namer FROM hero_opportunitiesboard b WHERE b.opportunity_ids @> ARRAY[OLD.id] LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'opportunity % is named by board %', OLD.id, namer
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'opportunity_named_by_board',
                TABLE = 'core_opportunity', COLUMN = 'id';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER opportunity_is_not_named
    AFTER DELETE ON core_opportunity
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION kairo_opportunity_is_not_named();

CREATE CONSTRAINT TRIGGER opportunity_is_not_moved
    AFTER UPDATE OF id, brand_id ON core_opportunity
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.brand_id IS DISTINCT FROM NEW.brand_id)
    EXECUTE FUNCTION kairo_opportunity_is_not_named();
"""

BACKWARDS = r"""
DROP TRIGGER opportunity_is_not_moved ON core_opportunity;
DROP TRIGGER opportunity_is_not_named ON core_opportunity;
DROP FUNCTION kairo_opportunity_is_not_named();
DROP TRIGGER board_references_exist ON hero_opportunitiesboard;
DROP FUNCTION kairo_board_references_exist();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("hero", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
