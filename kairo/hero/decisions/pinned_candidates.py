"""Keeps pinned ideas on a board, whatever an engine proposed."""

from __future__ import annotations

from kairo.hero.dto import OpportunityDTO
from kairo.hero.gates.thresholds import MAX_OPPORTUNITIES
from kairo.hero.ports import CandidateDTO


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
