"""Boards written by SQL, past every service, so that only triggers invalidate them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import psycopg

_BRAND = """
WITH t AS (INSERT INTO core_tenant (id, slug, name) VALUES (gen_random_uuid(), %(slug)s, 'T')
           ON CONFLICT (slug) DO UPDATE SET name = 'T' RETURNING id)
INSERT INTO core_brand (id, tenant_id, slug, name, channels)
SELECT gen_random_uuid(), id, gen_random_uuid()::text, '0', ARRAY['instagram'] FROM t RETURNING id::text
"""
_POST = """
INSERT INTO evidence_normalizedevidenceitem (id, brand_id, platform, content_type, external_id, views)
VALUES (coalesce(%s::uuid, gen_random_uuid()), %s, 'instagram', 'reel', gen_random_uuid()::text, %s)
RETURNING id::text
"""
_IDEA = """
INSERT INTO core_opportunity (id, brand_id, concept_key, title, angle, why_now, type, primary_channel, score,
                              score_parts, claims, evidence_ids)
VALUES (gen_random_uuid(), %s, gen_random_uuid()::text, %s, 'An angle of it', 'Because of it', 'trend', 'instagram',
        70, '[]', '[]', ARRAY[%s]::uuid[]) RETURNING id::text
"""
_BOARD = """
INSERT INTO hero_opportunitiesboard (id, brand_id, state, ready_reason, opportunity_ids, content)
VALUES (gen_random_uuid(), %s, 'ready', 'generated', %s::uuid[], %s)
"""
# In this order no foreign key refuses a deletion; the brand comes last.
_TABLES_OF_A_BRAND = ("hero_opportunitiesboard", "core_opportunity", "evidence_normalizedevidenceitem")


@dataclass(frozen=True)
class Idea:
    """An opportunity and the one post that its board shows with it."""

    id: str
    title: str
    post: str

    def in_board(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "concept_key": self.id,
            "title": self.title,
            "angle": "An angle of it",
            "why_now": "Because of it",
            "type": "trend",
            "primary_channel": "instagram",
            "suggested_channels": [],
            "score": 70,
            "score_parts": [],
            "claims": [],
            "evidence_ids": [self.post],
            "persona": None,
            "pillar": None,
            "created_via": "ai_suggested",
        }


@dataclass
class WrittenBrand:
    """A brand named 0 of the tenant with this slug, which may exist already."""

    database: psycopg.Connection[Any]
    tenant: str
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = self._id(_BRAND, {"slug": self.tenant})

    def post(self, id_: str | None = None, *, views: int = 0) -> str:
        """Inserts a new post, or a deleted one again."""
        return self._id(_POST, [id_, self.id, views])

    def idea(self, title: str, *, post: str) -> Idea:
        return Idea(self._id(_IDEA, [self.id, title, post]), title, post)

    def board(self, *ideas: Idea) -> None:
        content = {"version": 1, "opportunities": [idea.in_board() for idea in ideas]}
        self.database.execute(_BOARD, [self.id, [idea.id for idea in ideas], json.dumps(content)])

    def delete(self) -> None:
        with self.database.transaction():
            for table in _TABLES_OF_A_BRAND:
                self.database.execute(f"DELETE FROM {table} WHERE brand_id = %s", [self.id])
            assert self.database.execute("DELETE FROM core_brand WHERE id = %s", [self.id]).rowcount == 1

    def _id(self, sql: str, params: Any) -> str:
        (id_,) = self.database.execute(sql, params).fetchone() or ("",)
        return str(id_)


def a_board(database: psycopg.Connection[Any], tenant: str) -> WrittenBrand:
    """A brand with a ready board of one idea, which names one post."""
    brand = WrittenBrand(database, tenant)
    brand.board(brand.idea("An idea", post=brand.post()))
    return brand
