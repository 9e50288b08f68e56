"""Runs labelled boards: with engine and review alone, or with all steps of a job after gathering."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kairo.hero.dto import BrandMentionDTO, BrandSnapshotDTO, EvidenceItemDTO, PillarCoverageDTO, RejectedCandidateDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.enums import RejectionCode
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.generation.inputs import Inputs
from kairo.hero.generation.make_board import make_outcome
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO, SynthesisRequest

_ENGINE_CODES = frozenset(
    {
        RejectionCode.ABOUT_THE_BRAND,
        RejectionCode.DECIDED_IGNORED,
        RejectionCode.NEAR_DUPLICATE,
        RejectionCode.NO_FIT,
        RejectionCode.NO_TYPE_FITS,
        RejectionCode.OWN_POSTS,
        RejectionCode.PORTFOLIO_LIMIT,
        RejectionCode.TABOO,
        RejectionCode.TOO_FEW_AUTHORS,
    }
)
"""The codes with which the built-in engine drops topics and posts; any other code is a rejection by review."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """The result of a labelled board.

    `kept` are the candidates on the board, best first; `dropped` are those that engine or review rejected, and
    `rejected` those that review rejected. `failed_gates` are gate codes; there was no synthesis if there is one.
    `answer` is the complete result, and `make` runs another board in the same way. `inputs` are those of a job, None
    without a database.
    """

    board: LabelledBoard
    kept: tuple[CandidateDTO, ...]
    dropped: tuple[RejectedCandidateDTO, ...]
    rejected: tuple[RejectedCandidateDTO, ...]
    mentions: tuple[BrandMentionDTO, ...]
    answer: object
    make: Callable[[LabelledBoard], Run]
    coverage: tuple[PillarCoverageDTO, ...] = ()
    notes: tuple[str, ...] = ()
    failed_gates: tuple[str, ...] = ()
    inputs: Inputs | None = None

    def again(self, *, brand: BrandSnapshotDTO | None = None, evidence: Sequence[EvidenceItemDTO] | None = None) -> Run:
        """The same board with another brand or other evidence."""
        posts = self.board.evidence if evidence is None else tuple(evidence)
        return self.make(replace(self.board, brand=brand or self.board.brand, evidence=posts))


def run_board(board: LabelledBoard) -> Run:
    """Runs the built-in engine and review, without gates."""
    request = SynthesisRequest(as_of=board.as_of, brand=board.brand, evidence=board.evidence)
    result = BuiltinSynthesizer().synthesize(request)
    kept, rejected = review(result.candidates, brand=board.brand, evidence=board.evidence, as_of=board.as_of)
    return Run(
        board=board,
        kept=kept,
        dropped=(*result.rejected, *rejected),
        rejected=rejected,
        mentions=result.mentions,
        coverage=result.coverage,
        notes=result.notes,
        answer=result,
        make=run_board,
    )


def unlabelled(inputs: Inputs) -> LabelledBoard:
    """The board of a job's inputs, without labels."""
    return LabelledBoard(
        brand=inputs.brand, as_of=inputs.as_of, evidence=inputs.evidence, labels={}, synthetic=frozenset()
    )


def run_inputs(board: LabelledBoard, inputs: Inputs) -> Run:
    """Runs the steps of a job after gathering: gates, the configured engine, review."""
    outcome = make_outcome(inputs)
    dropped = outcome.content.rejected_candidates

    def make(changed: LabelledBoard) -> Run:
        return run_inputs(changed, replace(inputs, brand=changed.brand, evidence=changed.evidence))

    return Run(
        board=board,
        kept=outcome.candidates,
        dropped=dropped,
        rejected=tuple(entry for entry in dropped if entry.code not in _ENGINE_CODES),
        mentions=outcome.content.brand_mentions,
        coverage=outcome.content.coverage,
        notes=outcome.content.notes,
        answer=outcome,
        make=make,
        failed_gates=tuple(outcome.diagnostics.get("failed_gates", ())),
        inputs=inputs,
    )
