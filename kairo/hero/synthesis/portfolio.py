"""Step 12: a board of different ideas, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from kairo.core.enums import RejectionCode
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.words import likeness, title_words
from kairo.hero.thresholds import TITLE_LIKENESS

BALANCE = 0.7
"""How much the score counts against being unlike the ideas already chosen."""
MAX_SHARED_EVIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Dropped:
    """An idea that lost its place, the rule, and the fact."""

    candidate: CandidateDTO
    code: RejectionCode
    detail: str


def choose(candidates: Sequence[CandidateDTO], *, most: int) -> tuple[list[CandidateDTO], list[Dropped]]:
    """The ideas that stand beside each other, in order of score, and those dropped.

    Which ideas get in is decided by maximal marginal relevance over their evidence; how they are ordered, by score
    alone, equal scores by concept.
    """
    ranked = sorted(candidates, key=lambda one: (-one.score, one.concept_key))
    sound: list[CandidateDTO] = []
    dropped: list[Dropped] = []
    for candidate in ranked:
        if loss := _lost_to_better(candidate, sound):
            dropped.append(loss)
        else:
            sound.append(candidate)
    chosen = _most_marginal(sound, most)
    ids = {one.concept_key for one in chosen}
    dropped += [
        Dropped(one, RejectionCode.PORTFOLIO_LIMIT, f"The board holds {most} ideas that add more.")
        for one in sound
        if one.concept_key not in ids
    ]
    return [one for one in sound if one.concept_key in ids], dropped


def distinct_by_evidence(candidates: Sequence[CandidateDTO], *, most: int) -> list[CandidateDTO]:
    """The best-scored candidates, at most `most`, of which none shares too much evidence with a better one.

    Titles play no part: the candidates may have none yet.
    """
    kept: list[tuple[CandidateDTO, frozenset[UUID]]] = []
    for candidate in sorted(candidates, key=lambda one: (-one.score, one.concept_key)):
        evidence = frozenset(candidate.evidence_ids)
        if not any(len(evidence & other) > MAX_SHARED_EVIDENCE * len(evidence) for _, other in kept):
            kept.append((candidate, evidence))
    return [one for one, _ in kept][:most]


def _lost_to_better(candidate: CandidateDTO, better: Sequence[CandidateDTO]) -> Dropped | None:
    words, evidence = title_words(candidate.title), set(candidate.evidence_ids)
    for other in better:
        if other.concept_key == candidate.concept_key or likeness(words, title_words(other.title)) >= TITLE_LIKENESS:
            return Dropped(candidate, RejectionCode.NEAR_DUPLICATE, f'Too like "{other.title}", which scores higher.')
        if len(evidence & set(other.evidence_ids)) > MAX_SHARED_EVIDENCE * len(evidence):
            detail = f'Shares more than half of its evidence with "{other.title}".'
            return Dropped(candidate, RejectionCode.NEAR_DUPLICATE, detail)
    return None


def _most_marginal(candidates: Sequence[CandidateDTO], most: int) -> list[CandidateDTO]:
    rest = list(candidates)
    chosen: list[CandidateDTO] = []
    covered: set[UUID | None] = set()
    while rest and len(chosen) < most:
        best = max(rest, key=lambda one: (round(_margin(one, chosen, covered), 9), -rest.index(one)))
        chosen.append(best)
        covered |= {best.pillar_id, best.persona_id}
        rest.remove(best)
    return chosen


def _margin(candidate: CandidateDTO, chosen: Sequence[CandidateDTO], covered: set[UUID | None]) -> float:
    """Score against likeness to what is chosen; a pillar or persona not yet on the board counts a little."""
    evidence = set(candidate.evidence_ids)
    alike = max(
        (len(evidence & set(other.evidence_ids)) / len(evidence | set(other.evidence_ids)) for other in chosen),
        default=0.0,
    )
    new = sum(1 for theme in (candidate.pillar_id, candidate.persona_id) if theme is not None and theme not in covered)
    return BALANCE * candidate.score / 100 - (1 - BALANCE) * alike + 0.02 * new
