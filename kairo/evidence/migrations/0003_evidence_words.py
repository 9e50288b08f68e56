"""Posts are found by their words: title, texts and hashtags, in Postgres' own full-text index.

The words are an expression's and not a column's, so that whoever reads a post does not read them along. The
expression is a function because Postgres cannot know that joining hashtags gives the same text every time.
It looks at the first 200,000 characters: more words than a `tsvector` holds would make a post impossible to
store.
"""

import django.contrib.postgres.indexes
from django.db import migrations

import kairo.evidence.words

FORWARDS = r"""
CREATE FUNCTION kairo_evidence_words(title text, text_primary text, text_secondary text, hashtags text[])
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT pg_catalog.to_tsvector('pg_catalog.simple'::pg_catalog.regconfig, pg_catalog.left(
        pg_catalog.concat_ws(' ', title, text_primary, text_secondary, pg_catalog.array_to_string(hashtags, ' ')),
        200000))
$$;
"""

BACKWARDS = "DROP FUNCTION kairo_evidence_words(text, text, text, text[]);"


class Migration(migrations.Migration):
    dependencies = [("evidence", "0002_opportunity_evidence")]
    operations = [
        migrations.RunSQL(FORWARDS, BACKWARDS),
        migrations.AddIndex(
            model_name="normalizedevidenceitem",
            index=django.contrib.postgres.indexes.GinIndex(
                kairo.evidence.words.EvidenceWords(), name="evidence_words_gin"
            ),
        ),
    ]
