"""Writes the boards that generations came to, with their opportunities, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import msgspec

from kairo.core.enums import CreatedVia
from kairo.core.ids import opportunity_id
from kairo.core.models import Opportunity
from kairo.core.statements import fetch
from kairo.hero.board_diff import changes_by_concept
from kairo.hero.dto import BrandSnapshotDTO, NamedRefDTO, OpportunityDTO
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.ports import CandidateDTO
from kairo.hero.services import board_snapshot
from kairo.hero.services.generation_service import GenerationOutcome

_REWRITTEN = [
    "title",
    "angle",
    "why_now",
    "type",
    "primary_channel",
    "suggested_channels",
    "score",
    "score_parts",
    "claims",
    "evidence_ids",
    "persona",
    "pillar",
    "updated_at",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """What an attempt at a job has made, to be stored."""

    brand_id: UUID
    job_id: UUID
    attempt: int
    outcome: GenerationOutcome


def store_boards(made: Sequence[Made]) -> None:
    """Upserts the outcomes' opportunities, inserts their boards, and keeps what these show.

    Three SQL statements for all, or two without opportunities, and two more for each board that has some.
    """
    created_at = {row.id: row.created_at for row in _store_opportunities(made)}
    boards = [_board(each, created_at) for each in made]
    _insert(boards)
    # The moment of the inputs is past, so a snooze that has ended since makes a snapshot that is not used.
    board_snapshot.write(
        (board, each.outcome.brand, each.outcome.as_of) for board, each in zip(boards, made, strict=True)
    )


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


def _board(made: Made, created_at: Mapping[UUID, datetime]) -> OpportunitiesBoard:
    outcome = made.outcome
    ideas = ideas_of(outcome, created_at=created_at)
    return OpportunitiesBoard(
        brand_id=made.brand_id,
        job_id=made.job_id,
        attempt=made.attempt,
        state=outcome.state,
        ready_reason=outcome.ready_reason,
        opportunity_ids=[idea.id for idea in ideas],
        content=replace(outcome.content, opportunities=ideas).to_json(),
        remediation=outcome.remediation,
        diagnostics_json=outcome.diagnostics,
        inputs=outcome.inputs,
        as_of=outcome.as_of,
    )


def _insert(boards: Sequence[OpportunitiesBoard]) -> None:
    """Inserts them, and gives each the moment of its creation."""
    values = [{name: getattr(board, name) for name in _COLUMNS} for board in boards]
    rows = fetch(_INSERT, {"boards": msgspec.json.encode(values).decode()})
    created_at = {row["id"]: row["created_at"] for row in rows}
    for board in boards:
        board.created_at = created_at[board.id]


def _store_opportunities(made: Sequence[Made]) -> list[Opportunity]:
    rows = [_opportunity(candidate, brand_id=each.brand_id) for each in made for candidate in each.outcome.candidates]
    # By id, so that two writers of overlapping ideas cannot wait for each other in a ring.
    Opportunity.objects.bulk_create(
        sorted(rows, key=lambda row: row.id), update_conflicts=True, unique_fields=["id"], update_fields=_REWRITTEN
    )
    return rows


def _opportunity(candidate: CandidateDTO, *, brand_id: UUID) -> Opportunity:
    return Opportunity(
        id=opportunity_id(brand_id=brand_id, concept_key=candidate.concept_key),
        brand_id=brand_id,
        concept_key=candidate.concept_key,
        title=candidate.title,
        angle=candidate.angle,
        why_now=candidate.why_now,
        type=candidate.type,
        primary_channel=candidate.primary_channel,
        suggested_channels=list(candidate.suggested_channels),
        score=candidate.score,
        score_parts=msgspec.to_builtins(candidate.score_parts),
        claims=msgspec.to_builtins(candidate.claims),
        evidence_ids=list(candidate.evidence_ids),
        persona_id=candidate.persona_id,
        pillar_id=candidate.pillar_id,
        created_via=CreatedVia.AI_SUGGESTED,
    )


def _idea(candidate: CandidateDTO, brand: BrandSnapshotDTO, created_at: Mapping[UUID, datetime]) -> OpportunityDTO:
    personas = {persona.id: persona.name for persona in brand.personas}
    pillars = {pillar.id: pillar.name for pillar in brand.pillars}
    id_ = opportunity_id(brand_id=brand.id, concept_key=candidate.concept_key)
    return OpportunityDTO(
        id=id_,
        concept_key=candidate.concept_key,
        title=candidate.title,
        angle=candidate.angle,
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


# One parameter and one text for any number of boards, so that it is prepared once: Django's own insert has another
# text for each number, and takes longer to write it down than the database to run it.
_COLUMNS = {
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
INSERT INTO hero_opportunitiesboard ({", ".join(_COLUMNS)})
SELECT {", ".join(_COLUMNS)}
FROM jsonb_to_recordset(%(boards)s::jsonb) AS made ({", ".join(map(" ".join, _COLUMNS.items()))})
RETURNING id, created_at
"""  # noqa: S608  made of constants
