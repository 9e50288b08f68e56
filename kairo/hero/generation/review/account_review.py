"""Cleans what an engine says beside its candidates: rejected ideas, coverage, brand mentions and notes.

A foreign engine's account reaches the board as its candidates do. A text with a link, markup, a stranger's account, a
taboo or a model's own words is left out; so is what names a pillar or a post that is not the brand's.
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
from kairo.hero.generation.review.context import Context, shortened
from kairo.hero.generation.review.mention_review import ranked_mentions, reviewed_mention
from kairo.hero.generation.review.shown_texts import LEFT_OUT, is_clean, is_text
from kairo.hero.notes import NoteCode, note
from kairo.hero.ports import SynthesisResult

_MOST_ENTRIES = 500
_MOST_NOTES = 20
_Entry = TypeVar("_Entry")


def review_account(
    result: SynthesisResult,
    *,
    brand: BrandSnapshotDTO,
    evidence: Sequence[EvidenceItemDTO],
    as_of: datetime,
    counts: WindowCountsDTO | None = None,
) -> SynthesisResult:
    """The result with its account cleaned; candidates are left as they are, for `review`.

    A note says how many entries were left out. Never raises for
    what an engine put there.
    """
    context = Context.of(brand, evidence, as_of, counts=counts)
    left_out: list[str] = []
    rejected = _cleaned(result.rejected, _rejected, context, left_out)
    coverage = _cleaned(result.coverage, _coverage, context, left_out)
    mentions = ranked_mentions(_cleaned(result.mentions, reviewed_mention, context, left_out))
    notes = _cleaned(result.notes, _note, context, left_out)[:_MOST_NOTES]
    if left_out:
        said = f"{len(left_out)} entries of the engine's account are left out: they break the rules for texts or facts."
        notes = (*notes, note(NoteCode.ACCOUNT_CLEANED, said))
    return replace(
        result,
        rejected=rejected,
        coverage=coverage,
        mentions=mentions,
        notes=notes,
        engine=_name(result.engine, context),
        engine_version=_name(result.engine_version, context),
    )


def _cleaned(
    entries: object, clean: Callable[[_Entry, Context], _Entry | None], context: Context, left_out: list[str]
) -> tuple[_Entry, ...]:
    """The entries that can be shown; what is left out is counted, and so is a list that is none."""
    if not isinstance(entries, tuple):
        left_out.append("a list")
        return ()
    kept: list[_Entry] = []
    for entry in entries[:_MOST_ENTRIES]:
        try:
            found = clean(entry, context)
        except Exception:
            # The account is foreign code's too: a value that was not foreseen costs its entry.
            found = None
        if found is None:
            left_out.append(type(entry).__name__)
        else:
            kept.append(found)
    left_out += ["more"] * len(entries[_MOST_ENTRIES:])
    return tuple(kept)


def _rejected(entry: RejectedCandidateDTO, context: Context) -> RejectedCandidateDTO | None:
    """A rejected idea: one for a taboo names the taboo, and its post; any other holds none."""
    if not isinstance(entry, RejectedCandidateDTO) or entry.code not in RejectionCode.values:
        return None
    ids = tuple(found for found in entry.evidence_ids if found in context.evidence)
    authors = [context.evidence[found].author_ref for found in ids]
    if not (is_text(entry.title) and is_text(entry.detail)):
        return None
    by_taboo = entry.code == RejectionCode.TABOO
    title_holds_term = by_taboo and entry.title in _terms(context.brand)
    clean = (title_holds_term or is_clean(entry.title, context)) and is_clean(
        _without_terms(entry.detail, context.brand) if by_taboo else entry.detail, context, authors=authors
    )
    return replace(entry, evidence_ids=ids) if clean else None


def _coverage(entry: PillarCoverageDTO, context: Context) -> PillarCoverageDTO | None:
    names = {pillar.id: pillar.name for pillar in context.brand.pillars}
    if not isinstance(entry, PillarCoverageDTO) or entry.pillar.id not in names:
        return None
    figures = (entry.items, entry.authors, entry.needed_authors, entry.opportunities)
    if not all(type(figure) is int and figure >= 0 for figure in figures):
        return None
    reason = entry.reason if is_text(entry.reason) and is_clean(entry.reason, context) else LEFT_OUT
    return replace(entry, pillar=NamedRefDTO(id=entry.pillar.id, name=names[entry.pillar.id]), reason=reason)


def _note(entry: str, context: Context) -> str | None:
    return entry if is_text(entry) and entry.strip() and is_clean(entry, context) else None


def _name(name: object, context: Context) -> str:
    """The engine's name or version, as far as it can be shown."""
    return shortened(name) if isinstance(name, str) and is_clean(shortened(name), context) else ""


def _terms(brand: BrandSnapshotDTO) -> set[str]:
    terms = {term.strip() for term in brand.taboos}
    for entry in brand.taboo_terms:
        terms |= {entry.term.strip(), *(synonym.strip() for synonym in entry.synonyms)}
    return terms


def _without_terms(detail: str, brand: BrandSnapshotDTO) -> str:
    """The sentence without the quoted terms that it is about."""
    for term in sorted(_terms(brand), key=lambda one: (-len(one), one)):
        detail = detail.replace(f'"{term}"', "\u2026")
    return detail
