"""Keeps pinned opportunities on a board that the engine did not propose again."""

from __future__ import annotations

from kairo.hero.dto import OpportunityDTO
from kairo.hero.gates.thresholds import MAX_OPPORTUNITIES
from kairo.hero.ports import CandidateDTO


def with_pinned(
    kept: tuple[CandidateDTO, ...], pinned: tuple[OpportunityDTO, ...]
) -> tuple[tuple[CandidateDTO, ...], tuple[OpportunityDTO, ...]]:
    """Returns the candidates to keep, and the pinned opportunities to carry over in place of the weakest candidates."""
    proposed = {candidate.concept_key for candidate in kept}
    carried = tuple(each for each in pinned if each.concept_key not in proposed)[:MAX_OPPORTUNITIES]
    pinned_concepts = {each.concept_key for each in pinned}
    limit = MAX_OPPORTUNITIES - len(carried)
    best = sorted(kept, key=lambda candidate: candidate.concept_key not in pinned_concepts)[:limit]
    return tuple(candidate for candidate in kept if candidate in best), carried
