"""Posts are found by their words: title, texts and hashtags, in Postgres' own full-text search.

The words are stored, because working them out again is most of what a search with a phrase or an exclusion
would cost. The models do not know the column: whoever reads a post does not read its words along. It is filled
by a function because Postgres cannot know that joining hashtags gives the same text every time. The function
looks at the first 200,000 characters: more words than a `tsvector` holds would make a post impossible to store.
"""

from django.db import migrations

FORWARDS = r"""
CREATE FUNCTION kairo_evidence_words(title text, text_primary text, text_secondary text, hashtags text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple'::pg_catalog.regconfig, pg_catalog.left(
        pg_catalog.concat_ws(' ', title, text_primary, text_secondary, pg_catalog.array_to_string(hashtags, ' ')),
        200000))
$$;

ALTER TABLE evidence_normalizedevidenceitem ADD COLUMN words tsvector NOT NULL
    GENERATED ALWAYS AS (kairo_evidence_words(title, text_primary, text_secondary, hashtags)) STORED;

CREATE INDEX evidence_words_gin ON evidence_normalizedevidenceitem USING gin (words);
"""

BACKWARDS = r"""
DROP INDEX evidence_words_gin;
ALTER TABLE evidence_normalizedevidenceitem DROP COLUMN words;
DROP FUNCTION kairo_evidence_words(text, text, text, text[]);
"""


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_opportunity_evidence")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
