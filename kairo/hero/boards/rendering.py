"""Renders a stored board for display: checks its references, and reads the evidence items and decisions of now."""

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
    """A board as it shows at one moment. `changes_at` is when that ends without a write; None for never."""

    board: TodayBoardDTO
    changes_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredBoard:
    """A board as it was generated, and the ids of the opportunity rows that it names."""

    board: TodayBoardDTO
    opportunity_ids: tuple[UUID, ...]


def render_board(
    board: OpportunitiesBoard, *, brand: BrandSnapshotDTO, now: datetime, include_score_evidence: bool = False
) -> RenderedBoard:
    """The board with its opportunities as they were generated, filtered and ordered by the decisions of now.

    Two SQL statements; one where it has only brand mentions, none where it has neither. `include_score_evidence` also
    reads the evidence items that only scores and claims name.

    Raises:
        BrokenReference: an opportunity or evidence item that the board names does not exist.
    """
    stored = StoredBoard(board=board.to_dto(brand=brand), opportunity_ids=tuple(board.opportunity_ids))
    decisions = active_decisions.current_decisions(board) if stored.opportunity_ids else {}
    rendered = _apply_decisions(stored, decisions, now=now)
    ids = _evidence_ids(rendered.board, include_score_evidence=include_score_evidence)
    return _add_evidence(
        rendered,
        evidence_items.previews(brand_id=board.brand_id, ids=ids),
        include_score_evidence=include_score_evidence,
    )


def render_boards(boards: Sequence[tuple[StoredBoard, datetime]]) -> list[RenderedBoard | None]:
    """Renders each board at its moment with `include_score_evidence`, within the caller's transaction.

    Two SQL statements for all boards; none where no board has opportunities or brand mentions. None for a board with a
    broken reference: `render_board` raises for it.
    """
    decisions = active_decisions.current_decisions_by_brand(
        {id_ for stored, _ in boards for id_ in stored.opportunity_ids}
    )
    rendered = [
        _none_if_broken(_apply_decisions, stored, decisions[stored.board.brand.id], now=now) for stored, now in boards
    ]
    ids = {id_ for each in rendered if each for id_ in _evidence_ids(each.board, include_score_evidence=True)}
    previews = evidence_items.previews_by_brand(ids)
    return [
        _none_if_broken(_add_evidence, each, previews[each.board.brand.id], include_score_evidence=True)
        if each
        else None
        for each in rendered
    ]


def _none_if_broken(render: Callable[P, RenderedBoard], *args: P.args, **kwargs: P.kwargs) -> RenderedBoard | None:
    try:
        return render(*args, **kwargs)
    except BrokenReference:
        return None


def _apply_decisions(
    stored: StoredBoard, decisions: Mapping[UUID, DecisionStateDTO | None], *, now: datetime
) -> RenderedBoard:
    board = stored.board
    if not stored.opportunity_ids:
        return RenderedBoard(board=board, changes_at=None)
    if missing := tuple(str(id_) for id_ in stored.opportunity_ids if id_ not in decisions):
        raise broken_reference(board.board_id, missing)
    opportunities = active_decisions.apply_decisions(board.opportunities, decisions, now=now)
    meta = board_meta(
        state=board.state,
        ready_reason=board.meta.ready_reason,
        generated_at=board.meta.generated_at,
        opportunities=opportunities,
        notes=board.meta.notes,
        timings_ms=board.meta.timings_ms,
    )
    return RenderedBoard(
        board=replace(board, meta=meta, opportunities=opportunities),
        changes_at=active_decisions.next_change(decisions, now=now),
    )


def _evidence_ids(board: TodayBoardDTO, *, include_score_evidence: bool) -> set[UUID]:
    ids = shown_evidence_ids(board)
    if not include_score_evidence:
        return ids
    return ids.union(*(opportunity.counted_ids() for opportunity in board.opportunities))


def _add_evidence(
    rendered: RenderedBoard, previews: Mapping[UUID, EvidencePreviewDTO], *, include_score_evidence: bool
) -> RenderedBoard:
    board = rendered.board
    if not board.opportunities and not board.brand_mentions:
        return rendered
    score_only = _evidence_ids(board, include_score_evidence=include_score_evidence) - shown_evidence_ids(board)
    return replace(
        rendered,
        board=replace(
            board,
            opportunities=with_evidence(board.board_id, board.opportunities, previews),
            brand_mentions=mentions_with_evidence(board.brand_mentions, previews),
            counted=tuple(previews[id_] for id_ in sorted(score_only) if id_ in previews),
        ),
    )


def shown_evidence_ids(board: TodayBoardDTO) -> set[UUID]:
    """The ids of the evidence items that the board's opportunities and brand mentions show."""
    by_opportunity = [opportunity.evidence_ids for opportunity in board.opportunities]
    return set().union(*by_opportunity, *(mention.evidence_ids for mention in board.brand_mentions))


def mentions_with_evidence(
    mentions: Iterable[BrandMentionDTO], previews: Mapping[UUID, EvidencePreviewDTO]
) -> tuple[BrandMentionDTO, ...]:
    """The mentions with those of their evidence items that are among the previews; a mention without any is left out.

    A claim without any is left out as well; numbers stay as they were counted. Unlike an opportunity, a mention does
    not protect its evidence items from deletion.
    """
    filtered = (_mention_with_evidence(mention, previews) for mention in mentions)
    return tuple(mention for mention in filtered if mention.posts)


def _mention_with_evidence(mention: BrandMentionDTO, previews: Mapping[UUID, EvidencePreviewDTO]) -> BrandMentionDTO:
    existing = tuple(id_ for id_ in mention.evidence_ids if id_ in previews)
    claims = (
        replace(claim, evidence_ids=tuple(id_ for id_ in claim.evidence_ids if id_ in set(existing)))
        for claim in mention.claims
    )
    return replace(
        mention,
        evidence_ids=existing,
        claims=tuple(claim for claim in claims if claim.evidence_ids),
        posts=tuple(previews[id_] for id_ in existing),
    )


def with_evidence(
    board_id: UUID | None, opportunities: Sequence[OpportunityDTO], previews: Mapping[UUID, EvidencePreviewDTO]
) -> tuple[OpportunityDTO, ...]:
    """The opportunities with their evidence items.

    Raises:
        BrokenReference: an evidence item that an opportunity names is not among the previews.
    """
    ids = (id_ for opportunity in opportunities for id_ in opportunity.evidence_ids)
    if missing := tuple(str(id_) for id_ in ids if id_ not in previews):
        raise broken_reference(board_id, missing)
    return tuple(
        replace(opportunity, evidence=tuple(previews[id_] for id_ in opportunity.evidence_ids))
        for opportunity in opportunities
    )


def broken_reference(board_id: UUID | None, missing_ids: tuple[str, ...]) -> BrokenReference:
    """Returns the error to raise, after counting it in the metrics. The request's error handler logs it."""
    metrics.count("today_board_broken_reference")
    return BrokenReference(holder=f"Board {board_id}", missing_ids=missing_ids)
