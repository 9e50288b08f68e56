"""A stored board made fit to show: its references checked, its posts and people's decisions read where they live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kairo import metrics
from kairo.core.errors import BrokenReference
from kairo.hero.board_content import board_meta
from kairo.hero.dto import BrandSnapshotDTO, EvidencePreviewDTO, OpportunityDTO, TodayBoardDTO
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.services import decision_states, evidence_service


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A board as it is shown at one moment, and when that changes without anybody writing anything."""

    board: TodayBoardDTO
    changes_at: datetime | None


def shown(board: OpportunitiesBoard, *, brand: BrandSnapshotDTO, now: datetime, with_counted: bool = False) -> Shown:
    """The board with its ideas as they were made, arranged by what people decided since: two SQL statements.

    `with_counted` reads the posts that only scores and claims name along with the others.

    Raises:
        BrokenReference: an idea or a post that the board names is not there. Never a hole in the list.
    """
    stored = board.to_dto(brand=brand)
    if not board.opportunity_ids:
        return Shown(board=stored, changes_at=None)
    states = decision_states.states_of_living(board)
    valid, missing = board.validate_referential_integrity(existing=states)
    if not valid:
        raise broken(board, tuple(missing))
    ideas = decision_states.arranged(stored.opportunities, states, now=now)
    meta = board_meta(
        state=stored.state,
        ready_reason=stored.meta.ready_reason,
        generated_at=stored.meta.generated_at,
        opportunities=ideas,
        notes=stored.meta.notes,
        timings_ms=stored.meta.timings_ms,
    )
    named = {id_ for idea in ideas for id_ in idea.evidence_ids}
    also = {id_ for idea in ideas for id_ in idea.counted_ids()} - named if with_counted else set()
    previews = evidence_service.previews(brand_id=board.brand_id, ids=named | also)
    return Shown(
        board=replace(
            stored,
            meta=meta,
            opportunities=with_posts(board, ideas, previews),
            counted=tuple(previews[id_] for id_ in sorted(also) if id_ in previews),
        ),
        changes_at=decision_states.next_change(states, now=now),
    )


def with_posts(
    board: OpportunitiesBoard, ideas: Iterable[OpportunityDTO], previews: Mapping[UUID, EvidencePreviewDTO]
) -> tuple[OpportunityDTO, ...]:
    """The ideas with their posts.

    Raises:
        BrokenReference: a post that an idea names is not among the previews.
    """
    listed = tuple(ideas)
    if gone := tuple(str(id_) for idea in listed for id_ in idea.evidence_ids if id_ not in previews):
        raise broken(board, gone)
    return tuple(replace(idea, evidence=tuple(previews[id_] for id_ in idea.evidence_ids)) for idea in listed)


def broken(board: OpportunitiesBoard, missing_ids: tuple[str, ...]) -> BrokenReference:
    """The error to raise, counted; whoever answers the request logs it."""
    metrics.count("today_board_broken_reference")
    return BrokenReference(holder=f"Board {board.id}", missing_ids=missing_ids)
