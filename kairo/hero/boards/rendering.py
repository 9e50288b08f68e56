"""A stored board made fit to show: its references checked, its posts and people's decisions read where they live."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ParamSpec
from uuid import UUID

from kairo.core.errors import BrokenReference
from kairo.hero.boards import active_decisions, evidence_items
from kairo.hero.dto import (
    BrandMentionDTO,
    BrandSnapshotDTO,
    DecisionStateDTO,
    EvidencePreviewDTO,
    OpportunityDTO,
    TodayBoardDTO,
)
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import board_meta
from kairo.observability import metrics

P = ParamSpec("P")


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderedBoard:
    """A board as it is shown at one moment, and when that changes without anybody writing anything."""

    board: TodayBoardDTO
    changes_at: datetime | None


def shown(
    board: OpportunitiesBoard, *, brand: BrandSnapshotDTO, now: datetime, include_score_evidence: bool = False
) -> RenderedBoard:
    """The board with its ideas as they were made, arranged by what people decided since: two SQL statements.

    One where it has brand mentions alone, none where it has neither.
    `include_score_evidence` reads the posts that only scores and claims name along with the others.

    Raises:
        BrokenReference: an idea or a post that the board names is not there. Never a hole in the list.
    """
    stored = Stored(board=board.to_dto(brand=brand), opportunity_ids=tuple(board.opportunity_ids))
    states = active_decisions.states_of_living(board) if stored.opportunity_ids else {}
    arranged = _arranged(stored, states, now=now)
    ids = _posts_of(arranged.board, include_score_evidence=include_score_evidence)
    return _with_posts(
        arranged,
        evidence_items.previews(brand_id=board.brand_id, ids=ids),
        include_score_evidence=include_score_evidence,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A board as it was made, and the living rows that it names."""

    board: TodayBoardDTO
    opportunity_ids: tuple[UUID, ...]


def render_boards(boards: Sequence[tuple[Stored, datetime]]) -> list[RenderedBoard | None]:
    """Each board as it shows at its moment with `include_score_evidence`, as the caller's transaction sees it: two SQL
    statements for all, none where no board has ideas or brand mentions. None for one whose ideas name what is not
    there; reading that one alone raises BrokenReference.
    """
    states = active_decisions.states_by_brand({id_ for stored, _ in boards for id_ in stored.opportunity_ids})
    arranged = [_unless_broken(_arranged, stored, states[stored.board.brand.id], now=now) for stored, now in boards]
    posts = {id_ for one in arranged if one for id_ in _posts_of(one.board, include_score_evidence=True)}
    previews = evidence_items.previews_by_brand(posts)
    return [
        _unless_broken(_with_posts, one, previews[one.board.brand.id], include_score_evidence=True) if one else None
        for one in arranged
    ]


def _unless_broken(make: Callable[P, RenderedBoard], *args: P.args, **kwargs: P.kwargs) -> RenderedBoard | None:
    try:
        return make(*args, **kwargs)
    except BrokenReference:
        return None


def _arranged(stored: Stored, states: Mapping[UUID, DecisionStateDTO | None], *, now: datetime) -> RenderedBoard:
    board = stored.board
    if not stored.opportunity_ids:
        return RenderedBoard(board=board, changes_at=None)
    if missing := tuple(str(id_) for id_ in stored.opportunity_ids if id_ not in states):
        raise broken(board.board_id, missing)
    ideas = active_decisions.arranged(board.opportunities, states, now=now)
    meta = board_meta(
        state=board.state,
        ready_reason=board.meta.ready_reason,
        generated_at=board.meta.generated_at,
        opportunities=ideas,
        notes=board.meta.notes,
        timings_ms=board.meta.timings_ms,
    )
    return RenderedBoard(
        board=replace(board, meta=meta, opportunities=ideas), changes_at=active_decisions.next_change(states, now=now)
    )


def _posts_of(board: TodayBoardDTO, *, include_score_evidence: bool) -> set[UUID]:
    posts = shown_posts(board)
    return posts.union(*(idea.counted_ids() for idea in board.opportunities)) if include_score_evidence else posts


def _with_posts(
    arranged: RenderedBoard, previews: Mapping[UUID, EvidencePreviewDTO], *, include_score_evidence: bool
) -> RenderedBoard:
    board = arranged.board
    if not board.opportunities and not board.brand_mentions:
        return arranged
    also = _posts_of(board, include_score_evidence=include_score_evidence) - _posts_of(
        board, include_score_evidence=False
    )
    return replace(
        arranged,
        board=replace(
            board,
            opportunities=with_posts(board.board_id, board.opportunities, previews),
            brand_mentions=mentions_with_posts(board.brand_mentions, previews),
            counted=tuple(previews[id_] for id_ in sorted(also) if id_ in previews),
        ),
    )


def shown_posts(board: TodayBoardDTO) -> set[UUID]:
    """The posts that the board's ideas and brand mentions show."""
    named = [idea.evidence_ids for idea in board.opportunities]
    return set().union(*named, *(mention.evidence_ids for mention in board.brand_mentions))


def mentions_with_posts(
    mentions: Iterable[BrandMentionDTO], previews: Mapping[UUID, EvidencePreviewDTO]
) -> tuple[BrandMentionDTO, ...]:
    """The mentions with those of their posts that are among the previews. One without any is left out.

    Claims name the same posts, and a claim without any is left out; numbers stay as they were counted. Unlike an
    idea, a mention does not keep its posts from being deleted.
    """
    found = (_mention_with_posts(mention, previews) for mention in mentions)
    return tuple(mention for mention in found if mention.posts)


def _mention_with_posts(mention: BrandMentionDTO, previews: Mapping[UUID, EvidencePreviewDTO]) -> BrandMentionDTO:
    there = tuple(id_ for id_ in mention.evidence_ids if id_ in previews)
    kept = frozenset(there)
    claims = (
        replace(claim, evidence_ids=tuple(id_ for id_ in claim.evidence_ids if id_ in kept)) for claim in mention.claims
    )
    return replace(
        mention,
        evidence_ids=there,
        claims=tuple(claim for claim in claims if claim.evidence_ids),
        posts=tuple(previews[id_] for id_ in there),
    )


def with_posts(
    board_id: UUID | None, ideas: Iterable[OpportunityDTO], previews: Mapping[UUID, EvidencePreviewDTO]
) -> tuple[OpportunityDTO, ...]:
    """The ideas with their posts.

    Raises:
        BrokenReference: a post that an idea names is not among the previews.
    """
    listed = tuple(ideas)
    if gone := tuple(str(id_) for idea in listed for id_ in idea.evidence_ids if id_ not in previews):
        raise broken(board_id, gone)
    return tuple(replace(idea, evidence=tuple(previews[id_] for id_ in idea.evidence_ids)) for idea in listed)


def broken(board_id: UUID | None, missing_ids: tuple[str, ...]) -> BrokenReference:
    """The error to raise, counted; whoever answers the request logs it."""
    metrics.count("today_board_broken_reference")
    return BrokenReference(holder=f"Board {board_id}", missing_ids=missing_ids)
