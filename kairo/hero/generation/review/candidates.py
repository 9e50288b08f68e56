"""Reviews the candidates of any engine: applies every rule, and drops duplicates and surplus. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO, RejectedCandidateDTO, WindowCountsDTO
from kairo.hero.enums import RejectionCode
from kairo.hero.gates import thresholds as t
from kairo.hero.generation.review.candidate_rules import RULES
from kairo.hero.generation.review.context import ReviewContext, Violation, excerpt
from kairo.hero.generation.review.display_texts import display_detail, display_title
from kairo.hero.ports import CandidateDTO, DecisionDTO
from kairo.hero.text.near_duplicates import earlier_duplicates
from kairo.hero.text.words import title_words

_MAX_EVIDENCE_IDS = 50
Reviewed = tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]
_Dropped = tuple[CandidateDTO, Violation]


def review(
    candidates: Iterable[CandidateDTO],
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
    limit: int = t.MAX_OPPORTUNITIES,
    counts: WindowCountsDTO | None = None,
    decisions: Sequence[DecisionDTO] = (),
    ignored: Collection[str] = (),
) -> Reviewed:
    """Returns the candidates that keep every rule, best first, and the rejected ones with the first rule each broke.

    `counts` cover all stored posts of the window, of which `evidence` may be a sample; `decisions` are those on the
    brand's opportunities, and `ignored` the concept keys of ignored ones. The kept candidates have the score parts that
    hero computes. Equal scores keep the engine's order. No value in a candidate makes it raise.
    """
    # The engine is foreign code: its answer may have any type.
    proposed = list(candidates) if isinstance(candidates, Iterable) else [candidates]
    context = ReviewContext.of(
        brand, evidence, as_of, counts=counts, decisions=decisions, phrases=_phrases_of(proposed)
    )
    valid, invalid = _apply_rules(proposed, context, ignored)
    distinct, duplicates = _drop_near_duplicates(_rescored(valid, context))
    kept, surplus = _apply_limit(distinct, limit)
    return kept, tuple(
        _rejection(candidate, violation, context) for candidate, violation in (*invalid, *duplicates, *surplus)
    )


def _phrases_of(candidates: Sequence[object]) -> set[str]:
    """The phrases of all claims of well-formed candidates."""
    claims = [
        claim
        for candidate in candidates
        if isinstance(candidate, CandidateDTO) and isinstance(candidate.claims, tuple)
        for claim in candidate.claims
    ]
    return {claim.phrase for claim in claims if isinstance(claim, ClaimDTO) and isinstance(claim.phrase, str)}


def _apply_rules(
    proposed: Sequence[CandidateDTO], context: ReviewContext, ignored: Collection[str]
) -> tuple[list[CandidateDTO], list[_Dropped]]:
    valid: list[CandidateDTO] = []
    invalid: list[_Dropped] = []
    for candidate in proposed:
        violation = _ignored(candidate, ignored) or _first_violation(candidate, context)
        if violation is None:
            valid.append(candidate)
        else:
            invalid.append((candidate, violation))
    return valid, invalid


def _ignored(candidate: CandidateDTO, ignored: Collection[str]) -> Violation | None:
    concept = getattr(candidate, "concept_key", None)
    if isinstance(concept, str) and concept in ignored:
        return RejectionCode.DECIDED_IGNORED, "Somebody ignored this idea."
    return None


def _first_violation(candidate: CandidateDTO, context: ReviewContext) -> Violation | None:
    try:
        for rule in RULES:
            if violation := rule(candidate, context):
                return violation
    except Exception as error:
        # A value that no rule expects must reject its candidate, not fail the board.
        return RejectionCode.MALFORMED, f"Its values could not be read ({type(error).__name__})."
    return None


def _rescored(valid: Sequence[CandidateDTO], context: ReviewContext) -> list[CandidateDTO]:
    """The candidates with hero's score parts in place of the engine's, best first."""
    rescored = [replace(candidate, score_parts=context.rescorer.score_parts(candidate)) for candidate in valid]
    return sorted(rescored, key=lambda candidate: -candidate.score)


def _drop_near_duplicates(ranked: Sequence[CandidateDTO]) -> tuple[list[CandidateDTO], list[_Dropped]]:
    """Keeps the first candidate of each concept and of similar titles; the input is best first."""
    unique: list[CandidateDTO] = []
    dropped: list[_Dropped] = []
    by_concept: dict[str, CandidateDTO] = {}
    for candidate in ranked:
        first = by_concept.setdefault(candidate.concept_key, candidate)
        if first is candidate:
            unique.append(candidate)
        else:
            dropped.append((candidate, _near_duplicate(candidate, first)))
    twins = earlier_duplicates(
        [title_words(candidate.title) for candidate in unique], at_least=t.TITLE_SIMILARITY, keep_all=False
    )
    dropped += [
        (unique[place], _near_duplicate(unique[place], unique[twin]))
        for place, twin in enumerate(twins)
        if twin is not None
    ]
    return [candidate for candidate, twin in zip(unique, twins, strict=True) if twin is None], dropped


def _apply_limit(ranked: Sequence[CandidateDTO], limit: int) -> tuple[tuple[CandidateDTO, ...], list[_Dropped]]:
    violation = RejectionCode.PORTFOLIO_LIMIT, f"A board holds at most {limit} ideas."
    return tuple(ranked[:limit]), [(candidate, violation) for candidate in ranked[limit:]]


def _near_duplicate(candidate: CandidateDTO, better: CandidateDTO) -> Violation:
    detail = f'Too like "{excerpt(better.title)}", which scores {better.score} against {candidate.score}.'
    return RejectionCode.NEAR_DUPLICATE, detail


def _rejection(candidate: CandidateDTO, violation: Violation, context: ReviewContext) -> RejectedCandidateDTO:
    """Describes a rejected candidate, without texts that a board may not show."""
    code, detail = violation
    title = getattr(candidate, "title", None)
    cited = getattr(candidate, "evidence_ids", None)
    ids = tuple(value for value in cited if isinstance(value, UUID)) if isinstance(cited, tuple) else ()
    return RejectedCandidateDTO(
        title=display_title(title, context) if isinstance(title, str) else "",
        code=code,
        detail=display_detail(detail, code, context),
        evidence_ids=ids[:_MAX_EVIDENCE_IDS],
    )
