"""Writes generated boards with their opportunities and snapshots, within the caller's transaction."""

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
from kairo.hero.boards.rendering import StoredBoard
from kairo.hero.dto import BrandSnapshotDTO, NamedRefDTO, OpportunityDTO
from kairo.hero.generation.make_board import GenerationOutcome
from kairo.hero.models.board_content import BoardContent
from kairo.hero.ports import CandidateDTO


@dataclass(frozen=True, kw_only=True, slots=True)
class GeneratedBoard:
    """The outcome of one attempt at a job, to be stored."""

    brand_id: UUID
    job_id: UUID
    attempt: int
    outcome: GenerationOutcome


def store_boards(generated: Sequence[GeneratedBoard]) -> None:
    """Upserts the opportunities, inserts the boards, and writes their snapshots.

    Two SQL statements for all boards, five where one has opportunities.
    """
    created_at = _store_opportunities(generated)
    boards = [_board(each, created_at) for each in generated]
    generated_at = _insert(boards)
    # The snapshot is of the moment of the inputs: where a snooze has ended since, readers render the rows.
    snapshot.write(
        [(_stored_board(board, generated_at=generated_at[board.id]), board.generated.outcome.as_of) for board in boards]
    )


def opportunities_of_outcome(
    outcome: GenerationOutcome, *, created_at: Mapping[UUID, datetime]
) -> tuple[OpportunityDTO, ...]:
    """The outcome's opportunities, best first, each with its change since the last ready board.

    `created_at` is by opportunity id.
    """
    generated = [_opportunity_dto(candidate, outcome.brand, created_at) for candidate in outcome.candidates]
    opportunities = sorted([*generated, *outcome.carried], key=lambda opportunity: -opportunity.score)
    if outcome.previous is None:
        return tuple(opportunities)
    changes = changes_by_concept(outcome.previous, opportunities)
    return tuple(replace(opportunity, change=changes[opportunity.concept_key]) for opportunity in opportunities)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Board:
    id: UUID
    generated: GeneratedBoard
    content: BoardContent


def _board(generated: GeneratedBoard, created_at: Mapping[UUID, datetime]) -> _Board:
    opportunities = opportunities_of_outcome(generated.outcome, created_at=created_at)
    return _Board(
        id=new_id(), generated=generated, content=replace(generated.outcome.content, opportunities=opportunities).bare()
    )


def _stored_board(board: _Board, *, generated_at: datetime) -> StoredBoard:
    """The inserted board, without reading its row."""
    outcome = board.generated.outcome
    return StoredBoard(
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
        opportunity_ids=tuple(opportunity.id for opportunity in board.content.opportunities),
    )


def _insert(boards: Sequence[_Board]) -> dict[UUID, datetime]:
    """Returns `created_at` by id."""
    values = [
        {
            "id": board.id,
            "brand_id": board.generated.brand_id,
            "job_id": board.generated.job_id,
            "attempt": board.generated.attempt,
            "state": board.generated.outcome.state,
            "ready_reason": board.generated.outcome.ready_reason,
            "opportunity_ids": [opportunity.id for opportunity in board.content.opportunities],
            "content": board.content.to_store(),
            "remediation": board.generated.outcome.remediation,
            "diagnostics_json": board.generated.outcome.diagnostics,
            "inputs": board.generated.outcome.inputs,
            "as_of": board.generated.outcome.as_of,
        }
        for board in boards
    ]
    return _created(_INSERT, values)


def _store_opportunities(generated: Sequence[GeneratedBoard]) -> dict[UUID, datetime]:
    """Returns `created_at` by id."""
    values = [
        _opportunity(candidate, brand_id=each.brand_id) for each in generated for candidate in each.outcome.candidates
    ]
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


def _opportunity_dto(
    candidate: CandidateDTO, brand: BrandSnapshotDTO, created_at: Mapping[UUID, datetime]
) -> OpportunityDTO:
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


# One parameter and one text for any number of rows, so that the statement is prepared once. Django's insert has another
# text for each number of rows, and takes longer to compile than to run.
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
FROM jsonb_to_recordset(%(rows)s::jsonb) AS generated ({", ".join(map(" ".join, _BOARD.items()))})
RETURNING id, created_at
"""  # noqa: S608  made of constants

_FIXED = {"id": "uuid", "brand_id": "uuid", "concept_key": "text", "created_via": "text"}
_UPDATED = {
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
_OPPORTUNITY = {**_FIXED, **_UPDATED}
# In the order of ids, so that two writers of the same opportunities do not deadlock.
_UPSERT = f"""
INSERT INTO core_opportunity ({", ".join(_OPPORTUNITY)})
SELECT {", ".join(_OPPORTUNITY)}
FROM jsonb_to_recordset(%(rows)s::jsonb) AS generated ({", ".join(map(" ".join, _OPPORTUNITY.items()))})
ORDER BY id
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in (*_UPDATED, "updated_at"))}
RETURNING id, created_at
"""  # noqa: S608  made of constants
