"""How a board stands against an earlier one, idea by idea and mention by mention: step 13 of docs/engine.md."""

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
"""A score that moves less than this is steady."""

Idea = OpportunityDTO | CandidateDTO


def board_diff(previous: Sequence[Idea], current: Sequence[Idea]) -> tuple[OpportunityChangeDTO, ...]:
    """Every idea of either board: those of the current one in its order, then those that are gone, best first.

    Ideas are the same by their concept, however they are worded now.
    """
    before = {idea.concept_key: idea for idea in previous}
    now = {idea.concept_key: idea for idea in current}
    changes = [_change(before.get(concept), idea) for concept, idea in now.items()]
    gone = [_gone(idea, current) for concept, idea in before.items() if concept not in now]
    return (*changes, *sorted(gone, key=lambda change: (-(change.previous_score or 0), change.concept_key)))


def changes_by_concept(previous: Sequence[Idea], current: Sequence[Idea]) -> Mapping[str, OpportunityChangeDTO]:
    """The changes of the ideas on the current board."""
    return {change.concept_key: change for change in board_diff(previous, current) if change.kind != ChangeKind.GONE}


def mention_diff(
    previous: Sequence[BrandMentionDTO], current: Sequence[BrandMentionDTO]
) -> tuple[BrandMentionChangeDTO, ...]:
    """Every brand mention of either board: those of the current one in its order, then those that are gone.

    Mentions are the same by their phrase, whatever its capitals.
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


def _change(before: Idea | None, idea: Idea) -> OpportunityChangeDTO:
    if before is None:
        posts = len(idea.evidence_ids)
        cause = f"It was not on the previous board; {posts} {'post backs' if posts == 1 else 'posts back'} it now."
        return _of(idea, ChangeKind.NEW, cause, previous_score=None)
    difference = idea.score - before.score
    kind = ChangeKind.STEADY
    if abs(difference) >= NOTABLE_POINTS:
        kind = ChangeKind.RISING if difference > 0 else ChangeKind.FADING
    return _of(idea, kind, _cause(before, idea), previous_score=before.score)


def _cause(before: Idea, idea: Idea) -> str:
    """What moved: the posts that came and went, and the part of the score that moved most."""
    parts = _moved_posts(before.evidence_ids, idea.evidence_ids)
    moved = _most_moved(before.score_parts, idea.score_parts)
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


def _gone(idea: Idea, current: Sequence[Idea]) -> OpportunityChangeDTO:
    held = set(idea.evidence_ids)
    heir = max(current, key=lambda one: (len(held & set(one.evidence_ids)), one.concept_key), default=None)
    cause = "Its posts no longer make an idea: they are too old, or too few."
    if heir is not None and 2 * len(held & set(heir.evidence_ids)) >= len(held):
        cause = f'Most of its posts now back "{heir.title}".'
    return OpportunityChangeDTO(
        concept_key=idea.concept_key,
        title=idea.title,
        kind=ChangeKind.GONE,
        cause=cause,
        previous_score=idea.score,
        score=None,
    )


def _of(idea: Idea, kind: ChangeKind, cause: str, *, previous_score: int | None) -> OpportunityChangeDTO:
    return OpportunityChangeDTO(
        concept_key=idea.concept_key,
        title=idea.title,
        kind=kind,
        cause=cause,
        previous_score=previous_score,
        score=idea.score,
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
