"""The engine run on a labelled board, as hero runs it: synthesis, then review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kairo.hero.candidates import review
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO, RejectedCandidateDTO
from kairo.hero.evaluation.dataset import LabelledBoard
from kairo.hero.ports import CandidateDTO, SynthesisRequest, SynthesisResult
from kairo.hero.synthesis import BuiltinSynthesizer


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A labelled board and what came of it: `kept` best first, and what hero's own rules rejected."""

    board: LabelledBoard
    result: SynthesisResult
    kept: tuple[CandidateDTO, ...]
    rejected: tuple[RejectedCandidateDTO, ...]


def run_board(
    board: LabelledBoard, *, brand: BrandSnapshotDTO | None = None, evidence: Sequence[EvidenceItemDTO] | None = None
) -> Run:
    """Runs a board, where wanted with another brand or other evidence."""
    posts = board.evidence if evidence is None else tuple(evidence)
    request = SynthesisRequest(as_of=board.as_of, brand=brand or board.brand, evidence=posts)
    result = BuiltinSynthesizer().synthesize(request)
    kept, rejected = review(result.candidates, brand=request.brand, evidence=posts, as_of=board.as_of)
    return Run(board=board, result=result, kept=kept, rejected=rejected)
