"""The rules every candidate must keep, whatever engine proposed it. Pure, and safe against any value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairo.hero.dto import BrandSnapshotDTO, ClaimDTO, EvidenceItemDTO, RejectedCandidateDTO, WindowCountsDTO
from kairo.hero.enums import RejectionCode
from kairo.hero.gates import thresholds as t
from kairo.hero.generation.review.candidate_rules import RULES
from kairo.hero.generation.review.context import Broken, Context, shortened
from kairo.hero.generation.review.shown_texts import shown_detail, shown_title
from kairo.hero.ports import CandidateDTO, DecisionDTO
from kairo.hero.text.near_duplicates import earlier_likes
from kairo.hero.text.words import title_words

Reviewed = tuple[tuple[CandidateDTO, ...], tuple[RejectedCandidateDTO, ...]]


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
    """The candidates that keep every rule, best first, and the rejected ones with the first rule each broke.

    `counts` are over all stored posts of the window, of which `evidence` may be a sample; `decisions` are what people
    did with the brand's ideas, and `ignored` the concepts that they ignored. The kept candidates have the score parts
    that hero works out. Equal scores keep the order in which the engine gave them. Never raises for what a candidate
    holds.
    """
    # The declared type is a promise of foreign code.
    given = list(candidates) if isinstance(candidates, Iterable) else [candidates]
    context = Context.of(brand, evidence, as_of, counts=counts, decisions=decisions, phrases=_phrases_of(given))
    sound: list[CandidateDTO] = []
    rejected: list[RejectedCandidateDTO] = []
    for candidate in given:
        broken = _ignored(candidate, ignored) or _first_broken_rule(candidate, context)
        if broken is None:
            # Points, rules and sentences of the score are hero's own, whatever the engine wrote.
            sound.append(replace(candidate, score_parts=context.rescorer.score_parts(candidate)))
        else:
            rejected.append(rejection(candidate, broken, context))
    kept, dropped = _without_near_duplicates(sorted(sound, key=lambda candidate: -candidate.score))
    dropped += [
        (candidate, (RejectionCode.PORTFOLIO_LIMIT, f"A board holds at most {limit} ideas."))
        for candidate in kept[limit:]
    ]
    rejected += [rejection(candidate, broken, context) for candidate, broken in dropped]
    return tuple(kept[:limit]), tuple(rejected)


def _phrases_of(candidates: Sequence[object]) -> set[str]:
    """The phrases of all claims, as far as the candidates have the shape of candidates."""
    claims = [
        claim
        for candidate in candidates
        if isinstance(candidate, CandidateDTO) and isinstance(candidate.claims, tuple)
        for claim in candidate.claims
    ]
    return {claim.phrase for claim in claims if isinstance(claim, ClaimDTO) and isinstance(claim.phrase, str)}


def _ignored(candidate: CandidateDTO, ignored: Collection[str]) -> Broken | None:
    concept = getattr(candidate, "concept_key", None)
    if isinstance(concept, str) and concept in ignored:
        return RejectionCode.DECIDED_IGNORED, "Somebody ignored this idea."
    return None


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
) -> tuple[list[CandidateDTO], list[tuple[CandidateDTO, Broken]]]:
    """Of equal concepts, and of titles alike, the first stays: the input is best first."""
    kept: list[CandidateDTO] = []
    dropped: list[tuple[CandidateDTO, Broken]] = []
    by_concept: dict[str, CandidateDTO] = {}
    for candidate in ranked:
        twin = by_concept.setdefault(candidate.concept_key, candidate)
        if twin is candidate:
            kept.append(candidate)
        else:
            dropped.append((candidate, _too_like(candidate, twin)))
    twins = earlier_likes([title_words(one.title) for one in kept], at_least=t.TITLE_LIKENESS, keep_all=False)
    dropped += [
        (kept[place], _too_like(kept[place], kept[twin])) for place, twin in enumerate(twins) if twin is not None
    ]
    return [candidate for candidate, twin in zip(kept, twins, strict=True) if twin is None], dropped


def _too_like(candidate: CandidateDTO, twin: CandidateDTO) -> Broken:
    detail = f'Too like "{shortened(twin.title)}", which scores {twin.score} against {candidate.score}.'
    return RejectionCode.NEAR_DUPLICATE, detail


def rejection(candidate: CandidateDTO, broken: Broken, context: Context) -> RejectedCandidateDTO:
    """The account of a rejected candidate; its texts are left out where they would not be shown on a board."""
    code, detail = broken
    title = getattr(candidate, "title", None)
    cited = getattr(candidate, "evidence_ids", None)
    ids = tuple(found for found in cited if isinstance(found, UUID)) if isinstance(cited, tuple) else ()
    return RejectedCandidateDTO(
        title=shown_title(title, context) if isinstance(title, str) else "",
        code=code,
        detail=shown_detail(detail, code, context),
        evidence_ids=ids[:50],
    )
