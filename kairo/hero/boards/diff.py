"""Compares a board with an earlier one, by opportunity and by brand mention: step 13 of docs/engine.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from kairo.hero.dto import (
    BrandMentionChangeDTO,
    BrandMentionDTO,
    OpportunityChangeDTO,
    OpportunityDTO,
    ScorePartDTO,
)
from kairo.hero.enums import ChangeKind, MentionChangeKind, ScorePartName
from kairo.hero.ports import CandidateDTO
from kairo.hero.text.folding import fold

NOTABLE_POINTS = 3
"""A score that moves by fewer points is steady."""

Comparable = OpportunityDTO | CandidateDTO


def board_diff(previous: Sequence[Comparable], current: Sequence[Comparable]) -> tuple[OpportunityChangeDTO, ...]:
    """The changes of both boards' opportunities: first the current board's in its order, then gone ones, best first.

    Opportunities are matched by concept, whatever their wording.
    """
    before = {opportunity.concept_key: opportunity for opportunity in previous}
    now = {opportunity.concept_key: opportunity for opportunity in current}
    changes = [_change(before.get(concept), opportunity) for concept, opportunity in now.items()]
    gone = [_gone(opportunity, current) for concept, opportunity in before.items() if concept not in now]
    return (*changes, *sorted(gone, key=lambda change: (-(change.previous_score or 0), change.concept_key)))


def changes_by_concept(
    previous: Sequence[Comparable], current: Sequence[Comparable]
) -> Mapping[str, OpportunityChangeDTO]:
    """The changes of the current board's opportunities, by concept key."""
    return {change.concept_key: change for change in board_diff(previous, current) if change.kind != ChangeKind.GONE}


def mention_diff(
    previous: Sequence[BrandMentionDTO], current: Sequence[BrandMentionDTO]
) -> tuple[BrandMentionChangeDTO, ...]:
    """The change of each brand mention of either board: first the current board's in its order, then gone ones.

    Mentions are matched by phrase, whatever its capitals.
    """
    before = {fold(mention.phrase): mention for mention in previous}
    now = {fold(mention.phrase): mention for mention in current}
    changes = [_mention_change(before.get(phrase), mention) for phrase, mention in now.items()]
    gone = [
        BrandMentionChangeDTO(
            phrase=mention.phrase,
            kind=MentionChangeKind.GONE,
            cause="Its posts no longer make a mention: they are too old, or too few.",
            previous_authors=mention.authors,
        )
        for phrase, mention in before.items()
        if phrase not in now
    ]
    return (*changes, *gone)


def _mention_change(before: BrandMentionDTO | None, mention: BrandMentionDTO) -> BrandMentionChangeDTO:
    if before is None:
        cause = f"It was not on the previous board; it has {_posts(len(mention.evidence_ids))} now."
        return BrandMentionChangeDTO(
            phrase=mention.phrase, kind=MentionChangeKind.NEW, cause=cause, authors=mention.authors
        )
    moved = _moved_posts(before.evidence_ids, mention.evidence_ids)
    return BrandMentionChangeDTO(
        phrase=mention.phrase,
        kind=MentionChangeKind.ONGOING,
        cause=f"{_capital(', '.join(moved))}." if moved else "Same posts.",
        previous_authors=before.authors,
        authors=mention.authors,
    )


def _change(before: Comparable | None, opportunity: Comparable) -> OpportunityChangeDTO:
    if before is None:
        posts = len(opportunity.evidence_ids)
        cause = f"It was not on the previous board; {posts} {'post backs' if posts == 1 else 'posts back'} it now."
        return _of(opportunity, ChangeKind.NEW, cause, previous_score=None)
    difference = opportunity.score - before.score
    kind = ChangeKind.STEADY
    if abs(difference) >= NOTABLE_POINTS:
        kind = ChangeKind.RISING if difference > 0 else ChangeKind.FADING
    return _of(opportunity, kind, _cause(before, opportunity), previous_score=before.score)


def _cause(before: Comparable, opportunity: Comparable) -> str:
    """Describes the added and removed evidence items, and the score part that moved most."""
    parts = _moved_posts(before.evidence_ids, opportunity.evidence_ids)
    moved = _most_moved(before.score_parts, opportunity.score_parts)
    if moved is not None:
        part, points = moved
        parts.append(f"{part} {points:+d} points")
    return f"{_capital(', '.join(parts))}." if parts else "Same posts, same score."


def _moved_posts(before: Sequence[UUID], now: Sequence[UUID]) -> list[str]:
    came, went = len(set(now) - set(before)), len(set(before) - set(now))
    parts = [f"{came} new {'post' if came == 1 else 'posts'}"] if came else []
    return [*parts, f"{_posts(went)} no longer counted"] if went else parts


def _posts(number: int) -> str:
    return f"{number} {'post' if number == 1 else 'posts'}"


def _most_moved(before: Sequence[ScorePartDTO], now: Sequence[ScorePartDTO]) -> tuple[str, int] | None:
    earlier = {part.part: part.points for part in before}
    moves = [(str(ScorePartName(part.part).value), part.points - earlier.get(part.part, 0)) for part in now]
    part, points = max(moves, key=lambda move: (abs(move[1]), move[0]), default=("", 0))
    return (part, points) if points else None


def _gone(opportunity: Comparable, current: Sequence[Comparable]) -> OpportunityChangeDTO:
    ids = set(opportunity.evidence_ids)
    successor = max(current, key=lambda each: (len(ids & set(each.evidence_ids)), each.concept_key), default=None)
    cause = "Its posts no longer make an idea: they are too old, or too few."
    if successor is not None and 2 * len(ids & set(successor.evidence_ids)) >= len(ids):
        cause = f'Most of its posts now back "{successor.title}".'
    return OpportunityChangeDTO(
        concept_key=opportunity.concept_key,
        title=opportunity.title,
        kind=ChangeKind.GONE,
        cause=cause,
        previous_score=opportunity.score,
        score=None,
    )


def _of(opportunity: Comparable, kind: ChangeKind, cause: str, *, previous_score: int | None) -> OpportunityChangeDTO:
    return OpportunityChangeDTO(
        concept_key=opportunity.concept_key,
        title=opportunity.title,
        kind=kind,
        cause=cause,
        previous_score=previous_score,
        score=opportunity.score,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
