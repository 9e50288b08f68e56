"""What came of a labelled board: by the engine and review alone, or by everything that a job does with its inputs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from kairo.hero.dto import BrandMentionDTO, BrandSnapshotDTO, EvidenceItemDTO, PillarCoverageDTO, RejectedCandidateDTO
from kairo.hero.engine.built_in import BuiltinSynthesizer
from kairo.hero.enums import RejectionCode
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.generation.inputs import Inputs
from kairo.hero.generation.make_board import outcome_of
from kairo.hero.generation.review.candidates import review
from kairo.hero.ports import CandidateDTO, SynthesisRequest

_ENGINES_OWN = frozenset(
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
"""The rules by which the built-in engine itself drops topics and posts; any other is one that review found broken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A labelled board and what came of it.

    `kept` are the ideas, best first; `dropped` what engine and review rejected, `rejected` what review alone did;
    `failed_gates` the codes of the gates where there was no synthesis. `answer` is everything that was answered, and
    `make` makes another run in the same way. `inputs` is what a job gathered, None where no database was used.
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
    """The board of what a job gathered, without labels."""
    return LabelledBoard(
        brand=inputs.brand, as_of=inputs.as_of, evidence=inputs.evidence, labels={}, synthetic=frozenset()
    )


def run_inputs(board: LabelledBoard, inputs: Inputs) -> Run:
    """Runs what a job runs after it has gathered: gates, the engine that the settings name, review."""
    outcome = outcome_of(inputs)
    dropped = outcome.content.rejected_candidates

    def make(changed: LabelledBoard) -> Run:
        return run_inputs(changed, replace(inputs, brand=changed.brand, evidence=changed.evidence))

    return Run(
        board=board,
        kept=outcome.candidates,
        dropped=dropped,
        rejected=tuple(one for one in dropped if one.code not in _ENGINES_OWN),
        mentions=outcome.content.brand_mentions,
        coverage=outcome.content.coverage,
        notes=outcome.content.notes,
        answer=outcome,
        make=make,
        failed_gates=tuple(outcome.diagnostics.get("failed_gates", ())),
        inputs=inputs,
    )
