"""Reviews the account of an engine: its rejected candidates, coverage, brand mentions and notes.

The account of a foreign engine reaches the board as its candidates do. An entry is omitted if a board may not show its
texts, or if it names a pillar or a post that is not the brand's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from kairo.hero.dto import (
    BrandSnapshotDTO,
    EvidenceItemDTO,
    NamedRefDTO,
    PillarCoverageDTO,
    RejectedCandidateDTO,
    WindowCountsDTO,
)
from kairo.hero.enums import RejectionCode
from kairo.hero.generation.review.context import ReviewContext, excerpt
from kairo.hero.generation.review.display_texts import OMITTED, is_displayable, is_storable_text
from kairo.hero.generation.review.mention_review import ranked_mentions, reviewed_mention
from kairo.hero.notes import NoteCode, note
from kairo.hero.ports import SynthesisResult

_MAX_ENTRIES = 500
_MAX_NOTES = 20
_Entry = TypeVar("_Entry")


def review_account(
    result: SynthesisResult,
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
    counts: WindowCountsDTO | None = None,
) -> SynthesisResult:
    """Returns the result with a reviewed account and unchanged candidates, which `review` handles.

    A note says how many entries were omitted. No value in the account makes it raise.
    """
    context = ReviewContext.of(brand, evidence, as_of, counts=counts)
    rejected, omitted_rejected = _reviewed(result.rejected, _rejected, context)
    coverage, omitted_coverage = _reviewed(result.coverage, _coverage, context)
    mentions, omitted_mentions = _reviewed(result.mentions, reviewed_mention, context)
    notes, omitted_notes = _reviewed(result.notes, _note, context)
    notes = notes[:_MAX_NOTES]
    if omitted := omitted_rejected + omitted_coverage + omitted_mentions + omitted_notes:
        sentence = f"{omitted} entries of the engine's account are left out: they break the rules for texts or facts."
        notes = (*notes, note(NoteCode.ACCOUNT_CLEANED, sentence))
    return replace(
        result,
        rejected=rejected,
        coverage=coverage,
        mentions=ranked_mentions(mentions),
        notes=notes,
        engine=_name(result.engine, context),
        engine_version=_name(result.engine_version, context),
    )


def _reviewed(
    entries: object, review_entry: Callable[[_Entry, ReviewContext], _Entry | None], context: ReviewContext
) -> tuple[tuple[_Entry, ...], int]:
    """The entries that a board may show, and the number of omitted ones. A value that is no tuple counts as one."""
    if not isinstance(entries, tuple):
        return (), 1
    reviewed = [_reviewed_entry(entry, review_entry, context) for entry in entries[:_MAX_ENTRIES]]
    kept = tuple(entry for entry in reviewed if entry is not None)
    return kept, len(entries) - len(kept)


def _reviewed_entry(
    entry: _Entry, review_entry: Callable[[_Entry, ReviewContext], _Entry | None], context: ReviewContext
) -> _Entry | None:
    try:
        return review_entry(entry, context)
    except Exception:
        # An entry of a foreign engine may contain values that no rule expects: they omit the entry, not the board.
        return None


def _rejected(entry: RejectedCandidateDTO, context: ReviewContext) -> RejectedCandidateDTO | None:
    """Only a candidate rejected for a taboo may name the taboo and its post."""
    if not isinstance(entry, RejectedCandidateDTO) or entry.code not in RejectionCode.values:
        return None
    ids = tuple(evidence_id for evidence_id in entry.evidence_ids if evidence_id in context.evidence)
    authors = [context.evidence[evidence_id].author_ref for evidence_id in ids]
    if not (is_storable_text(entry.title) and is_storable_text(entry.detail)):
        return None
    by_taboo = entry.code == RejectionCode.TABOO
    title_is_term = by_taboo and entry.title in _taboo_terms(context.brand)
    if not (title_is_term or is_displayable(entry.title, context)):
        return None
    detail = _without_taboo_terms(entry.detail, context.brand) if by_taboo else entry.detail
    return replace(entry, evidence_ids=ids) if is_displayable(detail, context, authors=authors) else None


def _coverage(entry: PillarCoverageDTO, context: ReviewContext) -> PillarCoverageDTO | None:
    names = {pillar.id: pillar.name for pillar in context.brand.pillars}
    if not isinstance(entry, PillarCoverageDTO) or entry.pillar.id not in names:
        return None
    figures = (entry.items, entry.authors, entry.needed_authors, entry.opportunities)
    if not all(type(figure) is int and figure >= 0 for figure in figures):
        return None
    reason = entry.reason if is_storable_text(entry.reason) and is_displayable(entry.reason, context) else OMITTED
    return replace(entry, pillar=NamedRefDTO(id=entry.pillar.id, name=names[entry.pillar.id]), reason=reason)


def _note(entry: str, context: ReviewContext) -> str | None:
    return entry if is_storable_text(entry) and entry.strip() and is_displayable(entry, context) else None


def _name(name: object, context: ReviewContext) -> str:
    """The engine's name or version, or "" if a board may not show it."""
    return excerpt(name) if isinstance(name, str) and is_displayable(excerpt(name), context) else ""


def _taboo_terms(brand: BrandSnapshotDTO) -> set[str]:
    terms = {term.strip() for term in brand.taboos}
    for entry in brand.taboo_terms:
        terms |= {entry.term.strip(), *(synonym.strip() for synonym in entry.synonyms)}
    return terms


def _without_taboo_terms(detail: str, brand: BrandSnapshotDTO) -> str:
    """The sentence without the taboo terms that it quotes."""
    for term in sorted(_taboo_terms(brand), key=lambda term: (-len(term), term)):
        detail = detail.replace(f'"{term}"', "\u2026")
    return detail
