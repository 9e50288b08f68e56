"""Reads stored boards as they were generated, and compares two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from kairo.core.errors import Invalid, NotFound
from kairo.core.models import Opportunity
from kairo.core.paging import Page, newest_first
from kairo.core.services import access
from kairo.core.services.access import Caller
from kairo.db.query_plans import with_custom_plan
from kairo.hero.boards import brand_snapshot, evidence_items, rendering
from kairo.hero.boards.diff import board_diff, mention_diff
from kairo.hero.boards.part_names import part_names_of, with_current_names, with_part_names
from kairo.hero.boards.previous_board import content_of_board
from kairo.hero.dto import BrandMentionChangeDTO, OpportunityChangeDTO, TodayBoardDTO, TodayBoardMetaDTO
from kairo.hero.enums import TodayBoardState
from kairo.hero.gates import remediation
from kairo.hero.gates.evidence_figures import evidence_shortfall
from kairo.hero.gates.thresholds import EVIDENCE_CAP
from kairo.hero.generation import evidence_window
from kairo.hero.models import OpportunitiesBoard
from kairo.hero.models.board_content import BoardContent


def get_board(*, caller: Caller, board_id: UUID) -> TodayBoardDTO:
    """A stored board.

    Raises:
        NotFound: the board does not exist for this caller.
        BrokenReference: it names rows that do not exist.
    """
    return _to_dtos([_board(caller=caller, board_id=board_id)])[0]


def boards_by_id(*, caller: Caller, ids: Collection[UUID]) -> dict[UUID, TodayBoardDTO]:
    """The stored boards with these ids that the caller may see: three SQL statements.

    Raises:
        BrokenReference: a board names rows that do not exist.
    """
    rows = OpportunitiesBoard.objects.filter(id__in=ids, brand__in=access.brands(caller=caller))
    boards = list(_with_brand(rows))
    return dict(zip((board.id for board in boards), _to_dtos(boards), strict=True))


def list_boards(*, caller: Caller, brand_id: UUID, first: int, after: str | None) -> Page[TodayBoardDTO]:
    """A page of a brand's stored boards, newest first: four SQL statements.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `first` or `after` cannot be used.
        BrokenReference: a board names rows that do not exist.
    """
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    rows = _with_brand(OpportunitiesBoard.objects.filter(brand=brand))
    return newest_first(rows, first=first, after=after).map(_to_dtos)


def board_as_of(*, caller: Caller, brand_id: UUID, as_of: datetime) -> TodayBoardDTO:
    """The brand's newest stored board at that moment. Reads no jobs and enqueues none.

    Raises:
        NotFound: the brand does not exist for this caller.
        Invalid: `as_of` has no time zone.
        BrokenReference: the board names rows that do not exist.
    """
    if as_of.tzinfo is None:
        raise Invalid("`asOf` needs a time zone.", field="asOf")
    brand = access.brand_for(caller=caller, brand_id=brand_id)
    boards = _with_brand(OpportunitiesBoard.objects.filter(brand=brand, created_at__lte=as_of))
    if newest := with_custom_plan(boards.order_by("-created_at", "-id")[:1]):
        return _to_dtos(newest)[0]
    summary = brand_snapshot.to_summary(brand)
    posts = evidence_window.window_posts(brand_id=brand.id, as_of=as_of, most=EVIDENCE_CAP)
    return TodayBoardDTO(
        board_id=None,
        brand=summary,
        as_of=as_of,
        meta=TodayBoardMetaDTO(state=TodayBoardState.NOT_GENERATED_YET),
        remediation=remediation.NO_BOARD_THEN,
        evidence_shortfall=evidence_shortfall(posts, brand=summary),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class BoardDiff:
    """The changes between two boards of one brand."""

    brand_id: UUID
    changes: tuple[OpportunityChangeDTO, ...]


def diff_boards(*, caller: Caller, from_id: UUID, to_id: UUID) -> BoardDiff:
    """The change of each opportunity between two boards of a brand: the later board's first, then gone ones.

    Raises:
        NotFound: one of the boards does not exist for this caller.
        Invalid: the boards belong to two brands.
    """
    brand_id, before, after = _two_boards(caller=caller, from_id=from_id, to_id=to_id)
    return BoardDiff(brand_id=brand_id, changes=board_diff(before.opportunities, after.opportunities))


def diff_mentions(*, caller: Caller, from_id: UUID, to_id: UUID) -> tuple[BrandMentionChangeDTO, ...]:
    """The change of each brand mention between two boards of a brand: the later board's first, then gone ones.

    Raises:
        NotFound, Invalid: as for `diff_boards`.
    """
    _, before, after = _two_boards(caller=caller, from_id=from_id, to_id=to_id)
    return mention_diff(before.brand_mentions, after.brand_mentions)


def _two_boards(*, caller: Caller, from_id: UUID, to_id: UUID) -> tuple[UUID, BoardContent, BoardContent]:
    """The brand's id and the contents of both boards: two SQL statements."""
    before, after = (_board(caller=caller, board_id=board_id) for board_id in (from_id, to_id))
    if before.brand_id != after.brand_id:
        raise Invalid("Both boards must be of the same brand.", field="to")
    return before.brand_id, content_of_board(before), content_of_board(after)


def _board(*, caller: Caller, board_id: UUID) -> OpportunitiesBoard:
    board = _with_brand(OpportunitiesBoard.objects.filter(id=board_id, brand__tenant_id=caller.tenant_id)).first()
    if board is None:
        raise NotFound(noun="Board")
    return board


def _with_brand(boards: QuerySet[OpportunitiesBoard]) -> QuerySet[OpportunitiesBoard]:
    """The boards with their brands and the current names of its parts."""
    return with_part_names(boards.select_related("brand"), brand_id="brand_id")


def _to_dtos(boards: Iterable[OpportunitiesBoard]) -> tuple[TodayBoardDTO, ...]:
    """The boards with their evidence items, ignoring decisions: two SQL statements."""
    boards = list(boards)
    ids = {id_ for board in boards for id_ in board.opportunity_ids}
    existing = set(Opportunity.objects.filter(id__in=ids).values_list("id", flat=True)) if ids else set()
    dtos = [
        with_current_names(board.to_dto(brand=brand_snapshot.to_summary(board.brand)), part_names_of(board))
        for board in boards
    ]
    evidence_ids = {id_ for dto in dtos for id_ in rendering.shown_evidence_ids(dto)}
    previews = evidence_items.previews_of_brands_by_brand(
        brand_ids=[board.brand_id for board in boards], ids=evidence_ids
    )

    for board in boards:
        valid, missing = board.validate_referential_integrity(existing=existing)
        if not valid:
            raise rendering.broken_reference(board.id, tuple(missing))
    return tuple(
        replace(
            dto,
            opportunities=rendering.with_evidence(board.id, dto.opportunities, previews[board.brand_id]),
            brand_mentions=rendering.mentions_with_evidence(dto.brand_mentions, previews[board.brand_id]),
        )
        for board, dto in zip(boards, dtos, strict=True)
    )
