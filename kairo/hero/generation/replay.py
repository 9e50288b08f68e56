"""Makes a stored board again from its inputs, and says whether it came out the same."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from kairo.core.errors import NotFound
from kairo.hero.generation.board_store import ideas_of
from kairo.hero.generation.inputs import inputs_of
from kairo.hero.generation.make_board import GenerationOutcome, outcome_of
from kairo.hero.generation.synthesizer import engine_of
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent


@dataclass(frozen=True, kw_only=True, slots=True)
class Replay:
    """`changed_inputs` says what is not as it was; `difference` is a unified diff, empty when the boards are equal."""

    changed_inputs: tuple[str, ...]
    difference: tuple[str, ...]

    @property
    def identical(self) -> bool:
        return not self.difference


def replay(*, board_id: UUID) -> Replay:
    """Writes nothing.

    Raises:
        NotFound: there is no such board.
        ValueError: the board has no inputs: it tells of a job that failed, or it is older than they are kept.
        SynthesisTimedOut, SynthesisFailed: the engine gives no answer now.
    """
    board = OpportunitiesBoard.objects.filter(id=board_id).first()
    if board is None:
        raise NotFound(noun="Board")
    inputs, changes = inputs_of(board.inputs)
    stored = BoardContent.from_json(board.content)
    engine = engine_of(name=stored.engine, notes=stored.notes)
    outcome = outcome_of(inputs, engine=engine)
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
    ideas = ideas_of(outcome, created_at={})
    return _lines(
        replace(outcome.content, opportunities=ideas),
        state=outcome.state.value,
        ready_reason=outcome.ready_reason.value if outcome.ready_reason else None,
        remediation=outcome.remediation,
        diagnostics=outcome.diagnostics,
    )


def _lines(content: BoardContent, **facts: Any) -> list[str]:
    """Everything a generation decides; not how long it took, nor when an idea was first stored."""
    ideas = tuple(replace(idea, created_at=None) for idea in content.opportunities)
    decided = replace(content, opportunities=ideas, timings_ms=()).to_json()
    return json.dumps({**facts, "content": decided}, indent=1, sort_keys=True, ensure_ascii=False).splitlines()
