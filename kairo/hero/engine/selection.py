"""Step 12 of the engine: selects candidates that differ from each other, best score first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from kairo.hero.enums import RejectionCode
from kairo.hero.gates.thresholds import TITLE_SIMILARITY
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.words import jaccard, title_words

BALANCE = 0.7
"""How much the score counts against being unlike the opportunities already chosen."""
MAX_SHARED_EVIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class DroppedCandidate:
    """A candidate that was not selected, with the rule and the reason."""

    candidate: CandidateDTO
    code: RejectionCode
    detail: str


class _Idea(NamedTuple):
    """A candidate with what it is compared by: the words of its title, and its evidence as numbers."""

    candidate: CandidateDTO
    words: frozenset[str]
    evidence: frozenset[int]


def select_candidates(
    candidates: Sequence[CandidateDTO], *, most: int
) -> tuple[list[CandidateDTO], list[DroppedCandidate]]:
    """The opportunities that stand next to each other, in order of score, and those dropped.

    Which opportunities get in is decided by maximal marginal relevance over their evidence; how they are ordered, by
    score alone, equal scores by concept.
    """
    ranked = sorted(candidates, key=lambda one: (-one.score, one.concept_key))
    better: list[_Idea] = []
    dropped: list[DroppedCandidate] = []
    for candidate in ranked:
        idea = _Idea(candidate, title_words(candidate.title), _evidence(candidate))
        if loss := _lost_to_better(idea, better):
            dropped.append(loss)
        else:
            better.append(idea)
    sound = [idea.candidate for idea in better]
    chosen = _most_marginal(better, most)
    ids = {one.concept_key for one in chosen}
    dropped += [
        DroppedCandidate(one, RejectionCode.PORTFOLIO_LIMIT, f"The board holds {most} ideas that add more.")
        for one in sound
        if one.concept_key not in ids
    ]
    return [one for one in sound if one.concept_key in ids], dropped


def distinct_by_evidence(candidates: Sequence[CandidateDTO], *, most: int) -> list[CandidateDTO]:
    """The best-scored candidates, at most `most`, of which none shares too much evidence with a better one.

    Titles play no part: the candidates may have none yet.
    """
    kept: list[tuple[CandidateDTO, frozenset[int]]] = []
    for candidate in sorted(candidates, key=lambda one: (-one.score, one.concept_key)):
        evidence = _evidence(candidate)
        if not any(len(evidence & other) > MAX_SHARED_EVIDENCE * len(evidence) for _, other in kept):
            kept.append((candidate, evidence))
    return [one for one, _ in kept][:most]


def _lost_to_better(idea: _Idea, better: Sequence[_Idea]) -> DroppedCandidate | None:
    candidate, words, evidence = idea
    for other in better:
        title = other.candidate.title
        if other.candidate.concept_key == candidate.concept_key or jaccard(words, other.words) >= TITLE_SIMILARITY:
            return DroppedCandidate(
                candidate, RejectionCode.NEAR_DUPLICATE, f'Too like "{title}", which scores higher.'
            )
        if len(evidence & other.evidence) > MAX_SHARED_EVIDENCE * len(evidence):
            detail = f'Shares more than half of its evidence with "{title}".'
            return DroppedCandidate(candidate, RejectionCode.NEAR_DUPLICATE, detail)
    return None


def _most_marginal(ideas: Sequence[_Idea], most: int) -> list[CandidateDTO]:
    rest = [idea.candidate for idea in ideas]
    evidence = {idea.candidate.concept_key: idea.evidence for idea in ideas}
    alike = dict.fromkeys(evidence, 0.0)
    chosen: list[CandidateDTO] = []
    covered: set[UUID | None] = set()
    while rest and len(chosen) < most:
        # Of equal ones the first.
        best = max(rest, key=lambda one: round(_margin(one, alike[one.concept_key], covered), 9))
        chosen.append(best)
        covered |= {best.pillar_id, best.persona_id}
        rest.remove(best)
        for one in rest:
            own, others = evidence[one.concept_key], evidence[best.concept_key]
            alike[one.concept_key] = max(alike[one.concept_key], len(own & others) / len(own | others))
    return chosen


def _margin(candidate: CandidateDTO, alike: float, covered: set[UUID | None]) -> float:
    """Score against likeness to what is chosen; a pillar or persona not yet on the board counts a little."""
    new = sum(1 for theme in (candidate.pillar_id, candidate.persona_id) if theme is not None and theme not in covered)
    return BALANCE * candidate.score / 100 - (1 - BALANCE) * alike + 0.02 * new


def _evidence(candidate: CandidateDTO) -> frozenset[int]:
    """What a candidate cites; numbers cost less to compare than ids."""
    return frozenset([id_.int for id_ in candidate.evidence_ids])
