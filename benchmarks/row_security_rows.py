"""What the reads of `benchmarks.row_security` are measured on: many brands of others, and one with very much."""

from __future__ import annotations

# In this order. `demo` is the tenant whose brand :large is filled; it has pillars, personas and a stored board already.
ROWS = [
    "INSERT INTO core_tenant (id, slug, name) SELECT gen_random_uuid(), 'other' || n, 'T'"
    " FROM generate_series(1, 200) n",
    "INSERT INTO core_brand (id, tenant_id, slug, name) SELECT gen_random_uuid(), t.id, 'b' || n, 'B'"
    " FROM core_tenant t, generate_series(1, 5) n WHERE t.slug LIKE 'other%%'",
    # 30 posts and ideas, 20 jobs and boards for a brand of others; 20,000 and thousands for the large one.
    """
    INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id, canonical_url,
        published_at, author_ref, text_primary)
    SELECT gen_random_uuid(), b.id, (ARRAY['instagram', 'x', 'tiktok'])[1 + n %% 3], 'post', 'bench' || n,
        'https://posts.example/' || n, now() - n * interval '1 minute', 'a' || n %% 50,
        'word' || n %% 500 || ' bread oven number ' || n
    FROM core_brand b, generate_series(1, CASE WHEN b.id = %(large)s THEN 20000 ELSE 30 END) n
    WHERE b.slug LIKE 'b_' OR b.id = %(large)s
    """,
    """
    INSERT INTO core_opportunity (id, brand_id, concept_key, title, angle, why_now, type, primary_channel, score,
        score_parts, claims, evidence_ids, pillar_id, created_at)
    SELECT gen_random_uuid(), e.brand_id, e.external_id, 'Title of ' || e.external_id, 'An angle of ten',
        '4 authors in 3 days', 'trend', (ARRAY['instagram', 'x', 'linkedin', 'youtube'])[1 + n %% 4], 1 + n %% 100,
        '[]', '[]', ARRAY[e.id], p.ids[1 + n %% cardinality(p.ids)], now() - n * interval '1 minute'
    FROM evidence_normalizedevidenceitem e
    CROSS JOIN LATERAL (SELECT substr(e.external_id, 6)::int) named (n)
    CROSS JOIN LATERAL (SELECT array_agg(id) FROM core_contentpillar p WHERE p.brand_id = e.brand_id) p (ids)
    WHERE e.external_id LIKE 'bench%%'
    """,
    """
    INSERT INTO core_opportunitydecision (id, opportunity_id, kind)
    SELECT gen_random_uuid(), id, 'pinned' FROM core_opportunity WHERE score %% 10 = 0
    """,
    """
    INSERT INTO hero_opportunitiesjob (id, brand_id, tenant_id, status, trigger, available_at, deadline_at, created_at,
        finished_at)
    SELECT gen_random_uuid(), b.id, b.tenant_id, 'succeeded', 'user', now(), now(), now() - n * interval '1 hour',
        now()
    FROM core_brand b, generate_series(1, CASE WHEN b.id = %(large)s THEN 5000 ELSE 20 END) n
    """,
    """
    INSERT INTO hero_opportunitiesjobevent (job_id, kind)
    SELECT id, (ARRAY['enqueued', 'claimed', 'succeeded'])[n] FROM hero_opportunitiesjob, generate_series(1, 3) n
    """,
    """
    INSERT INTO hero_opportunitiesboard (id, brand_id, state, ready_reason, opportunity_ids, content, as_of, created_at)
    SELECT gen_random_uuid(), b.brand_id, b.state, b.ready_reason, b.opportunity_ids, b.content, b.as_of,
        b.created_at - n * interval '1 hour'
    FROM hero_opportunitiesboard b, generate_series(1, 3000) n WHERE b.brand_id = %(large)s
    """,
    """
    INSERT INTO hero_opportunitiesboard (id, brand_id, state, content)
    SELECT gen_random_uuid(), b.id, 'insufficient_evidence', '{}' FROM core_brand b, generate_series(1, 20)
    WHERE b.slug LIKE 'b_'
    """,
    """
    INSERT INTO evidence_ingestionjob (id, brand_id, status, trigger, connection_ids, deadline_at, created_at,
        finished_at)
    SELECT gen_random_uuid(), b.id, 'succeeded', 'user', '{}', now(), now() - n * interval '1 hour', now()
    FROM core_brand b, generate_series(1, CASE WHEN b.id = %(large)s THEN 5000 ELSE 20 END) n
    """,
    """
    INSERT INTO evidence_sourcerun (id, brand_id, job_id, connection_id, source, platform, kind, identifier, stage,
        status, finished_at)
    SELECT gen_random_uuid(), brand_id, id, gen_random_uuid(), 'feed', 'web', 'feed', 'https://feed.example', 'read',
        'succeeded', now()
    FROM evidence_ingestionjob, generate_series(1, 2)
    """,
    """
    INSERT INTO core_apitoken (id, tenant_id, name, prefix, token_hash, scopes)
    SELECT gen_random_uuid(), t.id, 'token ' || n, 'kairo_',
        encode(sha256(convert_to(t.slug || '-' || n, 'UTF8')), 'hex'), '{read}'
    FROM core_tenant t, generate_series(1, 100) n
    """,
    "VACUUM ANALYZE",
]
