"""Generates a stored board again from its recorded inputs, and compares the two."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kairo.core.errors import NotFound
from kairo.hero.generation.board_store import opportunities_of_outcome
from kairo.hero.generation.inputs import from_record
from kairo.hero.generation.make_board import GenerationOutcome, make_outcome
from kairo.hero.generation.synthesizer import engine_of
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """`changed_inputs` has a sentence for each changed input; `difference` is a unified diff, empty if equal."""

    changed_inputs: tuple[str, ...]
    difference: tuple[str, ...]

    @property
    def identical(self) -> bool:
        return not self.difference


def replay(*, board_id: UUID) -> Replay:
    """Writes nothing.

    Raises:
        NotFound: there is no such board.
        ValueError: the board has no recorded inputs: its job failed, or it is older than the recording of inputs.
        SynthesisTimedOut, SynthesisFailed: the engine does not answer in time, or fails.
    """
    board = OpportunitiesBoard.objects.filter(id=board_id).first()
    if board is None:
        raise NotFound(noun="Board")
    inputs, changes = from_record(board.inputs)
    stored = BoardContent.from_json(board.content)
    engine = engine_of(name=stored.engine, notes=stored.notes)
    outcome = make_outcome(inputs, engine=engine)
    before, after = _comparable_board(board), _comparable_outcome(outcome)
    difference = difflib.unified_diff(before, after, "stored", "replayed", lineterm="", n=2)
    return Replay(changed_inputs=changes, difference=tuple(difference))


def _comparable_board(board: OpportunitiesBoard) -> list[str]:
    return _lines(
        BoardContent.from_json(board.content),
        state=board.state,
        ready_reason=board.ready_reason,
        remediation=board.remediation,
        diagnostics=board.diagnostics_json,
    )


def _comparable_outcome(outcome: GenerationOutcome) -> list[str]:
    opportunities = opportunities_of_outcome(outcome, created_at={})
    return _lines(
        replace(outcome.content, opportunities=opportunities),
        state=outcome.state.value,
        ready_reason=outcome.ready_reason.value if outcome.ready_reason else None,
        remediation=outcome.remediation,
        diagnostics=outcome.diagnostics,
    )


def _lines(content: BoardContent, **facts: Any) -> list[str]:
    """Everything that a generation decides, without its timings and the creation times of opportunities."""
    opportunities = tuple(replace(opportunity, created_at=None) for opportunity in content.opportunities)
    comparable = replace(content, opportunities=opportunities, timings_ms=()).to_json()
    return json.dumps({**facts, "content": comparable}, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
