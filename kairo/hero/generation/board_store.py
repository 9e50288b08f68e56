"""Writes the boards that generations came to, with their opportunities, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec

from kairo.core.enums import CreatedVia
from kairo.core.ids import new_id, opportunity_id
from kairo.db.sql import fetch
from kairo.hero.boards import snapshot
from kairo.hero.boards.diff import changes_by_concept
from kairo.hero.boards.rendering import Stored
from kairo.hero.dto import BrandSnapshotDTO, NamedRefDTO, OpportunityDTO
from kairo.hero.generation.make_board import GenerationOutcome
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import CandidateDTO


@dataclass(frozen=True, kw_only=True, slots=True)
class GeneratedBoard:
    """What an attempt at a job has made, to be stored."""

    brand_id: UUID
    job_id: UUID
    attempt: int
    outcome: GenerationOutcome


def store_boards(made: Sequence[GeneratedBoard]) -> None:
    """Upserts the outcomes' opportunities, inserts their boards, and keeps what these show.

    Two SQL statements for all, or five where one has opportunities.
    """
    created_at = _store_opportunities(made)
    boards = [_board(each, created_at) for each in made]
    moments = _insert(boards)
    # The moment of the inputs is past, so a snooze that has ended since makes a snapshot that is not used.
    snapshot.write([(_shown(board, generated_at=moments[board.id]), board.made.outcome.as_of) for board in boards])


def ideas_of(outcome: GenerationOutcome, *, created_at: Mapping[UUID, datetime]) -> tuple[OpportunityDTO, ...]:
    """The outcome's ideas as its board names them, best first, each with how it changed since the last ready board.

    `created_at` is by opportunity id.
    """
    made = [_idea(candidate, outcome.brand, created_at) for candidate in outcome.candidates]
    ideas = sorted([*made, *outcome.carried], key=lambda idea: -idea.score)
    if outcome.previous is None:
        return tuple(ideas)
    changes = changes_by_concept(outcome.previous, ideas)
    return tuple(replace(idea, change=changes[idea.concept_key]) for idea in ideas)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Board:
    id: UUID
    made: GeneratedBoard
    content: BoardContent


def _board(made: GeneratedBoard, created_at: Mapping[UUID, datetime]) -> _Board:
    ideas = ideas_of(made.outcome, created_at=created_at)
    return _Board(id=new_id(), made=made, content=replace(made.outcome.content, opportunities=ideas).bare())


def _shown(board: _Board, *, generated_at: datetime) -> Stored:
    """What the row says, without reading it."""
    outcome = board.made.outcome
    return Stored(
        board=board.content.to_dto(
            board_id=board.id,
            brand=outcome.brand,
            as_of=outcome.as_of,
            generated_at=generated_at,
            state=outcome.state,
            ready_reason=outcome.ready_reason,
            remediation=outcome.remediation or None,
            error_code=None,
        ),
        opportunity_ids=tuple(idea.id for idea in board.content.opportunities),
    )


def _insert(boards: Sequence[_Board]) -> dict[UUID, datetime]:
    """The moments of their creation by id."""
    values = [
        {
            "id": board.id,
            "brand_id": board.made.brand_id,
            "job_id": board.made.job_id,
            "attempt": board.made.attempt,
            "state": board.made.outcome.state,
            "ready_reason": board.made.outcome.ready_reason,
            "opportunity_ids": [idea.id for idea in board.content.opportunities],
            "content": board.content.to_store(),
            "remediation": board.made.outcome.remediation,
            "diagnostics_json": board.made.outcome.diagnostics,
            "inputs": board.made.outcome.inputs,
            "as_of": board.made.outcome.as_of,
        }
        for board in boards
    ]
    return _created(_INSERT, values)


def _store_opportunities(made: Sequence[GeneratedBoard]) -> dict[UUID, datetime]:
    """The moments of their creation by id."""
    values = [_opportunity(candidate, brand_id=each.brand_id) for each in made for candidate in each.outcome.candidates]
    return _created(_UPSERT, values) if values else {}


def _created(sql: str, rows: Sequence[Mapping[str, object]]) -> dict[UUID, datetime]:
    return {row["id"]: row["created_at"] for row in fetch(sql, {"rows": msgspec.json.encode(rows).decode()})}


def _opportunity(candidate: CandidateDTO, *, brand_id: UUID) -> dict[str, object]:
    return {
        "id": opportunity_id(brand_id=brand_id, concept_key=candidate.concept_key),
        "brand_id": brand_id,
        "concept_key": candidate.concept_key,
        "title": candidate.title,
        "angle": candidate.angle,
        "angle_parts": candidate.angle_parts,
        "why_now": candidate.why_now,
        "type": candidate.type,
        "primary_channel": candidate.primary_channel,
        "suggested_channels": candidate.suggested_channels,
        "score": candidate.score,
        "score_parts": candidate.score_parts,
        "claims": candidate.claims,
        "evidence_ids": candidate.evidence_ids,
        "persona_id": candidate.persona_id,
        "pillar_id": candidate.pillar_id,
        "created_via": CreatedVia.AI_SUGGESTED,
    }


def _idea(candidate: CandidateDTO, brand: BrandSnapshotDTO, created_at: Mapping[UUID, datetime]) -> OpportunityDTO:
    personas = {persona.id: persona.name for persona in brand.personas}
    pillars = {pillar.id: pillar.name for pillar in brand.pillars}
    id_ = opportunity_id(brand_id=brand.id, concept_key=candidate.concept_key)
    return OpportunityDTO(
        id=id_,
        concept_key=candidate.concept_key,
        title=candidate.title,
        angle=candidate.angle,
        angle_parts=candidate.angle_parts,
        why_now=candidate.why_now,
        type=candidate.type,
        primary_channel=candidate.primary_channel,
        suggested_channels=candidate.suggested_channels,
        score=candidate.score,
        score_parts=candidate.score_parts,
        claims=candidate.claims,
        evidence_ids=candidate.evidence_ids,
        persona=_ref(candidate.persona_id, personas),
        pillar=_ref(candidate.pillar_id, pillars),
        created_via=CreatedVia.AI_SUGGESTED,
        created_at=created_at.get(id_),
    )


def _ref(id_: UUID | None, names: dict[UUID, str]) -> NamedRefDTO | None:
    return NamedRefDTO(id=id_, name=names[id_]) if id_ is not None else None


# One parameter and one text for any number of rows, so that it is prepared once: Django's own insert has another text
# for each number, and takes longer to write it down than the database to run it.
_BOARD = {
    "id": "uuid",
    "brand_id": "uuid",
    "job_id": "uuid",
    "attempt": "smallint",
    "state": "text",
    "ready_reason": "text",
    "opportunity_ids": "uuid[]",
    "content": "jsonb",
    "remediation": "text",
    "diagnostics_json": "jsonb",
    "inputs": "jsonb",
    "as_of": "timestamptz",
}
_INSERT = f"""
INSERT INTO hero_opportunitiesboard ({", ".join(_BOARD)})
SELECT {", ".join(_BOARD)}
FROM jsonb_to_recordset(%(rows)s::jsonb) AS made ({", ".join(map(" ".join, _BOARD.items()))})
RETURNING id, created_at
"""  # noqa: S608  made of constants

_KEPT = {"id": "uuid", "brand_id": "uuid", "concept_key": "text", "created_via": "text"}
_REWRITTEN = {
    "title": "text",
    "angle": "text",
    "angle_parts": "jsonb",
    "why_now": "text",
    "type": "text",
    "primary_channel": "text",
    "suggested_channels": "text[]",
    "score": "smallint",
    "score_parts": "jsonb",
    "claims": "jsonb",
    "evidence_ids": "uuid[]",
    "persona_id": "uuid",
    "pillar_id": "uuid",
}
_IDEA = {**_KEPT, **_REWRITTEN}
# By id, so that two writers of overlapping ideas cannot wait for each other in a ring.
_UPSERT = f"""
INSERT INTO core_opportunity ({", ".join(_IDEA)})
SELECT {", ".join(_IDEA)}
FROM jsonb_to_recordset(%(rows)s::jsonb) AS made ({", ".join(map(" ".join, _IDEA.items()))})
ORDER BY id
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in (*_REWRITTEN, "updated_at"))}
RETURNING id, created_at
"""  # noqa: S608  made of constants
