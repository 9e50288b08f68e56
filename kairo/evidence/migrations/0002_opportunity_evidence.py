"""An opportunity is grounded: its evidence exists, in its own brand, for as long as the opportunity does.

Postgres has no foreign key over array elements, so two constraint triggers stand in for one. Locks make them
hold under concurrency: the writer of an opportunity takes KEY SHARE on the posts it names, which a deletion of
one of them must wait for, and whoever comes second sees what the first one committed.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION kairo_opportunity_is_grounded() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    missing uuid;
BEGIN
    PERFORM 1 FROM evidence_normalizedevidenceitem e
      WHERE e.id = ANY (NEW.evidence_ids) AND e.brand_id = NEW.brand_id
      ORDER BY e.id FOR KEY SHARE;
    SELECT named.id INTO missing FROM unnest(NEW.evidence_ids) AS named(id)
      WHERE NOT EXISTS (
        SELECT 1 FROM evidence_normalizedevidenceitem e WHERE e.id = named.id AND e.brand_id = NEW.brand_id)
      LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'opportunity % names evidence % that its brand does not have', NEW.id, missing
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'opportunity_evidence_exists',
                TABLE = 'core_opportunity', COLUMN = 'evidence_ids';
    END IF;
    IF NEW.persona_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_persona p WHERE p.id = NEW.persona_id AND p.brand_id = NEW.brand_id) THEN
        RAISE EXCEPTION 'opportunity % names a persona of another brand', NEW.id
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'opportunity_persona_same_brand',
                TABLE = 'core_opportunity', COLUMN = 'persona_id';
    END IF;
    IF NEW.pillar_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM core_contentpillar p WHERE p.id = NEW.pillar_id AND p.brand_id = NEW.brand_id) THEN
        RAISE EXCEPTION 'opportunity % names a pillar of another brand', NEW.id
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'opportunity_pillar_same_brand',
                TABLE = 'core_opportunity', COLUMN = 'pillar_id';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER opportunity_is_grounded
    AFTER INSERT OR UPDATE OF evidence_ids, brand_id, persona_id, pillar_id ON core_opportunity
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION kairo_opportunity_is_grounded();

CREATE FUNCTION kairo_evidence_is_not_named() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    namer uuid;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'evidence can be deleted or moved only in a read committed transaction'
          USING ERRCODE = 'invalid_transaction_state',
                HINT = 'An older snapshot would not see an opportunity that has just named it.';
    END IF;
    SELECT o.id INTO namer FROM core_opportunity o WHERE o.evidence_ids @> ARRAY[OLD.id] LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'evidence % is named by opportunity %', OLD.id, namer
          USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'evidence_named_by_opportunity',
                TABLE = 'evidence_normalizedevidenceitem', COLUMN = 'id';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER evidence_is_not_named
    AFTER DELETE ON evidence_normalizedevidenceitem
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW EXECUTE FUNCTION kairo_evidence_is_not_named();

CREATE CONSTRAINT TRIGGER evidence_is_not_moved
    AFTER UPDATE OF id, brand_id ON evidence_normalizedevidenceitem
    DEFERRABLE INITIALLY IMMEDIATE
    FOR EACH ROW WHEN (OLD.id IS DISTINCT FROM NEW.id OR OLD.brand_id IS DISTINCT FROM NEW.brand_id)
    EXECUTE FUNCTION kairo_evidence_is_not_named();
"""

BACKWARDS = r"""
DROP TRIGGER evidence_is_not_moved ON evidence_normalizedevidenceitem;
DROP TRIGGER evidence_is_not_named ON evidence_normalizedevidenceitem;
DROP FUNCTION kairo_evidence_is_not_named();
DROP TRIGGER opportunity_is_grounded ON core_opportunity;
DROP FUNCTION kairo_opportunity_is_grounded();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("evidence", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
