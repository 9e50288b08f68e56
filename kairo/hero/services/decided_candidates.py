"""Applies people's decisions to what an engine proposed: ignored ideas are left out, pinned ones stay."""

from __future__ import annotations

from kairo.core.enums import RejectionCode
from kairo.hero.dto import OpportunityDTO, RejectedCandidateDTO
from kairo.hero.ports import CandidateDTO
from kairo.hero.thresholds import MAX_OPPORTUNITIES


def without_ignored(
    candidates: tuple[CandidateDTO, ...], ignored: tuple[str, ...]
) -> tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]:
    """The candidates whose ideas were not ignored, and the others as rejected ones."""
    unwanted = [candidate for candidate in candidates if _concept(candidate) in ignored]
    rejected = tuple(
        RejectedCandidateDTO(
            title=str(candidate.title), code=RejectionCode.DECIDED_IGNORED, detail="Somebody ignored this idea."
        )
        for candidate in unwanted
    )
    return tuple(candidate for candidate in candidates if _concept(candidate) not in ignored), rejected


def _concept(candidate: CandidateDTO) -> str:
    """Its concept, or "" where a foreign engine's candidate has none worth the name: review will reject it."""
    concept = getattr(candidate, "concept_key", None)
    return concept if isinstance(concept, str) else ""


def with_pinned(
    kept: tuple[CandidateDTO, ...], pinned: tuple[OpportunityDTO, ...]
) -> tuple[tuple[CandidateDTO, ...], tuple[OpportunityDTO, ...]]:
    """The pinned ideas that were not found again take their places from the weakest that were."""
    found = {candidate.concept_key for candidate in kept}
    carried = tuple(idea for idea in pinned if idea.concept_key not in found)[:MAX_OPPORTUNITIES]
    kept_anyway = {idea.concept_key for idea in pinned}
    room = MAX_OPPORTUNITIES - len(carried)
    best = sorted(kept, key=lambda candidate: candidate.concept_key not in kept_anyway)[:room]
    return tuple(candidate for candidate in kept if candidate in best), carried
