"""The rules every candidate must keep, whatever engine proposed it. Pure, and safe against any value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from kairo.core.enums import RejectionCode
from kairo.hero import thresholds as t
from kairo.hero.candidate_rules import RULES, Broken, Context, shortened
from kairo.hero.dto import BrandSnapshotDTO, EvidenceItemDTO, RejectedCandidateDTO
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.taboos import Taboos
from kairo.hero.text.words import likeness, title_words

Reviewed = tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]


def review(
    candidates: Iterable[CandidateDTO],
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
    limit: int = t.MAX_OPPORTUNITIES,
) -> Reviewed:
    """The candidates that keep every rule, best first, and the rejected ones with the first rule each broke.

    Equal scores keep the order in which the engine gave them. Never raises for what a candidate holds.
    """
    context = Context(
        brand=brand,
        evidence={item.id: item for item in evidence},
        taboos=Taboos(brand.taboos, languages=brand.languages),
        as_of=as_of,
    )
    sound: list[CandidateDTO] = []
    rejected: list[RejectedCandidateDTO] = []
    # The declared type is a promise of foreign code.
    given = candidates if isinstance(candidates, Iterable) else (candidates,)
    for candidate in given:
        broken = _first_broken_rule(candidate, context)
        if broken is None:
            sound.append(candidate)
        else:
            rejected.append(_rejection(candidate, *broken))
    kept, dropped = _without_near_duplicates(sorted(sound, key=lambda candidate: -candidate.score))
    rejected += dropped
    rejected += [
        _rejection(candidate, RejectionCode.PORTFOLIO_LIMIT, f"A board holds at most {limit} ideas.")
        for candidate in kept[limit:]
    ]
    return tuple(kept[:limit]), tuple(rejected)


def _first_broken_rule(candidate: CandidateDTO, context: Context) -> Broken | None:
    try:
        for rule in RULES:
            if broken := rule(candidate, context):
                return broken
    except Exception as error:
        # An engine is foreign code: a value that no rule foresaw must cost its candidate, not the board.
        return RejectionCode.MALFORMED, f"Its values could not be read ({type(error).__name__})."
    return None


def _without_near_duplicates(
    ranked: Sequence[CandidateDTO],
) -> tuple[list[CandidateDTO], list[RejectedCandidateDTO]]:
    """Of titles alike, and of equal concepts, the first stays: the input is best first."""
    kept: list[tuple[frozenset[str], CandidateDTO]] = []
    dropped: list[RejectedCandidateDTO] = []
    for candidate in ranked:
        words = title_words(candidate.title)
        twin = next(
            (
                other
                for other_words, other in kept
                if likeness(words, other_words) >= t.TITLE_LIKENESS or other.concept_key == candidate.concept_key
            ),
            None,
        )
        if twin is None:
            kept.append((words, candidate))
        else:
            detail = f'Too like "{shortened(twin.title)}", which scores {twin.score} against {candidate.score}.'
            dropped.append(_rejection(candidate, RejectionCode.NEAR_DUPLICATE, detail))
    return [candidate for _, candidate in kept], dropped


def _rejection(candidate: CandidateDTO, code: RejectionCode, detail: str) -> RejectedCandidateDTO:
    title = getattr(candidate, "title", None)
    cited = getattr(candidate, "evidence_ids", None)
    ids = tuple(found for found in cited if isinstance(found, UUID)) if isinstance(cited, tuple) else ()
    return RejectedCandidateDTO(
        title=shortened(title) if isinstance(title, str) else "",
        code=code,
        detail=shortened(detail, most=500),
        evidence_ids=ids[:50],
    )
