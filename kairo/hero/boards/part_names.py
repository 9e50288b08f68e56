"""The current names of a brand's personas and pillars.

A stored board keeps the names of its time. Every answer shows the current ones instead, so that one node id has one
name; a persona or pillar that was deleted since keeps the name in the board.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar, cast
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from kairo.core.models import ContentPillar, Persona
from kairo.hero.dto import NamedRefDTO, OpportunityDTO, TodayBoardDTO

PartNames = Mapping[UUID, str]
Row = TypeVar("Row", bound=Model)
Ref = TypeVar("Ref", NamedRefDTO, NamedRefDTO | None)

PART_NAMES_SQL = """
SELECT json_agg(json_build_object('id', part.id, 'name', part.name))::text
FROM (SELECT id, name FROM core_persona WHERE brand_id = b.id
      UNION ALL SELECT id, name FROM core_contentpillar WHERE brand_id = b.id) part
"""
"""A subquery for the brand `b`; `part_names` decodes it."""


def with_part_names(rows: QuerySet[Row], *, brand_id: str) -> QuerySet[Row]:
    """Annotates each row with the names of its brand's parts, for `part_names_of`; `brand_id` is the row's column."""
    personas, pillars = (
        ArraySubquery(part.filter(brand_id=OuterRef(brand_id)).values(part=JSONObject(id="id", name="name")))
        for part in (Persona.objects, ContentPillar.objects)
    )
    return cast("QuerySet[Row]", rows.annotate(persona_names=personas, pillar_names=pillars))


def part_names_of(row: Any) -> PartNames:
    """The names that `with_part_names` added to the row."""
    return part_names([*row.persona_names, *row.pillar_names])


def part_names(parts: Iterable[Mapping[str, str]]) -> PartNames:
    return {UUID(part["id"]): part["name"] for part in parts}


def with_current_names(board: TodayBoardDTO, names: PartNames) -> TodayBoardDTO:
    """The board with the current names of the personas and pillars that it refers to."""
    return replace(
        board,
        meta=replace(
            board.meta,
            dominant_persona=_current(board.meta.dominant_persona, names),
            dominant_pillar=_current(board.meta.dominant_pillar, names),
        ),
        opportunities=tuple(_renamed(opportunity, names) for opportunity in board.opportunities),
        coverage=tuple(replace(entry, pillar=_current(entry.pillar, names)) for entry in board.coverage),
    )


def _renamed(opportunity: OpportunityDTO, names: PartNames) -> OpportunityDTO:
    persona, pillar = _current(opportunity.persona, names), _current(opportunity.pillar, names)
    if persona is opportunity.persona and pillar is opportunity.pillar:
        return opportunity
    return replace(opportunity, persona=persona, pillar=pillar)


def _current(ref: Ref, names: PartNames) -> Ref:
    if ref is None or names.get(ref.id, ref.name) == ref.name:
        return ref
    return replace(ref, name=names[ref.id])
