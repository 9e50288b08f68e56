-- What the other servers read: Kairo's ready boards as the relational rows one would design for them, with the
-- positions, snippets and ids that Kairo shows. Made once from Kairo's own tables.
CREATE SCHEMA bench;

CREATE TABLE bench.board AS
SELECT b.brand_id, upper(b.state) AS state, upper(b.ready_reason) AS ready_reason, b.as_of, b.remediation
FROM (SELECT DISTINCT ON (brand_id) * FROM hero_opportunitiesboard ORDER BY brand_id, created_at DESC, id DESC) b;
UPDATE bench.board SET remediation = NULL WHERE remediation = '';
ALTER TABLE bench.board ADD PRIMARY KEY (brand_id);

CREATE TABLE bench.persona AS
SELECT p.id AS key, encode(convert_to('Persona:' || p.id, 'UTF8'), 'base64') AS id, p.name FROM core_persona p;
ALTER TABLE bench.persona ADD PRIMARY KEY (key);

CREATE TABLE bench.pillar AS
SELECT p.id AS key, encode(convert_to('ContentPillar:' || p.id, 'UTF8'), 'base64') AS id, p.name
FROM core_contentpillar p;
ALTER TABLE bench.pillar ADD PRIMARY KEY (key);

CREATE TABLE bench.opportunity AS
SELECT o.brand_id,
       row_number() OVER (PARTITION BY o.brand_id ORDER BY (d.kind = 'pinned') IS TRUE DESC, named.place)::int AS position,
       o.id AS key, encode(convert_to('Opportunity:' || o.id, 'UTF8'), 'base64') AS id,
       o.title, o.angle, o.why_now, upper(o.type) AS type, upper(o.primary_channel) AS primary_channel,
       upper(o.suggested_channels::text)::text[] AS suggested_channels, o.score::int AS score,
       upper(o.created_via) AS created_via, o.created_at, o.persona_id AS persona_key, o.pillar_id AS pillar_key
FROM hero_opportunitiesboard b
CROSS JOIN LATERAL unnest(b.opportunity_ids) WITH ORDINALITY named (id, place)
JOIN core_opportunity o ON o.id = named.id
LEFT JOIN LATERAL (
  SELECT kind FROM core_opportunitydecision WHERE opportunity_id = o.id ORDER BY at DESC, id DESC LIMIT 1
) d ON true;
ALTER TABLE bench.opportunity ADD PRIMARY KEY (brand_id, position);
ALTER TABLE bench.opportunity ADD FOREIGN KEY (brand_id) REFERENCES bench.board;
ALTER TABLE bench.opportunity ADD FOREIGN KEY (persona_key) REFERENCES bench.persona;
ALTER TABLE bench.opportunity ADD FOREIGN KEY (pillar_key) REFERENCES bench.pillar;

CREATE TABLE bench.evidence AS
SELECT o.key AS opportunity_key, named.place::int AS position,
       encode(convert_to('EvidenceItem:' || e.id, 'UTF8'), 'base64') AS id,
       upper(e.platform) AS platform, e.canonical_url AS url, e.author_ref AS author,
       CASE WHEN length(e.text_primary) <= 200 THEN e.text_primary
            ELSE regexp_replace(left(e.text_primary, 199), ' [^ ]*$', '') || '…' END AS snippet,
       e.has_transcript, e.published_at
FROM bench.opportunity o
JOIN core_opportunity row ON row.id = o.key
CROSS JOIN LATERAL unnest(row.evidence_ids) WITH ORDINALITY named (id, place)
JOIN evidence_normalizedevidenceitem e ON e.id = named.id;
ALTER TABLE bench.opportunity ADD UNIQUE (key);
ALTER TABLE bench.evidence ADD PRIMARY KEY (opportunity_key, position);
ALTER TABLE bench.evidence ADD FOREIGN KEY (opportunity_key) REFERENCES bench.opportunity (key);

-- base64 of encode() breaks its lines after 76 characters.
UPDATE bench.opportunity SET id = replace(id, E'\n', '') WHERE id LIKE E'%\n%';
UPDATE bench.evidence SET id = replace(id, E'\n', '') WHERE id LIKE E'%\n%';
UPDATE bench.persona SET id = replace(id, E'\n', '') WHERE id LIKE E'%\n%';
UPDATE bench.pillar SET id = replace(id, E'\n', '') WHERE id LIKE E'%\n%';

-- For PostGraphile, which makes its schema of these tables and names.
COMMENT ON CONSTRAINT opportunity_brand_id_fkey ON bench.opportunity IS '@foreignSimpleFieldName opportunities';
COMMENT ON CONSTRAINT opportunity_persona_key_fkey ON bench.opportunity IS '@fieldName persona';
COMMENT ON CONSTRAINT opportunity_pillar_key_fkey ON bench.opportunity IS '@fieldName pillar';
COMMENT ON CONSTRAINT evidence_opportunity_key_fkey ON bench.evidence IS '@foreignSimpleFieldName evidence
@fieldName idea';
